package fr.carnet.server.flow;

import static fr.carnet.server.flow.Vendor.HOSPITAL;
import static fr.carnet.server.flow.Vendor.HOSPITAL_CONNECTS;
import static fr.carnet.server.flow.Vendor.HOSPITAL_SIGNS;
import static fr.carnet.server.flow.Vendor.certificate;
import static fr.carnet.server.flow.Vendor.endpoint;
import static fr.carnet.server.flow.Vendor.issued;
import static fr.carnet.server.flow.Vendor.now;
import static fr.carnet.server.flow.Vendor.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ca.uhn.fhir.context.FhirContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import fr.carnet.caller.RoleSystem;
import fr.carnet.sandbox.igc.IssuedCertificate;
import fr.carnet.sandbox.igc.Pem;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Person;
import fr.carnet.token.establishment.AirAssertion;
import fr.carnet.token.vihf.Vihf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An establishment over HTTPS: its certificates, what it states of its professionals by AIR and VIHF, and what comes of it. */
class EstablishmentIT {

    private static final Vendor HOSPITAL_SOFTWARE = Vendor.hospital();

    @Test
    @Tag("R73")
    @Tag("R74")
    @Tag("R75")
    @Tag("R76")
    @Tag("R77")
    @Tag("R79")
    @Tag("R86")
    void airConsultsAndDoesNotDeposit() {
        Person patient = Scene.patient();
        Scene.published(patient, Scene.document());
        Scene.authorise("dr-leroy", Scene.DR_LEROY, patient);

        String token = issued(HOSPITAL_SOFTWARE.air(air(patient).signedBy(HOSPITAL_SIGNS)));
        HttpResponse<String> found = HOSPITAL_SOFTWARE.read(token, documents(patient));
        HttpResponse<String> deposited = HOSPITAL_SOFTWARE.transaction(token, lot(patient));

        assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
        assertThat(Vendor.json(found).path("total").asInt()).isEqualTo(1);
        refusedByPolicy(deposited, "R73");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.0", "4.0"})
    @Tag("R72")
    @Tag("R80")
    @Tag("R82")
    @Tag("R83")
    @Tag("R84")
    void plainVihfFeedsAndDoesNotConsult(String version) {
        Person patient = Scene.patient();
        Scene.authorise("dr-leroy", Scene.DR_LEROY, patient);

        String token = issued(HOSPITAL_SOFTWARE.vihf(
                vihf(patient).with("VIHF_Version", version).signedBy(HOSPITAL_SIGNS)));
        HttpResponse<String> deposited = HOSPITAL_SOFTWARE.transaction(token, lot(patient));

        assertThat(deposited.statusCode()).as(deposited.body()).isEqualTo(200);
        refusedByPolicy(HOSPITAL_SOFTWARE.read(token, documents(patient)), "R72");
    }

    @Test
    @Tag("R74")
    void tokenIsOfNoUseWithoutTheCertificateItWasIssuedTo() throws Exception {
        Person patient = Scene.patient();
        String token = issued(HOSPITAL_SOFTWARE.air(air(patient).signedBy(HOSPITAL_SIGNS)));

        JWTClaimsSet claims = SignedJWT.parse(token).getJWTClaimsSet();
        byte[] digest = MessageDigest.getInstance("SHA-256")
                .digest(HOSPITAL_CONNECTS.certificate().getEncoded());

        assertThat(claims.getJSONObjectClaim("cnf"))
                .isEqualTo(Map.of(
                        "x5t#S256", Base64.getUrlEncoder().withoutPadding().encodeToString(digest)));
        assertThat(HOSPITAL_SOFTWARE.read(token, record(patient)).statusCode()).isEqualTo(200);
        List.of(Vendor.anonymous(), Vendor.with(certificate("hospital", "auth-cli", "valid")), Vendor.proxyAlone())
                .forEach(other -> {
                    HttpResponse<String> answer = other.read(token, record(patient));
                    assertThat(answer.statusCode()).isEqualTo(401);
                    assertThat(answer.body()).contains("token-binding");
                });
    }

    @Test
    @Tag("R74")
    void certificateThatComesWithoutItsAuthorityIsEnough() {
        Person patient = Scene.patient();
        Vendor bare = Vendor.withNothingElse(HOSPITAL_CONNECTS);

        String token = issued(bare.air(air(patient).signedBy(HOSPITAL_SIGNS)));

        assertThat(bare.read(token, record(patient)).statusCode()).isEqualTo(200);
    }

    @Test
    @Tag("R74")
    void proxyTellsTheCertificateToTokenServiceAndFhirBase() {
        Person patient = Scene.patient();
        Vendor proxied = Vendor.behindTheProxy(HOSPITAL_CONNECTS);

        String token = issued(proxied.air(air(patient).signedBy(HOSPITAL_SIGNS)));

        assertThat(proxied.read(token, record(patient)).statusCode()).isEqualTo(200);
        refused(
                Vendor.behindTheProxy(certificate("hospital", "auth-cli", "expired"))
                        .air(air(patient).signedBy(HOSPITAL_SIGNS)),
                401,
                "certificate-expired",
                "R74");
        HttpResponse<String> alone = Vendor.proxyAlone().air(air(patient).signedBy(HOSPITAL_SIGNS));
        assertThat(alone.statusCode()).isEqualTo(401);
        assertThat(Vendor.json(alone).path("code").asText()).isEqualTo("client-unproved");
        assertThat(Vendor.trace(alone).get("rule_slug", String.class)).isEqualTo("client-unproved");
    }

    @ParameterizedTest
    @ValueSource(strings = {"expired", "not-yet-valid", "unknown-authority"})
    @Tag("R74")
    void handshakeFailsWithACertificateThatIsNotValidOrOfNoAuthority(String wanted) {
        Vendor vendor = Vendor.with(certificate("hospital", "auth-cli", wanted));
        String assertion = air(Scene.ALICE).signedBy(HOSPITAL_SIGNS);

        assertThatThrownBy(() -> vendor.air(assertion))
                .isInstanceOf(UncheckedIOException.class)
                .getCause()
                .isInstanceOf(SSLException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "auth-cli, revoked, certificate-revoked",
        "auth-cli, no-structure, certificate-structure",
        "sign, valid, certificate-usage"
    })
    @Tag("R74")
    void certificateThatPassesTheHandshakeIsJudgedBeforeTheAssertion(String usage, String wanted, String code) {
        Vendor vendor = Vendor.with(certificate("hospital", usage, wanted));

        refused(vendor.air(air(Scene.ALICE).signedBy(HOSPITAL_SIGNS)), 401, code, "R74");
    }

    @ParameterizedTest
    @CsvSource({
        "expired, certificate-expired",
        "not-yet-valid, certificate-not-yet-valid",
        "unknown-authority, certificate-authority-unknown",
        "revoked, certificate-revoked"
    })
    @Tag("R82")
    void signatureIsOfNoWorthUnderABadCertificate(String wanted, String code) {
        IssuedCertificate bad = certificate("hospital", "sign", wanted);

        refused(HOSPITAL_SOFTWARE.air(air(Scene.ALICE).signedBy(bad)), 401, code, "R74");
        refused(HOSPITAL_SOFTWARE.vihf(Vihf.of(HOSPITAL, bad, now()).signedBy(bad)), 401, code, "R74");
    }

    @Test
    @Tag("R74")
    void certificateIsRefusedAsSoonAsItIsRevoked() {
        IssuedCertificate certificate = certificate("hospital", "auth-cli", "valid");
        Vendor vendor = Vendor.with(certificate);
        issued(vendor.air(air(Scene.ALICE).signedBy(HOSPITAL_SIGNS)));

        Vendor.revoke(certificate);

        refused(vendor.air(air(Scene.ALICE).signedBy(HOSPITAL_SIGNS)), 401, "certificate-revoked", "R74");
    }

    @Test
    @Tag("R79")
    void structureThatHasNotDeclaredItselfIsRefused() {
        Vendor undeclared = Vendor.with(certificate("emergency-hospital", "auth-cli", "valid"));
        IssuedCertificate signer = certificate("emergency-hospital", "sign", "valid");
        AirAssertion assertion =
                AirAssertion.of("1990000028", endpoint(), now()).with("sub", "99700100235");

        refused(undeclared.air(assertion.signedBy(signer)), 401, "structure-undeclared", "R79");
    }

    @Test
    @Tag("R82")
    void whoConnectsIsWhoSigns() {
        Vendor laboratory = Vendor.with(certificate("laboratory", "auth-cli", "valid"));

        refused(laboratory.air(air(Scene.ALICE).signedBy(HOSPITAL_SIGNS)), 401, "structure-mismatch", "R82");
        refused(laboratory.vihf(vihf(Scene.ALICE).signedBy(HOSPITAL_SIGNS)), 401, "structure-mismatch", "R82");
    }

    @ParameterizedTest
    @CsvSource({
        "sub, 99700100193, 401, professional-unknown, R76",
        "sub, 99700100011, 401, professional-unknown, R76",
        "sub, 99700109996, 401, professional-unknown, R76",
        "extensions.carnet.sector, SA07, 401, professional-unknown, R76",
        "extensions.carnet.authentication_method, LOGIN, 401, authentication-method, R75",
        "extensions.carnet.software.homologation, TST-0002, 401, software-unknown, R86",
        "extensions.ihe_iua.person_id, '', 422, patient-missing, R77"
    })
    @Tag("R75")
    @Tag("R76")
    @Tag("R77")
    @Tag("R86")
    void airThatStatesSomethingElseIsRefused(String claim, String value, int status, String code, String rule) {
        refused(
                HOSPITAL_SOFTWARE.air(air(Scene.ALICE).with(claim, value).signedBy(HOSPITAL_SIGNS)),
                status,
                code,
                rule);
    }

    @Test
    @Tag("R76")
    void professionOfTheAssertionIsThatOfTheDirectory() {
        AirAssertion nurse = air(Scene.ALICE)
                .with("extensions.ihe_iua.subject_role", List.of(AirAssertion.code(RoleSystem.G15.url(), "60")));

        refused(HOSPITAL_SOFTWARE.air(nurse.signedBy(HOSPITAL_SIGNS)), 401, "professional-unknown", "R76");
    }

    @ParameterizedTest
    @CsvSource({
        "VIHF_Version, 2.0, 422, version-unsupported, R84",
        "LPS_ID_HOMOLOGATION_DMP, TST-0002, 401, software-unknown, R86",
        "Authentification_Mode, DIRECTE, 401, authentication-mode, R71",
        "Ressource_URN, urn:autre, 422, field-invalid, R80"
    })
    @Tag("R71")
    @Tag("R80")
    @Tag("R84")
    @Tag("R86")
    void vihfThatStatesSomethingElseIsRefused(String field, String value, int status, String code, String rule) {
        refused(
                HOSPITAL_SOFTWARE.vihf(vihf(Scene.ALICE).with(field, value).signedBy(HOSPITAL_SIGNS)),
                status,
                code,
                rule);
    }

    @Test
    @Tag("R77")
    void reinforcedVihfNamesItsPatientAsAirDoes() {
        Vihf vihf = vihf(Scene.ALICE).reinforced("CONF_EXI_PGSSIS").without(Vihf.PATIENT);

        refused(HOSPITAL_SOFTWARE.vihf(vihf.signedBy(HOSPITAL_SIGNS)), 422, "patient-missing", "R77");
    }

    @Test
    @Tag("R83")
    void assertionServesOnce() {
        String air = air(Scene.ALICE).signedBy(HOSPITAL_SIGNS);
        byte[] vihf = vihf(Scene.ALICE).signedBy(HOSPITAL_SIGNS);
        issued(HOSPITAL_SOFTWARE.air(air));
        issued(HOSPITAL_SOFTWARE.vihf(vihf));

        refused(HOSPITAL_SOFTWARE.air(air), 401, "assertion-replayed", "R83");
        refused(HOSPITAL_SOFTWARE.vihf(vihf), 401, "assertion-replayed", "R83");
    }

    @Test
    void assertionOfTheScriptIsAccepted(@TempDir Path certs) throws IOException, InterruptedException {
        assumeTrue(hasOpenssl(), "no openssl here");
        Files.writeString(certs.resolve("hospital-sign.pem"), Pem.of(HOSPITAL_SIGNS.certificate()));
        Files.writeString(certs.resolve("hospital-sign.key"), Pem.of("PRIVATE KEY", HOSPITAL_SIGNS.key()));

        Process script = new ProcessBuilder(
                        "scripts/air-assertion",
                        "--certs",
                        certs.toString(),
                        "--patient",
                        Scene.ALICE.ins().value(),
                        "--audience",
                        endpoint())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String assertion = new String(script.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();

        assertThat(script.waitFor()).isZero();
        issued(HOSPITAL_SOFTWARE.air(assertion));
    }

    private static boolean hasOpenssl() throws InterruptedException {
        try {
            return new ProcessBuilder("openssl", "version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void metadataTellsWhereCertificatesAreAskedFor() {
        HttpResponse<byte[]> metadata = Scene.http(
                "GET",
                Vendor.SERVER.root() + "/.well-known/oauth-authorization-server",
                new byte[0],
                "Accept",
                "application/json");

        assertThat(new String(metadata.body(), StandardCharsets.UTF_8))
                .contains("\"mtls_endpoint_aliases\"")
                .contains("\"token_endpoint\":\"" + endpoint() + "\"");
    }

    private static AirAssertion air(Person patient) {
        return AirAssertion.of(HOSPITAL, endpoint(), now())
                .with("extensions.ihe_iua.person_id", patient.ins().cx());
    }

    private static Vihf vihf(Person patient) {
        return Vihf.of(HOSPITAL, HOSPITAL_SIGNS, now())
                .with(Vihf.PATIENT, patient.ins().cx().replace("&", "&amp;"));
    }

    private static String documents(Person patient) {
        return "DocumentReference?status=current&" + Scene.of(patient);
    }

    private static String record(Person patient) {
        return "Patient?identifier=" + Call.escaped(patient.ins().token());
    }

    private static String lot(Person patient) {
        return Vendor.SERVER
                .bean(FhirContext.class)
                .newJsonParser()
                .encodeResourceToString(Scene.lot(patient, Scene.LEROY, Scene.document()));
    }

    private static void refusedByPolicy(HttpResponse<String> answer, String rule) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(Vendor.json(answer).at("/issue/0/details/coding/0/code").asText())
                .isEqualTo(rule);
        assertThat(Vendor.trace(answer).get("rule_id", String.class)).isEqualTo(rule);
    }
}
