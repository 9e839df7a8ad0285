package fr.carnet.token.vihf;

import fr.carnet.shared.AccessContext;
import fr.carnet.shared.AccessContext.EmergencyStatement;
import fr.carnet.shared.AccessMode;
import fr.carnet.shared.AuthenticationMode;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.Ins;
import fr.carnet.token.establishment.AssertionLimits;
import fr.carnet.token.establishment.EstablishmentCertificate;
import fr.carnet.token.establishment.EstablishmentError;
import fr.carnet.token.establishment.EstablishmentRefusal;
import fr.carnet.token.establishment.EstablishmentStatements;
import fr.carnet.token.establishment.EstablishmentStatements.Assertion;
import fr.carnet.token.establishment.EstablishmentStatements.Form;
import fr.carnet.token.establishment.EstablishmentStatements.Professional;
import fr.carnet.token.establishment.EstablishmentStatements.Software;
import fr.carnet.token.establishment.StatedRoles;
import fr.carnet.token.establishment.StatedRoles.Code;
import fr.carnet.token.establishment.SubjectName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.w3c.dom.Element;

/** Reads what a signed assertion states, and holds it against the certificate that signed it. */
final class VihfReading {

    private static final Map<String, Form> VERSIONS = Map.of("3.0", Form.VIHF_3, "4.0", Form.VIHF_4);
    /** An establishment proves these; a card would have to prove the others (R71). */
    private static final Map<String, AuthenticationMode> MODES = Map.of(
            "INDIRECTE", AuthenticationMode.INDIRECTE,
            "INDIRECTE_RENFORCEE", AuthenticationMode.INDIRECTE_RENFORCEE);

    private static final String DMP = "urn:dmp";
    /** "Mode accès VIHF", and the terminology's own OID (R50). */
    private static final Set<String> PURPOSES = Set.of("1.2.250.1.213.1.1.4.248", "1.2.250.1.213.1.1.4.336");

    private static final Pattern SECTOR = Pattern.compile("(SA\\d{2})\\^1\\.2\\.250\\.1\\.71\\.4\\.2\\.4");
    /** HL7 Confidentiality: nothing out of the ordinary. */
    private static final String ORDINARY = "N";

    private final Element assertion;
    private final EstablishmentCertificate signer;
    private final AssertionLimits limits;
    private final VihfFields fields;

    VihfReading(SignedAssertion signed, AssertionLimits limits) {
        this.assertion = signed.element();
        this.signer = signed.signer();
        this.limits = limits;
        this.fields = new VihfFields(assertion);
    }

    /** @throws EstablishmentRefusal naming the first thing that is wrong */
    EstablishmentStatements statements(Instant now) {
        Form form = form();
        checkSigner();
        Assertion proved = new SamlConditions(assertion, limits).check(form, now);
        AuthenticationMode mode = mode();
        return new EstablishmentStatements(
                proved,
                professional(mode),
                signer.structure(),
                signer.organisation(),
                mode,
                method(mode),
                context(),
                software());
    }

    /** R84. */
    private Form form() {
        Form form = VERSIONS.get(fields.required(VihfField.VERSION));
        if (form == null) {
            throw new EstablishmentRefusal(EstablishmentError.VERSION_UNSUPPORTED, VihfField.VERSION.attribute());
        }
        if (!fields.required(VihfField.RESOURCE).equals(DMP)) {
            throw fields.invalid(VihfField.RESOURCE);
        }
        return form;
    }

    /** R82. */
    private void checkSigner() {
        String issuer = required("Issuer", "Issuer");
        if (!SubjectName.of(signer.certificate().getSubjectX500Principal()).isWritten(issuer)) {
            throw new EstablishmentRefusal(EstablishmentError.ISSUER_MISMATCH, "Issuer");
        }
        if (!fields.required(VihfField.STRUCTURE).equals(signer.structure().value())) {
            throw new EstablishmentRefusal(EstablishmentError.STRUCTURE_MISMATCH, VihfField.STRUCTURE.attribute());
        }
    }

