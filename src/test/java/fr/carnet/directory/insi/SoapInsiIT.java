package fr.carnet.directory.insi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import fr.carnet.directory.insi.InsiAnswer.Cause;
import fr.carnet.directory.insi.InsiAnswer.Failed;
import fr.carnet.directory.insi.InsiAnswer.Found;
import fr.carnet.directory.insi.InsiAnswer.NotFound;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client over real HTTP, and over TLS with certificates of both sides. */
class SoapInsiIT {

    private static final SearchedTraits ALICE =
            new SearchedTraits("D’Été", "Alice", Sex.F, "1984-05-17", Optional.of("75056"));
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T08:00:00Z"), ZoneOffset.UTC);

    private static SoapInsi client(URI url, int retries) {
        return client(url, retries, Optional.empty());
    }

    private static SoapInsi client(URI url, int retries, Optional<SSLContext> tls) {
        return new SoapInsi(
                new InsiSettings(
                        url,
                        "",
                        "ID<AM>&",
                        "Carnet",
                        "1",
                        "b3549edd-4ae9-472a-b26f-fd2fb4ef397f",
                        "1990000010",
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(2),
                        retries),
                tls,
                CLOCK);
    }

    private static InsiAnswer answer(HttpHandler handler) throws IOException {
        try (InsiServer server = InsiServer.answering(handler)) {
            return client(server.uri(), 0).search(ALICE);
        }
    }

    @Test
    void searchIsSentAsTheWsdlWantsIt() throws Exception {
        try (InsiServer server = InsiServer.answering(exchange -> {
            boolean soap = exchange.getRequestHeaders()
                    .getFirst("Content-Type")
                    .equals("application/soap+xml; charset=utf-8; action=\"" + Envelope.ACTION + "\"");
            InsiServer.send(exchange, soap ? 200 : 415, Messages.alice());
        })) {
            assertThat(client(server.uri(), 0).search(ALICE)).isInstanceOf(Found.class);

            Element envelope = Element.read(server.lastAsked().orElseThrow());
            String search = "http://www.cnamts.fr/INSiRecSans";
            Element body = envelope.find(Envelope.SOAP, "Body").orElseThrow();
            assertThat(body.text(search, "RECSANSVITALE", "NomNaissance")).contains("D'ETE");
            assertThat(body.text(search, "RECSANSVITALE", "Prenom")).contains("ALICE");
            assertThat(body.text(search, "RECSANSVITALE", "Sexe")).contains("F");
            assertThat(body.text(search, "RECSANSVITALE", "DateNaissance")).contains("1984-05-17");
            assertThat(body.text(search, "RECSANSVITALE", "LieuNaissance")).contains("75056");
            Element header = envelope.find(Envelope.SOAP, "Header").orElseThrow();
            String lps = "urn:siram:lps:ctxlps";
            assertThat(header.text(lps, "ContexteLPS", "LPS", "IDAM")).contains("ID<AM>&");
            assertThat(header.text(lps, "ContexteLPS", "LPS", "Nom")).contains("urn:lps:Carnet:1");
            assertThat(header.text(lps, "ContexteLPS", "Temps")).contains("2026-11-22T08:00:00Z");
            assertThat(header.find(lps, "ContexteLPS").orElseThrow().attribute("Version"))
                    .contains("01_00");
            assertThat(header.find("urn:siram:bam:ctxbam", "ContexteBAM")
                            .orElseThrow()
                            .attribute("Version"))
                    .contains("01_02");
            assertThat(header.text("http://www.w3.org/2005/08/addressing", "Action"))
                    .contains(Envelope.ACTION);
            assertThat(header.text("http://www.w3.org/2005/08/addressing", "MessageID")
                            .orElseThrow())
                    .startsWith("uuid:");
        }
    }

    @Test
    void faultWithHttp500IsReadAsAFault() throws IOException {
        assertThat(answer(
                        exchange -> InsiServer.send(exchange, 500, Messages.fault("Receiver", "siram_40", "insi_102"))))
                .isEqualTo(new Failed(Cause.UNAVAILABLE, List.of("siram_40", "insi_102")));
    }

