package fr.carnet.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import fr.carnet.outbox.OutboxLedger.Line;
import fr.carnet.outbox.OutboxLedger.Selection;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** At least once, by several nodes, over their end. */
class OutboxIT {

    private static final OutboxSettings SETTINGS = new OutboxSettings(
            10,
            Duration.ofMinutes(2),
            Duration.ofMinutes(1),
            Duration.ofHours(4),
            Duration.ofDays(5),
            Duration.ofDays(30));
    private static final Selection ALL = new Selection(Optional.empty(), Optional.empty(), false);
    private static final Selection UNCERTAIN = new Selection(Optional.empty(), Optional.empty(), true);

    private static OutboxDatabase database;
    private static Outbox outbox;
    private static OutboxLedger ledger;

    private final HandClock clock = new HandClock();
    private final Postman postman = new Postman();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeAll
    static void start() throws Exception {
        database = new OutboxDatabase();
        outbox = new Outbox(database.dsl);
        ledger = new OutboxLedger(database.dsl);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void empty() {
        database.dsl.query("delete from carnet.outbox").execute();
    }

    private OutboxRound node(Courier courier) {
        var backOff = new BackOff(SETTINGS.firstRetry(), SETTINGS.longestRetry(), new Random(7));
        return new OutboxRound(
                new OutboxTable(database.dsl), ledger, List.of(courier), SETTINGS, backOff, clock, meters, Tracer.NOOP);
    }

    private void round() {
        node(postman).run(clock.instant());
    }

    private UUID add() {
        return outbox.add("test", "Patient/1", "payload", clock.instant(), clock.instant());
    }

    private List<UUID> add(int number) {
        return Stream.generate(this::add).limit(number).toList();
    }

    private static Line only() {
        List<Line> lines = ledger.lines(ALL, 10);
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }

    @Test
    void entryGoesWithTheTransactionOfWhatItTellsOf() {
        var transaction = new TransactionTemplate(new DataSourceTransactionManager(database.app));
        transaction.executeWithoutResult(status -> {
            add();
            status.setRollbackOnly();
        });
        assertThat(ledger.count(ALL)).isZero();
        transaction.executeWithoutResult(status -> add());
        assertThat(ledger.count(ALL)).isEqualTo(1);
    }

    @Test
    void deliveredEntryIsSentOnceAndKeepsNoPayload() {
        UUID id = add();
        round();
        round();
        assertThat(postman.carried)
                .extracting(Parcel::id, Parcel::payload, Parcel::attempt)
                .containsExactly(tuple(id, "payload", 1));
        assertThat(only().state()).isEqualTo(State.SENT);
        assertThat(database.dsl.resultQuery("select payload from carnet.outbox").fetchOne(0, String.class))
                .isNull();
    }

    @Test
    void nothingLeavesBeforeItIsDue() {
        outbox.add("test", "Patient/1", "payload", clock.instant().plusSeconds(60), clock.instant());
        round();
        assertThat(postman.carried).isEmpty();
        clock.advance(Duration.ofSeconds(60));
        round();
        assertThat(postman.carried).hasSize(1);
    }

    @Test
    void whatABatchNeedsIsLookedUpOnceForAllOfIt() {
        add(25);
        round();
        assertThat(postman.rounds).containsExactly(10, 10, 5);
    }

    @Test
    void nodesShareTheWorkAndEachEntryIsSentOnce() {
        List<UUID> ids = add(200);
        var other = new Postman();
        List<CompletableFuture<Void>> nodes = Stream.of(postman, other, postman, other)
                .map(courier -> CompletableFuture.runAsync(() -> node(courier).run(clock.instant())))
                .toList();
        nodes.forEach(CompletableFuture::join);
        assertThat(Stream.concat(postman.carried.stream(), other.carried.stream())
                        .map(Parcel::id))
                .containsExactlyInAnyOrderElementsOf(ids);
        assertThat(ledger.count(UNCERTAIN)).isZero();
    }

    @Test
    void whatADeadNodeHadInHandIsSentAgainWhenItsLeaseHasRunOut() {
        List<UUID> ids = add(5);
        postman.way = parcel -> {
            if (postman.carried.size() == 3) {
                throw new Postman.Killed();
            }
            return new Delivery.Done();
        };
        assertThatThrownBy(this::round).isInstanceOf(Postman.Killed.class);
        Parcel inFlight = postman.carried.get(2);

        var next = new Postman();
        node(next).run(clock.instant());
        assertThat(next.carried).isEmpty();
        clock.advance(SETTINGS.lease());
        node(next).run(clock.instant());

        assertThat(next.carried).hasSize(3).extracting(Parcel::id).contains(inFlight.id());
        Set<UUID> all = new HashSet<>();
        Stream.concat(postman.carried.stream(), next.carried.stream()).forEach(parcel -> all.add(parcel.id()));
        assertThat(all).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(ledger.lines(UNCERTAIN, 10))
                .extracting(Line::id, Line::uncertain, Line::attempts)
                .containsExactly(tuple(inFlight.id(), 1, 2));
        assertThat(next.carried.stream()
                        .filter(parcel -> parcel.id().equals(inFlight.id()))
                        .map(parcel -> parcel.messageId("carnet.example")))
                .containsExactly(inFlight.messageId("carnet.example"))
                .containsExactly("<" + inFlight.id() + "@carnet.example>");
    }

    @Test
    void roundThatLostItsLeaseChangesNothingOfTheOther() {
        add();
        var other = new Postman();
        postman.way = parcel -> {
            clock.advance(SETTINGS.lease());
            node(other).run(clock.instant());
            return new Delivery.Deferred("slow");
        };
        round();
        assertThat(other.carried).hasSize(1);
        assertThat(only())
                .extracting(Line::state, Line::uncertain, Line::attempts)
                .containsExactly(State.SENT, 1, 2);
    }

    @Test
    void failureIsTriedAgainAfterAPauseThatGrows() {
        add();
        postman.way = parcel -> new Delivery.Deferred("greylisted");
        List<Duration> pauses = IntStream.range(0, 4)
                .mapToObj(i -> {
                    round();
                    Instant due = only().due();
                    Duration pause = Duration.between(clock.instant(), due);
                    clock.advance(pause.minusMillis(1));
                    round();
                    clock.advance(Duration.ofMillis(1));
                    return pause;
                })
                .toList();
        assertThat(postman.carried).extracting(Parcel::attempt).containsExactly(1, 2, 3, 4);
        assertThat(pauses.get(3)).isGreaterThan(pauses.get(0).multipliedBy(2));
        assertThat(only().lastError()).contains("greylisted");
        assertThat(only().uncertain()).isZero();
    }

    @Test
    void permanentFailureIsDeadAtOnceAndCanBeReplayed() {
        UUID id = add();
        postman.way = parcel -> new Delivery.Refused("no-such-address");
        round();
        clock.advance(Duration.ofDays(1));
        round();
        assertThat(postman.carried).hasSize(1);
        assertThat(only())
                .extracting(Line::id, Line::state, Line::lastError)
                .containsExactly(id, State.DEAD, Optional.of("no-such-address"));
        assertThat(meters.get("carnet.outbox.entries")
                        .tags("channel", "test", "state", "DEAD")
                        .gauge()
                        .value())
                .isEqualTo(1);

        assertThat(ledger.replay(Optional.of("other"), Optional.empty(), clock.instant()))
                .isZero();
        assertThat(ledger.replay(Optional.empty(), Optional.of(id), clock.instant()))
                .isEqualTo(1);
        postman.way = parcel -> new Delivery.Done();
        round();
        assertThat(postman.carried).extracting(Parcel::payload).containsExactly("payload", "payload");
        assertThat(only().state()).isEqualTo(State.SENT);
    }

    @Test
    void whatFailsTooLongIsGivenUp() {
        add();
        postman.way = parcel -> new Delivery.Deferred("busy");
        round();
        clock.advance(SETTINGS.giveUpAfter().plusSeconds(1));
        round();
        assertThat(only()).extracting(Line::state, Line::attempts).containsExactly(State.DEAD, 2);
    }

    @Test
    void whatNobodyIsToHaveAnyMoreIsNotSentAndNoFailure() {
        add();
        postman.way = parcel -> new Delivery.Withdrawn("not-told");
        round();
        assertThat(only())
                .extracting(Line::state, Line::lastError)
                .containsExactly(State.WITHDRAWN, Optional.of("not-told"));
        assertThat(ledger.replay(Optional.empty(), Optional.empty(), clock.instant()))
                .isZero();
    }

    @Test
    void serverThatIsDownCostsOneAttemptAndNotOneForEachEntry() {
        add(30);
        postman.way = parcel -> new Delivery.Unreachable("down");
        round();
        assertThat(postman.carried).hasSize(1);
        postman.way = parcel -> new Delivery.Done();
        round();
        assertThat(postman.carried).hasSize(30);
        clock.advance(SETTINGS.firstRetry());
        round();
        assertThat(postman.carried).hasSize(31);
        assertThat(ledger.count(UNCERTAIN)).isZero();
    }

    @Test
    void channelThatIsNotConfiguredLetsItsEntriesWaitVisibly() {
        add();
        postman.open = false;
        round();
        assertThat(only()).extracting(Line::state, Line::attempts).containsExactly(State.WAITING, 0);
        assertThat(meters.get("carnet.outbox.entries")
                        .tags("channel", "test", "state", "WAITING")
                        .gauge()
                        .value())
                .isEqualTo(1);
        clock.advance(Duration.ofMinutes(7));
        assertThat(meters.get("carnet.outbox.oldest.age")
                        .tags("channel", "test")
                        .gauge()
                        .value())
                .as("grows without a round")
                .isEqualTo(420);
    }

    @Test
    void brokenConnectionIsCountedAsAPossibleDuplicate() {
        add();
        postman.way = parcel -> new Delivery.Unknown("connection-lost");
        round();
        postman.way = parcel -> {
            throw new IllegalStateException("someone@example.org");
        };
        clock.advance(Duration.ofHours(1));
        round();
        assertThat(only())
                .extracting(Line::uncertain, Line::lastError)
                .containsExactly(2, Optional.of("IllegalStateException"));
    }

    @Test
    void whatLeftLongAgoIsForgottenAndWhatIsDeadIsNot() {
        add();
        round();
        postman.way = parcel -> new Delivery.Refused("no-such-address");
        add();
        round();
        clock.advance(SETTINGS.keepDelivered().plusSeconds(1));
        round();
        assertThat(only().state()).isEqualTo(State.DEAD);
        outbox.forget("Patient/1");
        assertThat(ledger.count(ALL)).isZero();
    }
}
