package fr.carnet.token.establishment;

import fr.carnet.shared.StructureId;
import java.security.cert.X509Certificate;
import java.util.Objects;

/**
 * A certificate that was verified, and the establishment that it proves.
 *
 * @param certificate itself
 * @param structure {@code OU} of its subject, national identifier of the structure
 * @param organisation {@code O} of its subject, name of the structure
 */
public record EstablishmentCertificate(X509Certificate certificate, StructureId structure, String organisation) {

    /** @throws NullPointerException if a component is missing */
    public EstablishmentCertificate {
        Objects.requireNonNull(certificate);
        Objects.requireNonNull(structure);
        Objects.requireNonNull(organisation);
    }
}
