package fr.carnet.sandbox.igc;

import fr.carnet.shared.StructureId;
import fr.carnet.token.establishment.CertificateUsage;
import java.util.Objects;

/**
 * What is asked of the authority.
 *
 * @param structure national identifier, {@code OU} of the subject
 * @param organisation name of the structure, {@code O}
 * @param name free name of the certificate, {@code CN}
 * @param usage to connect or to sign
 * @param wanted a good one, or one to be refused
 */
public record CertificateOrder(
        StructureId structure, String organisation, String name, CertificateUsage usage, CertificateCase wanted) {

    /** @throws NullPointerException if a component is missing */
    public CertificateOrder {
        Objects.requireNonNull(structure);
        Objects.requireNonNull(organisation);
        Objects.requireNonNull(name);
        Objects.requireNonNull(usage);
        Objects.requireNonNull(wanted);
    }
}
