package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.document;
import static fr.carnet.server.flow.Scene.published;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.faults.FaultReport;
import fr.carnet.faults.FaultTest;
import fr.carnet.server.DatabaseAccess;
import fr.carnet.server.RawSocket;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Person;
import fr.carnet.trace.chain.Scope;
import fr.carnet.trace.chain.TraceVerification;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Requests whose lines and headers were made to do harm, connections that never end, a clock that leaps. */
class HarmfulRequestsIT {

    private static Person patient;
    private static String martin;

    @BeforeAll
    static void people() {
        patient = Scene.patient();
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        martin = token("dr-martin", patient);
    }

    private int search(String token) {
        return Scene.SERVER
                .send(token, Call.get("DocumentReference?status=current&" + Scene.of(patient)))
                .status();
    }

    @FaultTest(27)
    @Test
    void addressesWithoutEndAreRefused() throws IOException {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("100 kB", "DocumentReference?status=" + "a".repeat(100_000));
        lines.put("5 000 parameters", "DocumentReference?" + "x=1&".repeat(5_000));
        for (Map.Entry<String, String> line : lines.entrySet()) {
            try (RawSocket socket = RawSocket.to(Scene.SERVER.root())) {
                socket.send("GET /fhir/" + line.getValue() + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                        + martin + "\r\nConnection: close\r\n\r\n");
                assertThat(socket.rest()).as(line.getKey()).containsPattern("^HTTP/1.1 4(00|14|31)");
            }
        }
        Map<String, String> forms = new LinkedHashMap<>();
        forms.put("5 000 parameters", Scene.of(patient) + "&x=1".repeat(5_000));
        forms.put("one parameter 5 000 times", Scene.of(patient) + "&status=current".repeat(5_000));
        forms.put("10 000 values", Scene.of(patient) + "&type=" + "a,".repeat(10_000));
        forms.put("10 000 identifiers", Scene.of(patient) + "&identifier=" + "a%7Cb,".repeat(10_000));
        forms.put("more than a form may have", Scene.of(patient) + "&status=" + "a".repeat(200_000));
        for (Map.Entry<String, String> form : forms.entrySet()) {
            Instant start = Instant.now();
            HttpResponse<byte[]> answer = Scene.http(
                    "POST",
                    "DocumentReference/_search",
                    form.getValue().getBytes(StandardCharsets.US_ASCII),
                    "Authorization",
                    "Bearer " + martin,
                    "Content-Type",
                    "application/x-www-form-urlencoded");
            assertThat(answer.statusCode()).as(form.getKey()).isIn(400, 413, 414);
            assertThat(Duration.between(start, Instant.now())).as(form.getKey()).isLessThan(Duration.ofSeconds(3));
        }
        assertThat(search(martin)).isEqualTo(200);
        FaultReport.tell(
                27,
                "an address of 100 kB, 5 000 parameters, 10 000 values, in the address and in a form",
                lines.size() + forms.size(),
                "requests refused",
                "400, 413, 414 or 431, each within 3 s");
    }

    /** Whoever stands in between could read two requests where the server reads one. */
    @FaultTest(38)
    @Test
    void requestsThatTwoServersReadDifferentlyEndTheirConnection() throws IOException {
        String start = "POST /fhir HTTP/1.1\r\nHost: localhost\r\n";
        String second = "GET /fhir/metadata HTTP/1.1\r\nHost: localhost\r\n\r\n";
        Map<String, String> pairs = new LinkedHashMap<>();
        pairs.put(
                "length and chunks",
                start + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + second);
        pairs.put(
                "two lengths", start + "Content-Length: 0\r\nContent-Length: " + second.length() + "\r\n\r\n" + second);
        pairs.put("a list of lengths", start + "Content-Length: 0, " + second.length() + "\r\n\r\n" + second);
        pairs.put("signed length", start + "Content-Length: +0\r\n\r\n" + second);
        pairs.put("two hosts", "GET /fhir/metadata HTTP/1.1\r\nHost: localhost\r\nHost: other\r\n\r\n" + second);
        pairs.put("no host", "GET /fhir/metadata HTTP/1.1\r\n\r\n" + second);
        pairs.put("unknown coding", start + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + second);
        pairs.put("chunks that are not last", start + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + second);
        pairs.put("space before the colon", start + "Content-Length : 0\r\n\r\n" + second);
        pairs.put("NUL in a header", start + "X-A: b\0c\r\nContent-Length: 0\r\n\r\n" + second);
        pairs.put(
                "return without line feed in a header",
                start + "X-A: b\rContent-Length: 5\r\nContent-Length: 0\r\n\r\n" + second);
        pairs.put("size of a chunk that is none", start + "Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n" + second);
        List<String> accepted = new ArrayList<>();
        for (Map.Entry<String, String> pair : pairs.entrySet()) {
            try (RawSocket socket = RawSocket.to(Scene.SERVER.root())) {
                socket.send(pair.getValue());
                String answer = socket.rest();
                int answers = answer.split("HTTP/1\\.1 \\d", -1).length - 1;
                if (answers != 1 || !answer.matches("(?s)HTTP/1\\.1 (400|401|411|413|501) .*")) {
                    accepted.add(pair.getKey() + ": " + answers + " "
                            + answer.lines().findFirst().orElse(""));
                }
            }
        }
        assertThat(accepted).as("read as two requests, or answered").isEmpty();
        assertThat(search(martin)).isEqualTo(200);
        FaultReport.tell(
                38,
                "two lengths, length and chunks, two hosts, broken headers, a second request behind",
                pairs.size(),
                "requests refused",
                "and the connection closed: the second one is never answered");
    }

