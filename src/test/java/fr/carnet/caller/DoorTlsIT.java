package fr.carnet.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.carnet.faults.FaultReport;
import fr.carnet.faults.FaultTest;
import fr.carnet.sandbox.igc.CertificateCase;
import fr.carnet.sandbox.igc.CertificateOrder;
import fr.carnet.sandbox.igc.IssuedCertificate;
import fr.carnet.sandbox.igc.Pem;
import fr.carnet.sandbox.igc.TestAuthority;
import fr.carnet.shared.Digest;
import fr.carnet.token.establishment.CertificateUsage;
import fr.carnet.token.establishment.Establishment;
import fr.carnet.token.establishment.TlsClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The production door over mutual TLS, set up as docs/deployment-identity.md says: Carnet itself, and behind a proxy. */
@SpringBootTest(
        classes = DoorApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.ssl.bundle.watch.file.quiet-period=200ms",
            "spring.ssl.bundle.pem.carnet.reload-on-update=true",
            "spring.ssl.bundle.pem.carnet.options.enabled-protocols=TLSv1.2,TLSv1.3",
            "server.ssl.bundle=carnet",
            "server.ssl.client-auth=want",
            "server.forward-headers-strategy=native",
            "server.tomcat.remoteip.internal-proxies=127\\\\.0\\\\.0\\\\.1"
        })
@ImportAutoConfiguration(SslAutoConfiguration.class)
@ActiveProfiles(DoorApplication.PROFILE)
class DoorTlsIT {

    private static final TestTokens TOKENS = new TestTokens();
    private static final KeysServer KEYS = KeysServer.serving(TOKENS.keys());
    private static final TestAuthority AUTHORITY = TestAuthority.create(Establishment.LISTS, Clock.systemUTC());
    private static final List<X509Certificate> AUTHORITIES = AUTHORITY.get().certificates();
    private static final IssuedCertificate CLIENT = issued(CertificateCase.VALID);
    private static final IssuedCertificate PROXY = issued(CertificateCase.VALID);

    @TempDir
    private static Path folder;

    @LocalServerPort
    private int port;

    @Autowired
    private DoorApplication.Attempts attempts;

    @DynamicPropertySource
    static void address(DynamicPropertyRegistry properties) throws IOException {
        writeServerCertificate();
        Files.writeString(
                folder.resolve("authorities.pem"),
                AUTHORITIES.stream().map(Pem::of).collect(Collectors.joining()));
        properties.add("spring.ssl.bundle.pem.carnet.keystore.certificate", () -> folder.resolve("server.pem")
                .toString());
        properties.add("spring.ssl.bundle.pem.carnet.keystore.private-key", () -> folder.resolve("server.key")
                .toString());
        properties.add("spring.ssl.bundle.pem.carnet.truststore.certificate", () -> folder.resolve("authorities.pem")
                .toString());
        properties.add("carnet.door.proxies", () -> Digest.SHA_256.hex(der(PROXY)));
        properties.add("carnet.public-base-url", () -> TestTokens.BASE);
        properties.add("carnet.issuers[0].issuer", () -> TestTokens.ISSUER);
        properties.add("carnet.issuers[0].jwks-uri", KEYS::uri);
    }

    @AfterAll
    static void stop() {
        KEYS.close();
    }

    @BeforeEach
    void forget() {
        attempts.seen().clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void clientWithoutACertificateIsHeard(String protocol) {
        HttpResponse<String> answer = get(TlsClients.speaking(protocol, AUTHORITIES), TOKENS.good());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.sslSession().map(SSLSession::getProtocol)).hasValue(protocol);
    }

    @FaultTest(37)
    @Test
    void tokenThatIsBoundToACertificateNeedsIt() {
        String token = boundTo(CLIENT);

        assertThat(get(with(CLIENT), token).statusCode()).isEqualTo(200);
        assertThat(get(TlsClients.withNothingElse(CLIENT, AUTHORITIES), token).statusCode())
                .isEqualTo(200);
        refused(get(with(issued(CertificateCase.VALID)), token), 401, "token-binding");
        refused(get(TlsClients.anonymous(AUTHORITIES), token), 401, "token-binding");
        FaultReport.tell(
                37,
                "the token of another certificate, or of none",
                2,
                "requests",
                "401 token-binding; with its own 200");
    }

    @FaultTest(37)
    @ParameterizedTest
    @Tag("R74")
    @EnumSource(names = {"EXPIRED", "NOT_YET_VALID", "UNKNOWN_AUTHORITY"})
    void handshakeFailsWithACertificateThatIsNotValidOrOfNoAuthority(CertificateCase wanted) {
        HttpClient client = with(issued(wanted));

        assertThatThrownBy(() -> get(client, TOKENS.good()))
                .isInstanceOf(UncheckedIOException.class)
                .getCause()
                .isInstanceOf(SSLException.class);
        FaultReport.tell(37, "a certificate " + wanted, 1, "connection that was tried", "no handshake");
    }