    @Test
    void redirectIsNotFollowed() throws IOException {
        try (InsiServer elsewhere =
                InsiServer.answering(exchange -> InsiServer.send(exchange, 200, Messages.alice()))) {
            assertThat(answer(exchange -> {
                        exchange.getResponseHeaders()
                                .set("Location", elsewhere.uri().toString());
                        InsiServer.send(exchange, 307);
                    }))
                    .isEqualTo(Failed.of(Cause.UNINTELLIGIBLE));
            assertThat(elsewhere.asked()).isEmpty();
        }
    }

    @Test
    void endlessAnswerIsCutOff() throws IOException {
        assertThat(answer(exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    byte[] much = "x".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);
                    try (OutputStream out = exchange.getResponseBody()) {
                        for (int i = 0; i < 1_000; i++) {
                            out.write(much);
                        }
                    }
                }))
                .isEqualTo(Failed.of(Cause.UNINTELLIGIBLE));
    }

    @Test
    void serverThatDoesNotAnswerIsGivenUp() throws IOException {
        assertThat(answer(exchange -> pause(5_000))).isEqualTo(Failed.of(Cause.TIMED_OUT));
    }

    /** The headers come at once, the body never ends. */
    @Test
    void serverThatDripsIsGivenUp() throws IOException {
        assertThat(answer(exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    try (OutputStream out = exchange.getResponseBody()) {
                        for (int i = 0; i < 20; i++) {
                            out.write(' ');
                            out.flush();
                            pause(250);
                        }
                    }
                }))
                .isEqualTo(Failed.of(Cause.TIMED_OUT));
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void nobodyThereIsUnreachable() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }

        assertThat(client(URI.create("http://localhost:" + port + "/lps"), 1).search(ALICE))
                .isEqualTo(Failed.of(Cause.UNREACHABLE));
    }

    @Test
    void searchIsSentAgainWhereNobodyAnsweredIt() throws IOException {
        var calls = new AtomicInteger();
        try (InsiServer server = InsiServer.answering(exchange -> {
            boolean first = calls.incrementAndGet() == 1;
            InsiServer.send(exchange, first ? 503 : 200, first ? new byte[0] : Messages.result("01", ""));
        })) {
            assertThat(client(server.uri(), 1).search(ALICE)).isEqualTo(new NotFound());
            assertThat(calls).hasValue(2);
            assertThat(server.asked().get(0)).isNotEqualTo(server.asked().get(1));
        }
    }

    @Test
    void whatTheTeleserviceAnsweredIsNotAskedAgain() throws IOException {
        try (InsiServer server = InsiServer.answering(
                exchange -> InsiServer.send(exchange, 500, Messages.fault("Receiver", "siram_40", "insi_102")))) {
            assertThat(client(server.uri(), 3).search(ALICE)).isInstanceOf(Failed.class);
            assertThat(server.asked()).hasSize(1);
        }
    }

    @Test
    void certificatesOfBothSidesAreChecked(@TempDir Path folder) throws Exception {
        var certificates = new Certificates(folder);
        SSLContext server = certificates.context("server", "client");
        try (InsiServer insi =
                InsiServer.overTls(server, exchange -> InsiServer.send(exchange, 200, Messages.alice()))) {
            assertThat(client(insi.uri(), 0, Optional.of(certificates.context("client", "server")))
                            .search(ALICE))
                    .isInstanceOf(Found.class);
            // a client whose certificate the server does not trust; a client that does not trust the server
            assertThat(client(insi.uri(), 0, Optional.of(certificates.context("stranger", "server")))
                            .search(ALICE))
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.cause()).isIn(Cause.TLS, Cause.UNREACHABLE));
            assertThat(client(insi.uri(), 0, Optional.of(certificates.context("client", "stranger")))
                            .search(ALICE))
                    .isEqualTo(Failed.of(Cause.TLS));
            assertThat(insi.asked()).hasSize(1);
        }
    }

    @Test
    void addressWithoutTlsIsOnlyForThisMachine() {
        assertThatThrownBy(() -> client(URI.create("http://insi.example/lps"), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https");
    }
}
