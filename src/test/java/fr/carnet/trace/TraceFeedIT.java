package fr.carnet.trace;

import static fr.carnet.trace.Traces.BREAK_GLASS;
import static fr.carnet.trace.Traces.DEPOSIT;
import static fr.carnet.trace.Traces.DOCTOR;
import static fr.carnet.trace.Traces.HOLDER;
import static fr.carnet.trace.Traces.READ;
import static fr.carnet.trace.Traces.SEARCH;
import static fr.carnet.trace.Traces.entry;
import static fr.carnet.trace.Traces.in;
import static fr.carnet.trace.Traces.permitted;
import static fr.carnet.trace.Traces.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.carnet.outbox.OutboxLedger.Line;
import fr.carnet.outbox.OutboxLedger.Selection;
import fr.carnet.outbox.OutboxNode;
import fr.carnet.outbox.State;
import fr.carnet.server.Conformity;
import fr.carnet.trace.feed.AuditFeed;
import fr.carnet.trace.feed.FeedSettings;
import fr.carnet.trace.feed.LocalRepository;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Every trace reaches the audit repository at least once, whatever becomes of either side. */
class TraceFeedIT {

    private static final String BASE = "https://dmp.example/fhir";
    private static final Selection ALL = new Selection(Optional.empty(), Optional.empty(), false);
    private static final Map<String, Object> IMPATIENT = Map.of(
            "carnet.outbox.batch", "3", "carnet.outbox.first-retry", "1ms", "carnet.outbox.longest-retry", "1ms");

    private static TraceDatabase database;
    private static TraceStore store;

    private final Instant start = Instant.now().minusSeconds(60);
    private LocalRepository repository;
    private OutboxNode node;

    @BeforeAll
    static void startDatabase() throws Exception {
        database = new TraceDatabase();
        store = TraceStore.feeding(database.dsl(), AuditFeed.CHANNEL);
    }

    @AfterAll
    static void stopDatabase() throws Exception {
        database.close();
    }

    @BeforeEach
    void begin() throws Exception {
        TraceDatabase.execute(
                database.owner,
                "set local carnet.reset = 'on'",
                "truncate carnet.trace, carnet.trace_head, carnet.outbox");
        repository = new LocalRepository();
        node = node(repository.url());
    }

    @AfterEach
    void end() {
        node.close();
        repository.close();
    }

    private static OutboxNode node(URI url) {
        var settings = new FeedSettings(url, null, Duration.ofSeconds(5), Duration.ofSeconds(20));
        var reader = new TraceReader(store, (view, references) -> Map.of(), BASE);
        return new OutboxNode(
                database.url(),
                IMPATIENT,
                new AuditFeed(settings, reader, LocalRepository.FHIR, BASE, role -> Optional.of("Médecin")));
    }

    private List<String> append(TraceEntry... entries) {
        return Stream.of(entries)
                .peek(store::append)
                .map(entry -> entry.id().toString())
                .toList();
    }

    private List<String> append(int number) {
        return append(IntStream.range(0, number)
                .mapToObj(i -> entry(start.plusSeconds(i), DOCTOR, READ, permitted(1), "DocumentReference/" + i))
                .toArray(TraceEntry[]::new));
    }

    private static int traces() {
        return database.dsl().fetchCount(TraceRow.TRACE);
    }

    private List<State> states() {
        return node.ledger().lines(ALL, 100).stream().map(Line::state).toList();
    }

    @Test
    void traceAndItsEntryAreOneTransaction() {
        var transaction = new TransactionTemplate(new DataSourceTransactionManager(database.app));
        transaction.executeWithoutResult(status -> {
            append(1);
            status.setRollbackOnly();
        });
        assertThat(traces()).isZero();
        assertThat(states()).isEmpty();
        append(1);
        assertThat(traces()).isEqualTo(1);
        assertThat(states()).containsExactly(State.WAITING);
    }

    @Test
    void withoutEntryThereIsNoTrace() throws SQLException {
        TraceDatabase.execute(database.owner, "revoke insert on carnet.outbox from carnet_app");
        try {
            assertThatThrownBy(() -> append(1)).isInstanceOf(TraceUnavailable.class);
            assertThat(traces()).isZero();
        } finally {
            TraceDatabase.execute(database.owner, "grant insert on carnet.outbox to carnet_app");
        }
    }

    @Test
    void storeThatDoesNotFeedAddsNoEntry() {
        new TraceStore(database.dsl()).append(entry(start, DOCTOR, READ, permitted(1)));
        assertThat(traces()).isEqualTo(1);
        assertThat(states()).isEmpty();
    }

    @Test
    void entryNamesTheTraceAndNobody() {
        String id = append(1).get(0);
        assertThat(database.dsl()
                        .fetch("select channel, subject, payload from carnet.outbox")
                        .map(row -> row.intoList()))
                .containsExactly(List.of(AuditFeed.CHANNEL, "AuditEvent/" + id, id));
    }

