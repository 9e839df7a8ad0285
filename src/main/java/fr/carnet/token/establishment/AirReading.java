package fr.carnet.token.establishment;

import fr.carnet.caller.CallerTokens;
import fr.carnet.shared.AccessContext;
import fr.carnet.shared.AccessContext.EmergencyStatement;
import fr.carnet.shared.AccessMode;
import fr.carnet.shared.AuthenticationMode;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.Ins;
import fr.carnet.token.establishment.EstablishmentStatements.Assertion;
import fr.carnet.token.establishment.EstablishmentStatements.Professional;
import fr.carnet.token.establishment.EstablishmentStatements.Software;
import fr.carnet.token.establishment.StatedRoles.Code;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what the claims of a verified JWT state. */
final class AirReading {

    private static final Pattern RPPS = Pattern.compile("\\d{11}");
    /** Kind of the identifier within an idNat_PS. */
    private static final String RPPS_KIND = "8";

    private static final String IUA = "extensions.ihe_iua.";
    private static final String CARNET = "extensions.carnet.";

    private final AirClaims claims;
    private final Set<String> methods;

    AirReading(AirClaims claims, Set<String> methods) {
        this.claims = claims;
        this.methods = methods;
    }

    EstablishmentStatements statements(Assertion assertion, EstablishmentCertificate signer) {
        return new EstablishmentStatements(
                assertion,
                professional(),
                signer.structure(),
                signer.organisation(),
                AuthenticationMode.INDIRECTE_RENFORCEE,
                Optional.of(method()),
                new AccessContext(patient(), Optional.of(mode()), emergency(), claims.flag(CARNET + "secret")),
                new Software(
                        claims.required(CARNET + "software.name"),
                        claims.text(CARNET + "software.version"),
                        claims.required(CARNET + "software.homologation")));
    }

    private Professional professional() {
        String rpps = claims.required("sub");
        if (!RPPS.matcher(rpps).matches()) {
            throw new EstablishmentRefusal(EstablishmentError.PROFESSIONAL_WITHOUT_RPPS, "sub");
        }
        StatedRoles roles = StatedRoles.of(IUA + "subject_role", claims.codes(IUA + "subject_role"));
        return new Professional(
                new IdNatPs(RPPS_KIND + rpps),
                claims.required(IUA + "subject_name"),
                roles.role(),
                roles.specialty(),
                claims.text(CARNET + "function"),
                claims.required(CARNET + "sector"));
    }

    private String method() {
        String method = claims.required(CARNET + "authentication_method");
        if (!methods.contains(method)) {
            throw new EstablishmentRefusal(EstablishmentError.AUTHENTICATION_METHOD);
        }
        return method;
    }

    private Optional<Ins> patient() {
        try {
            return claims.text(IUA + "person_id").map(Ins::ofCx);
        } catch (Ins.InvalidIns e) {
            throw new EstablishmentRefusal(EstablishmentError.PATIENT_INVALID, IUA + "person_id");
        }
    }

    private AccessMode mode() {
        List<Code> purposes = claims.codes(IUA + "purpose_of_use");
        if (purposes.isEmpty()) {
            throw new EstablishmentRefusal(EstablishmentError.FIELD_MISSING, IUA + "purpose_of_use");
        }
        return Optional.of(purposes.get(0))
                .filter(purpose -> purposes.size() == 1 && purpose.system().equals(CallerTokens.PURPOSE_SYSTEM))
                .flatMap(purpose -> AccessMode.of(purpose.code()))
                .orElseThrow(
                        () -> new EstablishmentRefusal(EstablishmentError.PURPOSE_UNKNOWN, IUA + "purpose_of_use"));
    }

    /** The facts and the reason of a break-glass (R51), judged by the policy. */
    private EmergencyStatement emergency() {
        return new EmergencyStatement(
                claims.text(CARNET + "reason"),
                claims.flag(CARNET + "unable_to_consent"),
                claims.flag(CARNET + "immediate_risk"));
    }
}
