package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import fr.carnet.caller.Correlation;
import fr.carnet.server.RawHttp.Ask;
import fr.carnet.server.RawHttp.Reply;
import fr.carnet.server.SpanCollector.Span;
import fr.carnet.server.cli.client.Document.Kind;
import fr.carnet.server.cli.client.FhirJson;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The way of a request as spans: one for each room, under one id, and nothing in them of whom it concerns. */
class SpansIT {

    private static final RunningServer SERVER = RunningServer.get();
    private static final Consents CONSENTS = new Consents();
    private static final String SECRET = Published.NESSI.ins().value();

    private static final String CLIENT = "00f067aa0ba902b7";

    private static String martin;
    private static Published document;

    @BeforeAll
    static void publish() {
        CONSENTS.declare(Published.NESSI, "dr-martin", "899700100011");
        martin = SERVER.token("dr-martin");
        document = Published.of(Published.NESSI, Kind.CONSULTATION);
    }

    @AfterAll
    static void endConsents() {
        CONSENTS.close();
    }

    private static String newTrace() {
        byte[] id = new byte[16];
        new Random().nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    private static Ask in(String trace, Ask ask) {
        return ask.with("traceparent", "00-" + trace + "-" + CLIENT + "-01");
    }

    /** All of a request: its own ends last, a moment after the client has its answer. */
    private static List<Span> spansOf(String trace) {
        return await().atMost(Duration.ofSeconds(10)).until(() -> sent(trace), spans -> spans.stream()
                .anyMatch(span -> span.parent().equals(CLIENT)));
    }

    private static List<Span> sent(String trace) {
        SERVER.bean(SdkTracerProvider.class).forceFlush().join(10, TimeUnit.SECONDS);
        return SERVER.spans().spans().stream()
                .filter(span -> span.trace().equals(trace))
                .toList();
    }

    private static Span named(List<Span> spans, String name) {
        return spans.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
    }

    private static List<String> namesUnder(Span parent, List<Span> spans) {
        return spans.stream()
                .filter(span -> span.parent().equals(parent.id()))
                .map(Span::name)
                .toList();
    }

    @Test
    void aSearchWalksThroughTheRooms() {
        String trace = newTrace();
        String search = "DocumentReference?" + Published.of(Published.NESSI) + "&status=current";
        assertThat(RawHttp.send(martin, in(trace, Ask.get(search))).status()).isEqualTo(200);
        List<Span> spans = spansOf(trace);
        Span request = named(spans, "ITI-67");
        assertThat(request.parent()).isEqualTo(CLIENT);
        assertThat(request.attributes())
                .containsEntry("transaction", "ITI-67")
                .containsEntry("outcome", "permitted")
                .containsEntry("status", "200")
                .containsKey("correlation.id");
        assertThat(namesUnder(request, spans))
                .containsExactly("door", "cloakroom", "judge", "act", "sieve", "notary", "writer");
        assertThat(namesUnder(named(spans, "act"), spans)).containsExactly("narrow");
    }

    @Test
    void aWriteIsJudgedAndTracedInsideItsTransaction() {
        String trace = newTrace();
        Ask ask = Ask.of("POST", SERVER.root() + "/fhir")
                .body(
                        "application/fhir+json",
                        FhirJson.text(Published.Draft.of(Published.NESSI, Kind.CONSULTATION)
                                .bundle()));
        assertThat(RawHttp.send(martin, in(trace, ask)).status()).isEqualTo(200);
        List<Span> spans = spansOf(trace);
        assertThat(namesUnder(named(spans, "act"), spans)).contains("judge-writes", "notary");
        assertThat(named(spans, "ITI-65").attributes()).containsEntry("outcome", "permitted");
    }

    @Test
    void whatAClientSendsAlongGoesNowhere() {
        String trace = newTrace();
        Ask ask = in(trace, Ask.get("DocumentReference/" + SECRET + "?NESSI=" + SECRET))
                .with("tracestate", "ins=" + SECRET)
                .with("baggage", "ins=" + SECRET)
                .with("User-Agent", SECRET);
        assertThat(RawHttp.send(martin, ask).status()).isBetween(400, 499);
        List<Span> spans = spansOf(trace);
        assertThat(spans).isNotEmpty().allMatch(span -> span.state().isEmpty());
        assertThat(SERVER.spans().whole()).noneMatch(bytes -> bytes.contains(SECRET));
        String odd = "00-" + SECRET + "-00f067aa0ba902b7-01";
        assertThat(RawHttp.send(martin, Ask.get(document.path()).with("traceparent", odd))
                        .status())
                .isEqualTo(200);
    }

    /** One id in the answer's header and body, in the log, in the trace and in the spans. */
    @Test
    void oneIdTiesAnswerLogTraceAndSpan() {
        String id = UUID.randomUUID().toString();
        String trace = newTrace();
        DatabaseAccess access = SERVER.bean(DatabaseAccess.class);
        var owner = new JdbcTemplate(new DriverManagerDataSource(
                access.url(), access.owner().username(), access.owner().password()));
        var heard = new ListAppender<ILoggingEvent>();
        Logger faults = (Logger) LoggerFactory.getLogger("fr.carnet.enforcement");
        heard.start();
        faults.addAppender(heard);
        owner.execute("revoke select on carnet.content from carnet_app");
        Reply reply;
        try {
            Ask ask = in(trace, Ask.get("Binary/" + document.binary())).with("X-Request-Id", id);
            reply = RawHttp.send(martin, ask);
        } finally {
            owner.execute("grant select on carnet.content to carnet_app");
            faults.detachAppender(heard);
        }
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.headers().get("x-correlation-id")).containsExactly(id);
        assertThat(reply.json().at("/issue/0/diagnostics").asText()).contains(id);
        assertThat(heard.list)
                .anyMatch(event -> id.equals(event.getMDCPropertyMap().get(Correlation.MDC_KEY))
                        && trace.equals(event.getMDCPropertyMap().get("traceId")));
        assertThat(owner.queryForObject(
                        "select count(*) from carnet.trace where correlation_id = ?", Integer.class, id))
                .isEqualTo(1);
        assertThat(named(spansOf(trace), "ITI-68").attributes())
                .containsEntry("correlation.id", id)
                .containsEntry("outcome", "failed")
                .containsEntry("rule", "internal");
    }
}
