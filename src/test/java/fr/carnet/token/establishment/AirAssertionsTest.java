package fr.carnet.token.establishment;

import static fr.carnet.token.establishment.Establishment.CLOCK;
import static fr.carnet.token.establishment.Establishment.HOSPITAL;
import static fr.carnet.token.establishment.Establishment.LIMITS;
import static fr.carnet.token.establishment.Establishment.NOW;
import static fr.carnet.token.establishment.Establishment.OTHER;
import static fr.carnet.token.establishment.Establishment.SIGNING;
import static fr.carnet.token.establishment.Establishment.TOKEN_ENDPOINT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import fr.carnet.caller.CallerTokens;
import fr.carnet.caller.RoleSystem;
import fr.carnet.sandbox.igc.CertificateCase;
import fr.carnet.shared.AccessMode;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.AuthenticationMode;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.Ins;
import fr.carnet.shared.SingleUse;
import fr.carnet.token.establishment.EstablishmentStatements.Form;
import fr.carnet.token.establishment.EstablishmentStatements.Role;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AirAssertionsTest {

    private static final String IUA = "extensions.ihe_iua.";
    private static final String CARNET = "extensions.carnet.";

    private final SingleUse memory = Establishment.memory();

    @Test
    void statementsAreRead() {
        EstablishmentStatements read = verifier().accept(assertion().signedBy(SIGNING));
        assertThat(read.assertion().form()).isEqualTo(Form.AIR);
        assertThat(read.assertion().issued()).isEqualTo(NOW);
        assertThat(read.assertion().expires()).isEqualTo(NOW.plus(Duration.ofMinutes(2)));
        assertThat(read.professional().id()).isEqualTo(new IdNatPs("899700100029"));
        assertThat(read.professional().name()).isEqualTo("Paul Leroy");
        assertThat(read.professional().role().actor()).isEqualTo(new ActorCode("10"));
        assertThat(read.professional().specialty()).contains(new Role(RoleSystem.R38, "SM04"));
        assertThat(read.professional().sector()).isEqualTo("SA01");
        assertThat(read.structure()).isEqualTo(HOSPITAL);
        assertThat(read.authentication()).isEqualTo(AuthenticationMode.INDIRECTE_RENFORCEE);
        assertThat(read.method()).contains("CONF_EXI_PGSSIS");
        assertThat(read.context().patient()).contains(Ins.of("1.2.250.1.213.1.4.10", "284057505601204"));
        assertThat(read.context().mode()).contains(AccessMode.NORMAL);
        assertThat(read.context().secretConnection()).isFalse();
        assertThat(read.software().homologation()).isEqualTo("TST-0001");
    }

    @Test
    void emergencyAndSecretConnectionAreStated() {
        EstablishmentStatements read = verifier()
                .accept(assertion()
                        .with(
                                IUA + "purpose_of_use",
                                List.of(AirAssertion.code(CallerTokens.PURPOSE_SYSTEM, "bris_de_glace")))
                        .with(CARNET + "reason", "inconscient")
                        .with(CARNET + "unable_to_consent", true)
                        .with(CARNET + "immediate_risk", true)
                        .with(CARNET + "secret", true)
                        .with(CARNET + "function", "FON-29")
                        .without(IUA + "person_id")
                        .signedBy(SIGNING));
        assertThat(read.context().mode()).contains(AccessMode.BREAK_GLASS);
        assertThat(read.context().emergency().isComplete()).isTrue();
        assertThat(read.context().secretConnection()).isTrue();
        assertThat(read.context().patient()).isEmpty();
        assertThat(read.professional().function()).contains("FON-29");
    }

    @Test
    void personalDataAndSecretsAreNotPrinted() {
        EstablishmentStatements read = verifier().accept(assertion().signedBy(SIGNING));
        assertThat(read + " " + read.professional() + " " + read.software())
                .doesNotContain("Leroy", "99700100029", "284057505601204", "TST-0001");
    }

    @Test
    void threeAlgorithmsAreAccepted() {
        assertThat(verifier()
                        .accept(assertion().signedBy(SIGNING, JWSAlgorithm.PS256))
                        .structure())
                .isEqualTo(HOSPITAL);
        for (JWSAlgorithm other : List.of(JWSAlgorithm.RS384, JWSAlgorithm.RS512, JWSAlgorithm.PS512)) {
            assertThat(refusal(assertion().signedBy(SIGNING, other)).error())
                    .isEqualTo(EstablishmentError.SIGNATURE_ALGORITHM);
        }
    }

    @Test
    void noneAndSharedSecretsAreRefused() throws JOSEException {
        assertThat(refusal(assertion().withoutSignature()).error()).isEqualTo(EstablishmentError.SIGNATURE_MISSING);
        assertThat(refusal(assertion().confused(SIGNING)).error()).isEqualTo(EstablishmentError.SIGNATURE_ALGORITHM);
    }

    @Test
    void signatureIsThatOfTheEnclosedCertificate() {
        var other = Establishment.issue(HOSPITAL, CertificateUsage.SIGNATURE, CertificateCase.VALID);
        assertThat(refusal(assertion().enclosing(other).signedBy(SIGNING)).error())
                .isEqualTo(EstablishmentError.SIGNATURE_INVALID);
        assertThat(refusal(assertion().withoutCertificate(SIGNING)).error())
                .isEqualTo(EstablishmentError.SIGNATURE_CERTIFICATE_MISSING);
    }

    @ParameterizedTest
    @CsvSource({
        "EXPIRED, CERTIFICATE_EXPIRED",
        "NOT_YET_VALID, CERTIFICATE_NOT_YET_VALID",
        "REVOKED, CERTIFICATE_REVOKED",
        "UNKNOWN_AUTHORITY, CERTIFICATE_AUTHORITY_UNKNOWN",
        "NO_STRUCTURE, CERTIFICATE_STRUCTURE"
    })
    void certificateIsVerified(CertificateCase wanted, EstablishmentError error) {
        var signer = Establishment.issue(HOSPITAL, CertificateUsage.SIGNATURE, wanted);
        assertThat(refusal(assertion().signedBy(signer)).error()).isEqualTo(error);
    }

    @Test
    void certificateThatConnectsDoesNotSign() {
        var connecting = Establishment.issue(HOSPITAL, CertificateUsage.CLIENT_AUTHENTICATION, CertificateCase.VALID);
        assertThat(refusal(assertion().signedBy(connecting)).error()).isEqualTo(EstablishmentError.CERTIFICATE_USAGE);
    }

    @Tag("R82")
    @Test
    void structureIsThatOfTheCertificate() {
        var other = Establishment.issue(OTHER, CertificateUsage.SIGNATURE, CertificateCase.VALID);
        assertThat(refusal(assertion().signedBy(other)).error()).isEqualTo(EstablishmentError.STRUCTURE_MISMATCH);
    }

    @Tag("R83")
    @Test
    void assertionServesOnce() {
        String text = assertion().signedBy(SIGNING);
        verifier().accept(text);
        assertThat(refusal(text).error()).isEqualTo(EstablishmentError.ASSERTION_REPLAYED);
    }

    @Tag("R83")
    @Test
    void refusedAssertionIsNotUsedUp() {
        AirAssertion incomplete = assertion().without(CARNET + "sector");
        refusal(incomplete.signedBy(SIGNING));
        assertThat(verifier()
                        .accept(incomplete.with(CARNET + "sector", "SA01").signedBy(SIGNING))
                        .structure())
                .isEqualTo(HOSPITAL);
    }

    @Tag("R83")
    @ParameterizedTest
    @CsvSource({
        "PT-3M, PT-2M, ASSERTION_STALE",
        "PT-2M, PT-60S, ASSERTION_STALE",
        "PT2M, PT3M, ASSERTION_FROM_THE_FUTURE",
        "PT0S, PT5M1S, ASSERTION_LIFETIME",
        "PT-10M, PT0S, ASSERTION_LIFETIME"
    })
    void timesAreBounded(Duration issued, Duration end, EstablishmentError error) {
        assertThat(refusal(assertion()
                                .with("iat", Date.from(NOW.plus(issued)))
                                .with("exp", Date.from(NOW.plus(end)))
                                .signedBy(SIGNING))
                        .error())
                .isEqualTo(error);
    }

    @Test
    void notBeforeIsKept() {
        assertThat(refusal(assertion()
                                .with("nbf", Date.from(NOW.plusSeconds(61)))
                                .signedBy(SIGNING))
                        .error())
                .isEqualTo(EstablishmentError.ASSERTION_FROM_THE_FUTURE);
    }

    @Test
    void assertionForSomebodyElseIsRefused() {
        assertThat(refusal(assertion()
                                .with("aud", "https://other.example/token")
                                .signedBy(SIGNING))
                        .error())
                .isEqualTo(EstablishmentError.AUDIENCE_MISMATCH);
        assertThat(verifier()
                        .accept(assertion()
                                .with("aud", List.of("https://other.example", TOKEN_ENDPOINT))
                                .signedBy(SIGNING))
                        .structure())
                .isEqualTo(HOSPITAL);
    }

    @Tag("R80")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "iss",
                "sub",
                "aud",
                "iat",
                "exp",
                "jti",
                IUA + "subject_name",
                IUA + "subject_role",
                IUA + "purpose_of_use",
                CARNET + "sector",
                CARNET + "authentication_method",
                CARNET + "software.name",
                CARNET + "software.homologation"
            })
    void missingClaimIsNamed(String claim) {
        EstablishmentRefusal refused = refusal(assertion().without(claim).signedBy(SIGNING));
        assertThat(refused.error()).isEqualTo(EstablishmentError.FIELD_MISSING);
        assertThat(refused.detail()).contains(claim);
    }

    @ParameterizedTest
    @CsvSource({
        "sub, 899700100029, PROFESSIONAL_WITHOUT_RPPS",
        "sub, dr-leroy, PROFESSIONAL_WITHOUT_RPPS",
        CARNET + "authentication_method, LOGIN_MDP, AUTHENTICATION_METHOD",
        IUA + "person_id, 284057505601205^^^&1.2.250.1.213.1.4.10&ISO^NH, PATIENT_INVALID",
        IUA + "person_id, 284057505601204, PATIENT_INVALID",
        CARNET + "secret, yes, FIELD_INVALID",
        CARNET + "software, DPI, FIELD_INVALID",
        IUA + "subject_role, 10, FIELD_INVALID",
        "extensions, 10, FIELD_INVALID"
    })
    void wrongClaimIsRefused(String claim, String value, EstablishmentError error) {
        assertThat(refusal(assertion().with(claim, value).signedBy(SIGNING)).error())
                .isEqualTo(error);
    }

    @Tag("R50")
    @Test
    void purposeIsOneOfThree() {
        for (Object purposes : List.of(
                List.of(AirAssertion.code(CallerTokens.PURPOSE_SYSTEM, "curiosite")),
                List.of(AirAssertion.code("urn:oid:1.2.3", "normal")),
                List.of(
                        AirAssertion.code(CallerTokens.PURPOSE_SYSTEM, "normal"),
                        AirAssertion.code(CallerTokens.PURPOSE_SYSTEM, "centre_15")))) {
            assertThat(refusal(assertion()
                                    .with(IUA + "purpose_of_use", purposes)
                                    .signedBy(SIGNING))
                            .error())
                    .isEqualTo(EstablishmentError.PURPOSE_UNKNOWN);
        }
    }

    @Test
    void otherSortsOfTokensAreRefused() {
        for (String type : List.of("JWT", "at+jwt")) {
            assertThat(refusal(assertion().type(type).signedBy(SIGNING)).error())
                    .isEqualTo(EstablishmentError.FIELD_INVALID);
        }
        for (String text : List.of("", "a.b.c", "x".repeat(40_000))) {
            assertThat(refusal(text).error()).isEqualTo(EstablishmentError.ASSERTION_MALFORMED);
        }
    }

    @Test
    void idThatCannotBeRememberedIsRefused() {
        assertThat(refusal(assertion().with("jti", "x".repeat(257)).signedBy(SIGNING))
                        .detail())
                .isEqualTo(Optional.of("jti"));
    }

    private AirAssertion assertion() {
        return AirAssertion.of(HOSPITAL.value(), TOKEN_ENDPOINT, NOW);
    }

    private EstablishmentRefusal refusal(String text) {
        return catchThrowableOfType(() -> verifier().accept(text), EstablishmentRefusal.class);
    }

    /** Reads the lists of revocations as they are now. */
    private AirAssertions verifier() {
        return new AirAssertions(Establishment.certificates(), memory, LIMITS, CLOCK);
    }
}