    @Test
    void roundsCarryAllTracesTheOldestFirst() {
        List<String> ids = append(7);
        node.round();
        assertThat(repository.received).hasSize(3);
        assertThat(repository.ids()).containsExactlyElementsOf(ids);
        node.round();
        assertThat(repository.ids()).hasSize(7);
        assertThat(states()).containsOnly(State.SENT);
    }

    @Test
    void repositoryThatWasDownGetsEverythingOnceItIsBack() throws InterruptedException {
        List<String> ids = append(5);
        repository.status = 503;
        node.round();
        assertThat(repository.received).hasSize(1);
        assertThat(states()).containsOnly(State.WAITING);
        repository.status = 200;
        repository.received.clear();
        Thread.sleep(10);
        node.round();
        assertThat(repository.ids()).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(states()).containsOnly(State.SENT);
    }

    @Test
    void whatIsRefusedIsGivenUpAloneAndCanBeReplayed() {
        List<String> ids = append(3);
        repository.answer = id -> id.equals(ids.get(1)) ? "422" : "201";
        node.round();
        assertThat(states()).containsExactlyInAnyOrder(State.SENT, State.DEAD, State.SENT);
        repository.answer = id -> "201";
        assertThat(node.ledger().replay(Optional.of(AuditFeed.CHANNEL), Optional.empty(), Instant.now()))
                .isEqualTo(1);
        node.round();
        assertThat(repository.ids()).endsWith(ids.get(1)).hasSize(4);
        assertThat(states()).containsOnly(State.SENT);
    }

    @Test
    void repetitionBearsTheSameId() throws InterruptedException {
        List<String> ids = append(1);
        repository.body = "lost";
        node.round();
        repository.body = "";
        Thread.sleep(10);
        node.round();
        assertThat(repository.ids()).containsExactly(ids.get(0), ids.get(0));
        assertThat(node.ledger().lines(ALL, 1).get(0).uncertain()).isEqualTo(1);
    }

    @Test
    void whileItIsOffWhatWaitsGoesOnWaiting() {
        append(1);
        try (OutboxNode off = node(null)) {
            off.round();
        }
        assertThat(repository.received).isEmpty();
        assertThat(states()).containsExactly(State.WAITING);
    }

    @Test
    void forgettingARecordKeepsItsTracesOnTheirWay() {
        List<String> ids = append(1);
        node.outbox().forget("Patient/p1");
        node.round();
        assertThat(repository.ids()).isEqualTo(ids);
    }

    @Test
    void traceThatWasPurgedMeanwhileIsNotSent() throws SQLException {
        append(2);
        TraceDatabase.execute(
                database.owner, "set local carnet.reset = 'on'", "truncate carnet.trace, carnet.trace_head");
        node.round();
        assertThat(repository.received).isEmpty();
        assertThat(states()).containsOnly(State.WITHDRAWN);
    }

    @Test
    void eventsAreThoseOfTheAuditor() {
        TraceEntry search =
                in(BREAK_GLASS, entry(start, DOCTOR, SEARCH, permitted(2), "DocumentReference/7", "List/3"));
        append(
                search,
                entry(start.plusSeconds(1), HOLDER, DEPOSIT, permitted(2), "List/4", "DocumentReference/8"),
                entry(start.plusSeconds(2), DOCTOR, READ, refused()));
        node.round();
        String body = repository.received.get(0);
        Bundle batch = LocalRepository.FHIR.newJsonParser().parseResource(Bundle.class, body);
        batch.getEntry().forEach(sent -> {
            Conformity.hold(
                    "POST AuditEvent",
                    201,
                    LocalRepository.FHIR
                            .newJsonParser()
                            .encodeResourceToString(sent.getResource())
                            .getBytes(StandardCharsets.UTF_8));
        });
        List<AuditEvent> events = LocalRepository.events(body);
        assertThat(events)
                .extracting(event -> event.getMeta().getProfile().stream()
                        .map(profile -> profile.getValue().replaceFirst(".*/", ""))
                        .toList())
                .containsExactly(
                        List.of("IHE.MHD.FindDocumentReferences.Audit.Responder"),
                        List.of("IHE.MHD.ProvideBundle.Audit.Recipient"),
                        List.of());
        assertThat(new String(
                        events.get(0).getEntity().stream()
                                .filter(AuditEvent.AuditEventEntityComponent::hasQuery)
                                .findFirst()
                                .orElseThrow()
                                .getQuery(),
                        StandardCharsets.UTF_8))
                .isEqualTo("DocumentReference?_id=7");
        assertThat(events).allSatisfy(event -> assertThat(event.getEntity())
                .noneMatch(AuditEvent.AuditEventEntityComponent::hasName));
    }
}
