package fr.carnet.token;

import fr.carnet.caller.CallerSession;
import fr.carnet.directory.DeclaredStructures;
import fr.carnet.directory.DirectoryUnavailable;
import fr.carnet.shared.AuthenticationMode;
import fr.carnet.shared.Caller;
import fr.carnet.shared.CallerKind;
import fr.carnet.shared.StructureId;
import fr.carnet.token.establishment.CertificateUsage;
import fr.carnet.token.establishment.EstablishmentCertificates;
import fr.carnet.token.establishment.EstablishmentError;
import fr.carnet.token.establishment.EstablishmentRefusal;
import fr.carnet.token.establishment.EstablishmentStatements;
import fr.carnet.token.establishment.EstablishmentStatements.Professional;
import fr.carnet.token.establishment.EstablishmentStatements.Role;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;

/** An assertion that an establishment signed for one of its professionals: AIR (RFC 7523) or VIHF (RFC 7522). */
final class EstablishmentLogin implements Identification {

    private final WayIn wayIn;
    private final Function<String, EstablishmentStatements> accept;
    private final EstablishmentCertificates certificates;
    private final DeclaredStructures declared;

    /**
     * One of the two forms.
     *
     * @param accept verifies an assertion and uses it up, or throws {@link EstablishmentRefusal}
     */
    EstablishmentLogin(
            WayIn wayIn,
            Function<String, EstablishmentStatements> accept,
            EstablishmentCertificates certificates,
            DeclaredStructures declared) {
        this.wayIn = wayIn;
        this.accept = accept;
        this.certificates = certificates;
        this.declared = declared;
    }

    @Override
    public WayIn wayIn() {
        return wayIn;
    }

    @Override
    public CallerSession identify(GrantRequest request, TokenSettings.Client client, Caller.TokenRef token) {
        try {
            StructureId connected = connected(request);
            EstablishmentStatements stated = accept.apply(request.required("assertion"));
            // R82: who connects is who signs
            if (!stated.structure().equals(connected)) {
                throw new EstablishmentRefusal(EstablishmentError.STRUCTURE_MISMATCH, "certificate");
            }
            requireOnePatient(stated);
            requireDeclared(connected);
            requireHomologated(stated.software().homologation(), client);
            return new CallerSession(caller(stated, token), stated.context());
        } catch (EstablishmentRefusal e) {
            throw new TokenRefusal(
                    new EstablishmentReason(e.error()), e.detail().orElse(null));
        }
    }

    /** R74: the structure of the TLS connection's certificate, which is valid and not revoked at this very moment. */
    private StructureId connected(GrantRequest request) {
        if (request.getPrincipal() instanceof OAuth2ClientAuthenticationToken client
                && client.getCredentials() instanceof X509Certificate[] chain) {
            return certificates
                    .verify(chain[0], CertificateUsage.CLIENT_AUTHENTICATION)
                    .structure();
        }
        throw new TokenRefusal(TokenError.CLIENT_UNPROVED);
    }

    /** R77: a consultation has one user and one patient; who goes through many records has somebody else's proof. */
    private static void requireOnePatient(EstablishmentStatements stated) {
        boolean consults = stated.authentication() == AuthenticationMode.INDIRECTE_RENFORCEE;
        if (consults && stated.context().patient().isEmpty()) {
            throw new EstablishmentRefusal(EstablishmentError.PATIENT_MISSING);
        }
    }

    /** R79. */
    private void requireDeclared(StructureId structure) {
        try {
            if (!declared.contains(structure)) {
                throw new TokenRefusal(TokenError.STRUCTURE_UNDECLARED);
            }
        } catch (DirectoryUnavailable e) {
            throw new TokenRefusal(TokenError.UPSTREAM_UNAVAILABLE, "structures");
        }
    }

    /** R86: the number is proper to the product. */
    private static void requireHomologated(String number, TokenSettings.Client client) {
        boolean fits = client.homologated()
                .filter(known -> new ClientSecretHash().matches(number, known))
                .isPresent();
        if (!fits) {
            throw new TokenRefusal(TokenError.SOFTWARE_UNKNOWN);
        }
    }

    private static Caller caller(EstablishmentStatements stated, Caller.TokenRef token) {
        Professional professional = stated.professional();
        return new Caller(
                CallerKind.PROFESSIONAL,
                professional.id().value(),
                professional.name(),
                Optional.of(professional.role().actor()),
                professional.specialty().map(Role::code),
                professional.function(),
                Optional.of(professional.sector()),
                Optional.of(stated.structure()),
                Optional.of(stated.structureName()),
                false,
                stated.authentication(),
                stated.software()
                        .version()
                        .map(v -> stated.software().name() + " " + v)
                        .orElse(stated.software().name()),
                token);
    }
}