    private AuthenticationMode mode() {
        AuthenticationMode mode = MODES.get(fields.required(VihfField.AUTHENTICATION_MODE));
        if (mode == null) {
            throw new EstablishmentRefusal(
                    EstablishmentError.AUTHENTICATION_MODE, VihfField.AUTHENTICATION_MODE.attribute());
        }
        return mode;
    }

    /** R75: {@code AuthnContextDecl} when reinforced; what the establishment says by SAML's own class otherwise. */
    private Optional<String> method(AuthenticationMode mode) {
        if (mode == AuthenticationMode.INDIRECTE_RENFORCEE) {
            String method = required("AuthnContextDecl", "AuthnStatement", "AuthnContext", "AuthnContextDecl");
            if (!limits.methods().contains(method)) {
                throw new EstablishmentRefusal(EstablishmentError.AUTHENTICATION_METHOD, "AuthnContextDecl");
            }
            return Optional.of(method);
        }
        return text("AuthnStatement", "AuthnContext", "AuthnContextClassRef");
    }

    private Professional professional(AuthenticationMode mode) {
        StatedRoles roles = StatedRoles.of(VihfField.ROLE.attribute(), fields.codes(VihfField.ROLE));
        Professional professional = new Professional(
                idNatPs(),
                fields.required(VihfField.NAME),
                roles.role(),
                roles.specialty(),
                Optional.empty(),
                sector());
        if (mode == AuthenticationMode.INDIRECTE_RENFORCEE && !professional.hasRpps()) {
            throw new EstablishmentRefusal(EstablishmentError.PROFESSIONAL_WITHOUT_RPPS, "NameID");
        }
        return professional;
    }

    private IdNatPs idNatPs() {
        try {
            return new IdNatPs(required("NameID", "Subject", "NameID"));
        } catch (IllegalArgumentException e) {
            throw new EstablishmentRefusal(EstablishmentError.FIELD_INVALID, "NameID");
        }
    }

    private String sector() {
        Matcher sector = SECTOR.matcher(fields.required(VihfField.SECTOR));
        if (!sector.matches()) {
            throw fields.invalid(VihfField.SECTOR);
        }
        return sector.group(1);
    }

    private AccessContext context() {
        return new AccessContext(patient(), Optional.of(purpose()), EmergencyStatement.NONE, secretConnection());
    }

    private Optional<Ins> patient() {
        try {
            return fields.text(VihfField.PATIENT).map(Ins::ofCx);
        } catch (Ins.InvalidIns e) {
            throw new EstablishmentRefusal(EstablishmentError.PATIENT_INVALID, VihfField.PATIENT.attribute());
        }
    }

    private AccessMode purpose() {
        List<Code> purposes = fields.codes(VihfField.PURPOSE);
        if (purposes.isEmpty()) {
            throw fields.missing(VihfField.PURPOSE);
        }
        return Optional.of(purposes.get(0))
                .filter(purpose -> purposes.size() == 1 && PURPOSES.contains(purpose.system()))
                .flatMap(purpose -> AccessMode.of(purpose.code()))
                .orElseThrow(() ->
                        new EstablishmentRefusal(EstablishmentError.PURPOSE_UNKNOWN, VihfField.PURPOSE.attribute()));
    }

    /** R141: the code is given only for such a connection; no list of its values was published. */
    private boolean secretConnection() {
        return fields.textOrCode(VihfField.CONFIDENTIALITY)
                .filter(code -> !code.equals(ORDINARY))
                .isPresent();
    }

    private Software software() {
        return new Software(
                fields.required(VihfField.SOFTWARE),
                fields.text(VihfField.SOFTWARE_VERSION),
                fields.required(VihfField.HOMOLOGATION));
    }

    private String required(String name, String... path) {
        return text(path).orElseThrow(() -> new EstablishmentRefusal(EstablishmentError.FIELD_MISSING, name));
    }

    private Optional<String> text(String... path) {
        return Saml.find(assertion, path).flatMap(element -> Saml.text(element.getTextContent()));
    }
}
