package fr.carnet.token.vihf;

import static fr.carnet.token.establishment.Establishment.CLOCK;
import static fr.carnet.token.establishment.Establishment.HOSPITAL;
import static fr.carnet.token.establishment.Establishment.LIMITS;
import static fr.carnet.token.establishment.Establishment.NOW;
import static fr.carnet.token.establishment.Establishment.OTHER;
import static fr.carnet.token.establishment.Establishment.SIGNING;
import static fr.carnet.token.establishment.Establishment.TOKEN_ENDPOINT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.carnet.caller.RoleSystem;
import fr.carnet.sandbox.igc.CertificateCase;
import fr.carnet.sandbox.igc.IssuedCertificate;
import fr.carnet.shared.AccessMode;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.AuthenticationMode;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.Ins;
import fr.carnet.shared.SingleUse;
import fr.carnet.token.establishment.CertificateUsage;
import fr.carnet.token.establishment.Establishment;
import fr.carnet.token.establishment.EstablishmentError;
import fr.carnet.token.establishment.EstablishmentRefusal;
import fr.carnet.token.establishment.EstablishmentStatements;
import fr.carnet.token.establishment.EstablishmentStatements.Form;
import fr.carnet.token.establishment.EstablishmentStatements.Role;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VihfAssertionsTest {

    private static final String PGSSIS = "CONF_EXI_PGSSIS";

    private final SingleUse memory = Establishment.memory();

    @Test
    void statementsAreRead() {
        Vihf vihf = vihf();
        EstablishmentStatements read = accept(vihf);
        assertThat(read.assertion().form()).isEqualTo(Form.VIHF_3);
        assertThat(read.assertion().id()).isEqualTo(vihf.id());
        assertThat(read.assertion().issued()).isEqualTo(NOW);
        assertThat(read.assertion().expires()).isEqualTo(NOW.plus(Duration.ofMinutes(6)));
        assertThat(read.professional().id()).isEqualTo(new IdNatPs("899700100029"));
        assertThat(read.professional().name()).isEqualTo("Paul Leroy");
        assertThat(read.professional().role().actor()).isEqualTo(new ActorCode("10"));
        assertThat(read.professional().specialty()).contains(new Role(RoleSystem.R38, "SM04"));
        assertThat(read.professional().sector()).isEqualTo("SA01");
        assertThat(read.structure()).isEqualTo(HOSPITAL);
        assertThat(read.structureName()).isEqualTo("SAMU, centre \"15\"");
        assertThat(read.authentication()).isEqualTo(AuthenticationMode.INDIRECTE);
        assertThat(read.context().patient()).contains(Ins.of("1.2.250.1.213.1.4.10", "284057505601204"));
        assertThat(read.context().mode()).contains(AccessMode.NORMAL);
        assertThat(read.context().secretConnection()).isFalse();
        assertThat(read.software().name()).isEqualTo("DPI de test");
        assertThat(read.software().version()).contains("7.2");
        assertThat(read.software().homologation()).isEqualTo("TST-0001");
    }

    @Tag("R84")
    @Test
    void bothVersionsAreReadAndNoOther() {
        assertThat(accept(vihf().with("VIHF_Version", "4.0")).assertion().form())
                .isEqualTo(Form.VIHF_4);
        for (String other : new String[] {"2.0", "3", "4.1", "5.0"}) {
            assertThat(refusal(vihf().with("VIHF_Version", other)).error())
                    .isEqualTo(EstablishmentError.VERSION_UNSUPPORTED);
        }
    }

    @Test
    void spellingsOfTheFieldAreRead() {
        EstablishmentStatements read = accept(vihf().without("Authentification_Mode")
                .with("Authentification_mode", "INDIRECTE")
                .with(Vihf.PURPOSE, Vihf.purpose("bris_de_glace").replace(".248", ".336"))
                .issuer("C=FR, ST=Paris (75), O=\"SAMU, centre \\\"15\\\"\", OU=1990000010, CN=carnet"));
        assertThat(read.authentication()).isEqualTo(AuthenticationMode.INDIRECTE);
        assertThat(read.context().mode()).contains(AccessMode.BREAK_GLASS);
    }

    @Test
    void rolesMayBeGivenOneAttributeEach() {
        String two = vihf().text()
                .replace(
                        "</AttributeValue><AttributeValue><Role",
                        "</AttributeValue></Attribute><Attribute Name=\"" + Vihf.ROLE + "\"><AttributeValue><Role");
        var document = Vihf.parse(two);
        Vihf.sign(document, document.getDocumentElement(), SIGNING, SHA256_RSA, SHA256);
        assertThat(verifier().accept(Vihf.bytes(document)).professional().specialty())
                .contains(new Role(RoleSystem.R38, "SM04"));
    }

    @Test
    void patientIsOptionalAtTheTokenService() {
        assertThat(accept(vihf().without(Vihf.PATIENT)).context().patient()).isEmpty();
    }

    @Tag("R141")
    @Test
    void confidentialityCodeMakesTheConnectionSecret() {
        assertThat(accept(vihf().with(Vihf.CONFIDENTIALITY, "INVISIBLE_REPRESENTANTS_LEGAUX"))
                        .context()
                        .secretConnection())
                .isTrue();
        assertThat(accept(vihf().with(Vihf.CONFIDENTIALITY, Vihf.role("R", "2.16.840.1.113883.5.25")))
                        .context()
                        .secretConnection())
                .isTrue();
        assertThat(accept(vihf().with(Vihf.CONFIDENTIALITY, "N")).context().secretConnection())
                .isFalse();
    }

    @Tag("R71")
    @Test
    void establishmentProvesNoCard() {
        for (String mode : new String[] {"DIRECTE", "DELEGUEE", "AUTRE"}) {
            assertThat(refusal(vihf().with("Authentification_Mode", mode)).error())
                    .isEqualTo(EstablishmentError.AUTHENTICATION_MODE);
        }
    }

    @Tag("R75")
    @Test
    void reinforcedAuthenticationSaysItsMethod() {
        EstablishmentStatements read = accept(vihf().reinforced(PGSSIS));
        assertThat(read.authentication()).isEqualTo(AuthenticationMode.INDIRECTE_RENFORCEE);
        assertThat(read.method()).contains(PGSSIS);
        assertThat(refusal(vihf().reinforced("APP_BROWSER_AUTH")).error())
                .isEqualTo(EstablishmentError.AUTHENTICATION_METHOD);
        EstablishmentRefusal without = refusal(vihf().with("Authentification_Mode", "INDIRECTE_RENFORCEE"));
        assertThat(without.error()).isEqualTo(EstablishmentError.FIELD_MISSING);
        assertThat(without.detail()).contains("AuthnContextDecl");
    }

    @Tag("R76")
    @Test
    void reinforcedAuthenticationNamesThePersonByRpps() {
        String local = "<NameID>3199000001000/42</NameID>";
        assertThat(accept(vihf().subject(local)).professional().hasRpps()).isFalse();
        assertThat(refusal(vihf().subject(local).reinforced(PGSSIS)).error())
                .isEqualTo(EstablishmentError.PROFESSIONAL_WITHOUT_RPPS);
    }

    @Tag("R80")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "VIHF_Version",
                Vihf.ROLE,
                "Secteur_Activite",
                "Ressource_URN",
                Vihf.PURPOSE,
                Vihf.NAME,
                "Authentification_Mode",
                "Identifiant_Structure",
                "LPS_Nom",
                "LPS_ID_HOMOLOGATION_DMP"
            })
    void missingOrEmptyFieldIsNamed(String field) {
        EstablishmentRefusal absent = refusal(vihf().without(field));
        assertThat(absent.error()).isEqualTo(EstablishmentError.FIELD_MISSING);
        assertThat(absent.error().status()).isEqualTo(422);
        assertThat(absent.detail()).contains(field);
        assertThat(refusal(vihf().with(field, " ")).detail()).contains(field);
    }

    @Tag("R80")
    @Test
    void missingPartOfTheAssertionIsNamed() {
        assertThat(refusal(vihf().subject("")).detail()).contains("NameID");
        assertThat(refusal(vihf().issueInstant("")).detail()).contains("IssueInstant");
        assertThat(refusal(vihf().issuer("")).detail()).contains("Issuer");
    }

    @ParameterizedTest
    @CsvSource({
        "Secteur_Activite, SA01, FIELD_INVALID",
        "Secteur_Activite, SA01^1.2.3, FIELD_INVALID",
        "Ressource_URN, urn:ROR, FIELD_INVALID",
        "LPS_Nom, <b xmlns=\"\"/>, FIELD_INVALID",
        Vihf.ROLE + ", Médecin, FIELD_INVALID",
        Vihf.ROLE + ", <Role code=\"60\" codeSystem=\"1.2.250.1.71.1.2.7\"/>, FIELD_INVALID",
        Vihf.PURPOSE + ", normal, FIELD_INVALID",
        Vihf.PATIENT + ", 284057505601205^^^&amp;1.2.250.1.213.1.4.10&amp;ISO^NH, PATIENT_INVALID",
        Vihf.PATIENT + ", 2 84 05 75 056 012 04, PATIENT_INVALID",
        "Identifiant_Structure, 1990000028, STRUCTURE_MISMATCH"
    })
    void wrongFieldIsRefused(String field, String value, EstablishmentError error) {
        assertThat(refusal(vihf().with(field, value)).error()).isEqualTo(error);
    }

    @Test
    void fieldGivenTwiceIsRefused() {
        assertThat(refusal(vihf().with("LPS_Nom", "un", "deux")).error()).isEqualTo(EstablishmentError.FIELD_INVALID);
        assertThat(refusal(vihf().with("identifiant_structure", OTHER.value())).detail())
                .contains("Identifiant_Structure");
        assertThat(refusal(vihf().subject("<NameID>899700100029</NameID><NameID>899700100011</NameID>"))
                        .detail())
                .contains("NameID");
    }

    @Tag("R50")
    @Test
    void purposeIsOneOfThree() {
        assertThat(refusal(vihf().with(Vihf.PURPOSE, Vihf.purpose("curiosite"))).error())
                .isEqualTo(EstablishmentError.PURPOSE_UNKNOWN);
        assertThat(refusal(vihf().with(Vihf.PURPOSE, Vihf.purpose("normal"), Vihf.purpose("centre_15")))
                        .error())
                .isEqualTo(EstablishmentError.PURPOSE_UNKNOWN);
    }

    @Tag("R81")
    @Test
    void physicianWithoutSpecialtyIsRefused() {
        assertThat(refusal(vihf().with(Vihf.ROLE, Vihf.role("10", "1.2.250.1.71.1.2.7")))
                        .error())
                .isEqualTo(EstablishmentError.ROLE_INCOMPLETE);
    }

    @Tag("R82")
    @ParameterizedTest
    @CsvSource({
        "EXPIRED, CERTIFICATE_EXPIRED",
        "NOT_YET_VALID, CERTIFICATE_NOT_YET_VALID",
        "REVOKED, CERTIFICATE_REVOKED",
        "UNKNOWN_AUTHORITY, CERTIFICATE_AUTHORITY_UNKNOWN",
        "NO_STRUCTURE, CERTIFICATE_STRUCTURE"
    })
    void certificateIsVerified(CertificateCase wanted, EstablishmentError error) {
        IssuedCertificate signer = Establishment.issue(HOSPITAL, CertificateUsage.SIGNATURE, wanted);
        assertThat(refusal(vihf().signedBy(signer)).error()).isEqualTo(error);
    }

    @Tag("R82")
    @Test
    void issuerIsTheSubjectOfTheCertificate() {
        assertThat(refusal(vihf().issuer("CN=carnet,OU=1990000010,O=Autre,ST=Paris (75),C=FR"))
                        .error())
                .isEqualTo(EstablishmentError.ISSUER_MISMATCH);
        IssuedCertificate other = Establishment.issue(OTHER, CertificateUsage.SIGNATURE, CertificateCase.VALID);
        assertThat(refusal(vihf().signedBy(other)).error()).isEqualTo(EstablishmentError.ISSUER_MISMATCH);
        assertThat(refusal(Vihf.of(HOSPITAL.value(), other, NOW).signedBy(other))
                        .error())
                .isEqualTo(EstablishmentError.STRUCTURE_MISMATCH);
        IssuedCertificate connecting =
                Establishment.issue(HOSPITAL, CertificateUsage.CLIENT_AUTHENTICATION, CertificateCase.VALID);
        assertThat(refusal(vihf().signedBy(connecting)).error()).isEqualTo(EstablishmentError.CERTIFICATE_USAGE);
    }

    @Tag("R83")
    @Test
    void assertionServesOnce() {
        byte[] xml = vihf().signedBy(SIGNING);
        verifier().accept(xml);
        assertThat(refusal(xml).error()).isEqualTo(EstablishmentError.ASSERTION_REPLAYED);
    }

    @Tag("R83")
    @Test
    void staleAndFutureAssertionsAreRefused() {
        assertThat(accept(vihf().issueInstant(NOW.minusSeconds(359).toString())).structure())
                .isEqualTo(HOSPITAL);
        assertThat(refusal(vihf().issueInstant(NOW.minusSeconds(360).toString()))
                        .error())
                .isEqualTo(EstablishmentError.ASSERTION_STALE);
        assertThat(accept(vihf().issueInstant("2026-11-22T11:01:00+01:00")).structure())
                .isEqualTo(HOSPITAL);
        assertThat(refusal(vihf().issueInstant(NOW.plusSeconds(61).toString())).error())
                .isEqualTo(EstablishmentError.ASSERTION_FROM_THE_FUTURE);
        assertThat(refusal(vihf().issueInstant("2026-11-22T10:00:00")).detail()).contains("IssueInstant");
    }

    @Tag("R83")
    @ParameterizedTest
    @CsvSource({
        "<Conditions NotOnOrAfter=\"2026-11-22T09:59:00Z\"/>, ASSERTION_STALE",
        "<Conditions NotBefore=\"2026-11-22T10:01:01Z\"/>, ASSERTION_FROM_THE_FUTURE",
        "<Conditions NotBefore=\"hier\"/>, FIELD_INVALID",
        "<Conditions><AudienceRestriction><Audience>https://other.example</Audience></AudienceRestriction></Conditions>,"
                + " AUDIENCE_MISMATCH",
        "<Conditions><AudienceRestriction/></Conditions>, AUDIENCE_MISMATCH",
        "<Conditions><Condition/></Conditions>, FIELD_INVALID",
        "<Conditions/><Conditions/>, FIELD_INVALID"
    })
    void ownConditionsAreKept(String conditions, EstablishmentError error) {
        assertThat(refusal(vihf().conditions(conditions)).error()).isEqualTo(error);
    }

    @Test
    void conditionsThatHoldAreAccepted() {
        EstablishmentStatements read = accept(vihf().conditions("<Conditions NotBefore=\"2026-11-22T09:59:00Z\""
                + " NotOnOrAfter=\"2026-11-22T10:02:00Z\"><AudienceRestriction><Audience>" + TOKEN_ENDPOINT
                + "</Audience></AudienceRestriction><OneTimeUse/></Conditions>"));
        assertThat(read.assertion().expires()).isEqualTo(NOW.plus(Duration.ofMinutes(3)));
        assertThat(accept(vihf().conditions("<Conditions NotOnOrAfter=\"2026-11-23T10:00:00Z\"/>"))
                        .assertion()
                        .expires())
                .isEqualTo(NOW.plus(Duration.ofMinutes(6)));
    }

    @Test
    void confirmationOfTheSubjectIsKept() {
        assertThat(refusal(vihf().subject("<NameID>899700100029</NameID><SubjectConfirmation"
                                + " Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\"><SubjectConfirmationData"
                                + " NotOnOrAfter=\"2026-11-22T09:00:00Z\"/></SubjectConfirmation>"))
                        .error())
                .isEqualTo(EstablishmentError.ASSERTION_STALE);
    }

    @Test
    void otherVersionOfSamlIsRefused() {
        assertThat(refusal(vihf().version("1.1")).detail()).contains("Version");
    }

    static final String SHA256_RSA = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
    static final String SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";

    private static Vihf vihf() {
        return Vihf.of(HOSPITAL.value(), SIGNING, NOW);
    }

    private EstablishmentStatements accept(Vihf vihf) {
        return verifier().accept(vihf.signedBy(SIGNING));
    }

    private EstablishmentRefusal refusal(Vihf vihf) {
        return refusal(vihf.signedBy(SIGNING));
    }

    private EstablishmentRefusal refusal(byte[] xml) {
        return catchThrowableOfType(() -> verifier().accept(xml), EstablishmentRefusal.class);
    }

    /** Reads the lists of revocations as they are now. */
    private VihfAssertions verifier() {
        return new VihfAssertions(Establishment.certificates(), memory, LIMITS, CLOCK);
    }
}