    @Test
    void proxyTellsTheCertificateOfItsClient() {
        assertThat(get(with(PROXY), boundTo(CLIENT), "Client-Cert", field(CLIENT))
                        .statusCode())
                .isEqualTo(200);
        refused(get(with(PROXY), boundTo(CLIENT), "Client-Cert", field(PROXY)), 401, "token-binding");
    }

    @Test
    void certificateOfTheProxyIsNeverItsClients() {
        refused(get(with(PROXY), boundTo(PROXY)), 401, "token-binding");
        refused(get(with(PROXY), boundTo(PROXY), "Client-Cert", field(CLIENT)), 401, "token-binding");
        assertThat(get(with(PROXY), TOKENS.good()).statusCode()).isEqualTo(200);
    }

    @Test
    void headerOfAnybodyElseIsRefusedAndTraced() {
        Stream.of(TlsClients.anonymous(AUTHORITIES), with(CLIENT))
                .forEach(client ->
                        refused(get(client, boundTo(CLIENT), "Client-Cert", field(CLIENT)), 400, "proxy-unproved"));
        refused(get(with(CLIENT), TOKENS.good(), "client-cert", "x"), 400, "proxy-unproved");

        assertThat(attempts.seen()).hasSize(3).allSatisfy(attempt -> assertThat(attempt.error())
                .isEqualTo(DoorError.PROXY_UNPROVED));
    }

    @Test
    void proxyTellsTheAddressOfItsClient() {
        refused(get(with(PROXY), boundTo(PROXY), "X-Forwarded-For", "203.0.113.7"), 401, "token-binding");

        assertThat(attempts.seen()).singleElement().satisfies(attempt -> assertThat(attempt.remoteAddress())
                .isEqualTo("203.0.113.7"));
    }

    static Stream<String> malformed() {
        String good = field(CLIENT);
        String pem = Pem.of(CLIENT.certificate());
        byte[] more = Arrays.copyOf(der(CLIENT), der(CLIENT).length + 1);
        return Stream.of(
                "",
                ":",
                "::",
                "x",
                good.substring(1),
                good + ";a=1",
                good + ", " + good,
                ":"
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString("no certificate?".getBytes(StandardCharsets.UTF_8))
                        + ":",
                bytes(pem.getBytes(StandardCharsets.US_ASCII)),
                bytes(more));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void headerOfAnotherShapeIsRefused(String field) {
        refused(get(with(PROXY), TOKENS.good(), "Client-Cert", field), 400, "client-cert-malformed");
        assertThat(attempts.seen()).hasSize(1);
    }

    @Test
    void secondHeaderIsRefused() {
        refused(
                get(with(PROXY), boundTo(CLIENT), "Client-Cert", field(CLIENT), "Client-Cert", field(CLIENT)),
                400,
                "client-cert-malformed");
    }

    @Test
    void newCertificateOfTheServerIsTakenUpWhileItRuns() throws IOException, InterruptedException {
        BigInteger before = shown();
        writeServerCertificate();
        Instant latest = Instant.now().plus(Duration.ofSeconds(30));
        while (shown().equals(before) && Instant.now().isBefore(latest)) {
            Thread.sleep(200);
        }

        assertThat(shown()).isNotEqualTo(before);
        assertThat(get(with(CLIENT), boundTo(CLIENT)).statusCode()).isEqualTo(200);
    }

    /** Serial number of the server's certificate, on a new connection. */
    private BigInteger shown() {
        try {
            SSLSession session = get(TlsClients.anonymous(AUTHORITIES), TOKENS.good())
                    .sslSession()
                    .orElseThrow();
            return ((X509Certificate) session.getPeerCertificates()[0]).getSerialNumber();
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void writeServerCertificate() throws IOException {
        IssuedCertificate made = AUTHORITY.server(List.of("localhost"));
        move("server.key", Pem.of("PRIVATE KEY", made.key()));
        move("server.pem", Pem.of(made.certificate()) + Pem.of(made.authority()));
    }

    private static void move(String name, String content) throws IOException {
        Path next = Files.writeString(folder.resolve(name + ".next"), content);
        Files.move(next, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private HttpResponse<String> get(HttpClient client, String token, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/fhir/whoami"))
                .header("Authorization", "Bearer " + token);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void refused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("\"" + code + "\"");
    }

    private static HttpClient with(IssuedCertificate own) {
        return TlsClients.with(own, AUTHORITIES);
    }

    private static String boundTo(IssuedCertificate one) {
        String thumbprint = Base64.getUrlEncoder().withoutPadding().encodeToString(Digest.SHA_256.of(der(one)));
        return TOKENS.with(claims -> claims.claim("cnf", Map.of("x5t#S256", thumbprint)));
    }

    private static String field(IssuedCertificate one) {
        return bytes(der(one));
    }

    private static String bytes(byte[] content) {
        return ":" + Base64.getEncoder().encodeToString(content) + ":";
    }

    private static byte[] der(IssuedCertificate one) {
        try {
            return one.certificate().getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static IssuedCertificate issued(CertificateCase wanted) {
        return AUTHORITY.issue(new CertificateOrder(
                Establishment.HOSPITAL,
                "Centre hospitalier H",
                "carnet",
                CertificateUsage.CLIENT_AUTHENTICATION,
                wanted));
    }
}
