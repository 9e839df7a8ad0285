package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.server.cli.CommandLineRun;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A trace is stored before its answer: whoever reads it can tell an answer that left whole from one that may never have
 * left, because the client went or the server died in between.
 */
@Tag("R90")
class DeliveryIT {

    /** More than the sockets of both sides hold: the server is still writing when it is killed. */
    private static final int LARGE = 16_000_000;

    private static final RunningServer SERVER = RunningServer.get();

    @Test
    void answerThatLeftWholeIsNotedAndOneThatDidNotIsNot() throws Exception {
        String martin = SERVER.token("dr-martin");
        String binary =
                binary(SERVER.send(martin, Call.transaction(Publication.of(List.of(Publication.document(LARGE))))));
        String alice = SERVER.token("alice");
        JdbcTemplate database = owner(SERVER.bean(DatabaseAccess.class).url());

        assertThat(SERVER.send(alice, Call.get(binary, "application/pdf")).status())
                .isEqualTo(200);
        long whole = last(database);
        assertThat(becomesNoted(database, whole)).isTrue();

        try (Socket client = ask(SERVER.root(), alice, binary)) {
            firstByte(client);
            client.setSoLinger(true, 0);
        }
        long broken = last(database);
        assertThat(broken).isGreaterThan(whole);
        SERVER.send(alice, Call.get(binary, "application/pdf"));
        assertThat(becomesNoted(database, last(database))).isTrue();
        assertThat(isNoted(database, broken)).isFalse();
    }

    @Test
    void answerOfAServerThatWasKilledIsNotNotedThoughItIsTraced() throws Exception {
        try (ChildServer server = new ChildServer("delivery", List.of())) {
            server.start();
            String martin = server.sandbox().token("dr-martin", Map.of());
            String binary = binary(server.sandbox()
                    .send(martin, Call.transaction(Publication.of(List.of(Publication.document(LARGE))))));
            String alice = server.sandbox().token("alice", Map.of());
            JdbcTemplate database = owner(server.database());
            assertThat(server.sandbox()
                            .send(alice, Call.get(binary, "application/pdf"))
                            .status())
                    .isEqualTo(200);
            long whole = last(database);
            assertThat(becomesNoted(database, whole)).isTrue();

            try (Socket client = ask(server.sandbox().root(), alice, binary)) {
                firstByte(client);
                server.kill();
            }
            long killed = last(database);
            assertThat(killed).isGreaterThan(whole);
            assertThat(database.queryForObject(
                            "select outcome || ' ' || ihe_transaction from carnet.trace where seq = ?",
                            String.class,
                            killed))
                    .isEqualTo("PERMITTED ITI-68");
            assertThat(isNoted(database, killed)).isFalse();
            assertThat(isNoted(database, whole)).isTrue();

            // the folder of the data, and that of scripts/sandbox, which has them one below
            for (Path folder : List.of(server.data(), server.data().getParent())) {
                CommandLineRun verified = CommandLineRun.of("trace", "verify", "--sandbox", folder.toString());
                assertThat(verified.code()).as(verified.out() + verified.err()).isZero();
                assertThat(verified.out()).contains("Les traces sont intactes.");
            }
        }
    }

    private static String binary(Answer published) {
        assertThat(published.status()).isEqualTo(200);
        return published
                .createdInTransaction()
                .filter(reference -> reference.startsWith("Binary/"))
                .findFirst()
                .orElseThrow();
    }

    private static Socket ask(URI root, String token, String path) throws IOException {
        Socket client = new Socket();
        client.setReceiveBufferSize(16_384);
        client.connect(new InetSocketAddress("localhost", root.getPort()));
        OutputStream out = client.getOutputStream();
        out.write(("GET /fhir/" + path + " HTTP/1.1\r\nHost: localhost:" + root.getPort() + "\r\nAuthorization: Bearer "
                        + token + "\r\nAccept: application/pdf\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return client;
    }

    private static void firstByte(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        assertThat(in.read()).isEqualTo('H');
    }

    private static boolean becomesNoted(JdbcTemplate database, long seq) throws InterruptedException {
        for (int tries = 0; tries < 50 && !isNoted(database, seq); tries++) {
            Thread.sleep(100);
        }
        return isNoted(database, seq);
    }

    private static boolean isNoted(JdbcTemplate database, long seq) {
        return database.queryForObject(
                "select exists(select from carnet.trace_delivery where seq = ?)", Boolean.class, seq);
    }

    private static long last(JdbcTemplate database) {
        return database.queryForObject("select max(seq) from carnet.trace", Long.class);
    }

    private static JdbcTemplate owner(String url) {
        return new JdbcTemplate(new DriverManagerDataSource(url, "postgres", "postgres"));
    }
}