    @FaultTest(12)
    @Test
    void leapsOfTheClockConfuseNeitherTokensNorTraces() throws Exception {
        String before = token("dr-martin", patient);
        String path = "DocumentReference?status=current&" + Scene.of(patient);
        published(patient, document());
        assertThat(status(before, path)).isEqualTo(200);
        String ahead;
        try {
            Scene.clock("advance=PT2H");
            assertThat(status(before, path)).as("it has expired").isEqualTo(401);
            ahead = token("dr-martin", patient);
            assertThat(status(ahead, path)).isEqualTo(200);
            published(patient, document());
        } finally {
            Scene.clock("reset=true");
        }
        assertThat(status(ahead, path)).as("it comes from the future").isEqualTo(401);
        assertThat(status(before, path)).as("it is good again").isEqualTo(200);
        published(patient, document());
        String id = Scene.SERVER
                .bean(DSLContext.class)
                .fetchSingle(
                        "select patient_id from carnet.matricule where ins_value = ?",
                        patient.ins().value())
                .get(0, String.class);
        long backwards = Scene.SERVER
                .bean(DSLContext.class)
                .fetchSingle(
                        "select count(*) from (select recorded_at < lag(recorded_at) over (order by seq) as back"
                                + " from carnet.trace where record_patient = ?) t where back",
                        id)
                .get(0, Long.class);
        DatabaseAccess access = Scene.SERVER.bean(DatabaseAccess.class);
        try (Connection owner = DriverManager.getConnection(
                access.url(), access.owner().username(), access.owner().password())) {
            assertThat(TraceVerification.verify(
                                    owner, Optional.empty(), new Scope(Optional.of(id), Optional.empty()), rows -> {})
                            .findings())
                    .isEmpty();
        }
        FaultReport.tell(
                12,
                "the clock two hours on, and back",
                backwards,
                "trace that is earlier than the one before it",
                "tokens are judged by the clock of the moment; the chain is that of the numbers, and verifies");
    }

    private static int status(String token, String path) {
        return Scene.SERVER.send(token, Call.get(path)).status();
    }

    /** Five hundred that never come to an end, some in a body, with a token and without: others are served. */
    @Tag("long-fault")
    @FaultTest(15)
    @Test
    void connectionsThatDripAreCutAndHoldUpNobody() throws Exception {
        List<RawSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 360; i++) {
                sockets.add(opened("GET /fhir/metadata HTTP/1.1\r\nHost: localhost\r\nX-"));
            }
            for (int i = 0; i < 70; i++) {
                sockets.add(opened("POST /fhir HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + martin
                        + "\r\nContent-Type: application/fhir+json\r\nContent-Length: 1000\r\n\r\n{"));
                sockets.add(
                        opened(
                                "POST /oauth2/token HTTP/1.1\r\nHost: localhost\r\n"
                                        + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\ngrant_type="));
            }
            long longest = 0;
            Instant end = Instant.now().plusSeconds(60);
            int served = 0;
            while (Instant.now().isBefore(end)) {
                for (RawSocket socket : sockets) {
                    drip(socket);
                }
                Instant asked = Instant.now();
                assertThat(search(martin)).isEqualTo(200);
                longest =
                        Math.max(longest, Duration.between(asked, Instant.now()).toMillis());
                served++;
                Thread.sleep(9_000);
            }
            int cut = 0;
            for (RawSocket socket : sockets) {
                cut += socket.isClosedWithin(50) ? 1 : 0;
            }
            assertThat(longest).as("milliseconds that somebody else waited").isLessThan(60_000);
            FaultReport.tell(
                    15,
                    "500 connections of one byte each nine seconds, 70 of them in a lot, 70 in a form of the token service",
                    cut,
                    "connections cut within a minute",
                    "%d others served meanwhile, the slowest within %d ms".formatted(served, longest));
        } finally {
            for (RawSocket socket : sockets) {
                socket.close();
            }
        }
    }

    private static RawSocket opened(String beginning) throws IOException {
        RawSocket socket = RawSocket.to(Scene.SERVER.root());
        socket.send(beginning);
        return socket;
    }

    private static void drip(RawSocket socket) {
        try {
            socket.send("a");
        } catch (IOException e) {
            // cut
        }
    }
}
