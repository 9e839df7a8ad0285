package fr.carnet.server.cli.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.carnet.sandbox.igc.KeptAuthority;
import fr.carnet.server.RunningServer;
import fr.carnet.server.cli.CommandLineRun;
import fr.carnet.shared.StructureId;
import fr.carnet.token.establishment.AuthorityFolder;
import fr.carnet.token.establishment.CertificateUsage;
import fr.carnet.token.establishment.EstablishmentCertificates;
import fr.carnet.token.establishment.EstablishmentError;
import fr.carnet.token.establishment.EstablishmentRefusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A vendor's certificates, ordered from a running sandbox by the command, verified with the folder that it publishes. */
@Tag("R74")
class CertsCommandIT {

    private static final RunningServer SERVER = RunningServer.get();
    private static final String BASE = SERVER.root() + "/fhir";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @Test
    void structureGetsOneCertificateForEachUsage() throws IOException, GeneralSecurityException {
        CommandLineRun run = certs("--structure", "hospital", "--password", "secret");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(folder.toFile().list())
                .containsExactlyInAnyOrder(
                        "hospital-auth-cli.pem",
                        "hospital-auth-cli.key",
                        "hospital-auth-cli.p12",
                        "hospital-sign.pem",
                        "hospital-sign.key",
                        "hospital-sign.p12",
                        "authorities.pem");
        KeyStore store =
                KeyStore.getInstance(folder.resolve("hospital-sign.p12").toFile(), "secret".toCharArray());
        String alias = store.aliases().nextElement();
        assertThat(store.getKey(alias, "secret".toCharArray())).isNotNull();
        assertThat(store.getCertificate(alias)).isEqualTo(certificate("hospital-sign.pem"));
        assertThat(verifier()
                        .verify(certificate("hospital-sign.pem"), CertificateUsage.SIGNATURE)
                        .structure())
                .isEqualTo(new StructureId("1990000010"));
        assertThat(verifier()
                        .verify(certificate("hospital-auth-cli.pem"), CertificateUsage.CLIENT_AUTHENTICATION)
                        .organisation())
                .isEqualTo("Centre hospitalier H");
        assertThat(Files.readString(folder.resolve("authorities.pem"))).isEqualTo(text("authorities"));
    }

    @Test
    void revokedCertificateIsListedAndRefused() throws IOException, GeneralSecurityException {
        certs("--structure", "practice", "--usage", "sign");
        X509Certificate certificate = certificate("practice-sign.pem");
        assertThat(list().isRevoked(certificate)).isFalse();
        CommandLineRun run = CommandLineRun.of(
                "certs",
                "--base",
                BASE,
                "--revoke",
                certificate.getSerialNumber().toString(16));
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(list().isRevoked(certificate)).isTrue();
        assertThat(refusal(certificate)).isEqualTo(EstablishmentError.CERTIFICATE_REVOKED);
    }

    @ParameterizedTest
    @CsvSource({
        "expired, CERTIFICATE_EXPIRED",
        "not-yet-valid, CERTIFICATE_NOT_YET_VALID",
        "revoked, CERTIFICATE_REVOKED",
        "unknown-authority, CERTIFICATE_AUTHORITY_UNKNOWN",
        "no-structure, CERTIFICATE_STRUCTURE"
    })
    void everyOtherCaseIsRefused(String wanted, EstablishmentError error) throws IOException, GeneralSecurityException {
        certs("--structure", "hospital", "--usage", "sign", "--case", wanted);
        assertThat(refusal(certificate("hospital-sign.pem"))).isEqualTo(error);
    }

    @Test
    void listsFollowTheClock() throws IOException, GeneralSecurityException {
        certs("--structure", "hospital", "--usage", "sign");
        try {
            post("sandbox/clock", "advance=P24M");
            assertThat(verifier()
                            .verify(certificate("hospital-sign.pem"), CertificateUsage.SIGNATURE)
                            .structure())
                    .isEqualTo(new StructureId("1990000010"));
            post("sandbox/clock", "advance=P13M");
            assertThat(refusal(certificate("hospital-sign.pem"))).isEqualTo(EstablishmentError.CERTIFICATE_EXPIRED);
        } finally {
            post("sandbox/clock", "reset=");
        }
    }

    @Test
    void whatIsNotThereIsSaid() throws IOException {
        CommandLineRun structure = certs("--structure", "nowhere");
        assertThat(structure.code()).isEqualTo(1);
        assertThat(structure.err()).contains("HTTP 400", "« structure »", "hospital");
        assertThat(certs("--structure", "hospital", "--case", "perdu").err()).contains("« case »", "expired");
        assertThat(certs("--structure", "hospital", "--usage", "chiffrer").err())
                .contains("« usage »", "auth-cli");
        assertThat(certs().err()).contains("--structure");
        assertThat(certs("--revoke", "abc").err()).contains("numéro de série");
        assertThat(certs("--revoke", "xyz").err()).contains("hexadécimal");
        HttpResponse<byte[]> other = get("autre.crl");
        assertThat(other.statusCode()).isEqualTo(400);
    }

    private CommandLineRun certs(String... arguments) {
        String[] all = new String[arguments.length + 5];
        System.arraycopy(new String[] {"certs", "--base", BASE, "--out", folder.toString()}, 0, all, 0, 5);
        System.arraycopy(arguments, 0, all, 5, arguments.length);
        return CommandLineRun.of(all);
    }

    private static EstablishmentCertificates verifier() {
        return new EstablishmentCertificates(
                new AuthorityFolder(SERVER.bean(KeptAuthority.class).published()), SERVER.bean(Clock.class));
    }

    private static EstablishmentError refusal(X509Certificate certificate) {
        return catchThrowableOfType(
                        () -> verifier().verify(certificate, CertificateUsage.SIGNATURE), EstablishmentRefusal.class)
                .error();
    }

    private X509Certificate certificate(String file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(folder.resolve(file))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static X509CRL list() throws IOException, GeneralSecurityException {
        return (X509CRL) CertificateFactory.getInstance("X.509")
                .generateCRL(new ByteArrayInputStream(get("organisations.crl").body()));
    }

    private static String text(String path) throws IOException {
        return new String(get(path).body(), StandardCharsets.US_ASCII);
    }

    private static HttpResponse<byte[]> get(String path) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(SERVER.root() + "/sandbox/certificates/" + path))
                .build());
    }

    private static void post(String path, String form) throws IOException {
        HttpResponse<byte[]> answer = send(HttpRequest.newBuilder(URI.create(SERVER.root() + "/" + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    private static HttpResponse<byte[]> send(HttpRequest request) throws IOException {
        try {
            return HTTP.send(request, BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
