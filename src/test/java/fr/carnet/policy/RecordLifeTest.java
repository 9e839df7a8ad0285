package fr.carnet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.policy.RecordLife.Due;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RecordLifeTest {

    private static final Instant NOW = Cast.NOW;
    private static final RecordLife LIFE = new RecordLife(Cast.settings());

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            INFORM | NONE>NOTIFIED
            OPPOSE | NONE>OPPOSED NOTIFIED>OPPOSED SUSPENDED>SUSPENDED
            ACTIVATE | NOTIFIED>OPENED_ACTIVATED OPENED_AUTO>OPENED_ACTIVATED OPPOSED>OPENED_ACTIVATED
            CLOSE | OPENED_AUTO>CLOSED OPENED_ACTIVATED>CLOSED SUSPENDED>CLOSED
            REOPEN | CLOSED>OPENED_AUTO DESTROYED>OPENED_AUTO
            REACTIVATE | CLOSED>OPENED_AUTO
            SUSPEND | OPENED_AUTO>SUSPENDED OPENED_ACTIVATED>SUSPENDED
            RESUME | SUSPENDED>OPENED_AUTO
            REQUEST_DELETION | CLOSED>CLOSED
            CHANGE_INS | NONE>NONE NOTIFIED>NOTIFIED OPENED_AUTO>OPENED_AUTO OPENED_ACTIVATED>OPENED_ACTIVATED OPPOSED>OPPOSED SUSPENDED>SUSPENDED CLOSED>CLOSED
            REGISTER_PATIENT | ''
            """)
    void noOtherTransitionExists(Action action, String transitions) {
        String found = Arrays.stream(RecordState.values())
                .filter(state -> RecordLife.allows(action, state))
                .map(state -> state + ">"
                        + RecordLife.after(RecordCourse.of(state, NOW), action, false, NOW)
                                .orElseThrow()
                                .state())
                .collect(Collectors.joining(" "));

        assertThat(found).isEqualTo(transitions);
    }

    @Test
    void whatTheStateForbidsChangesNothing() {
        assertThat(RecordLife.after(RecordCourse.of(RecordState.OPPOSED, NOW), Action.CLOSE, true, NOW))
                .isEmpty();
    }

    @Test
    void activationOutlivesClosingAndSuspension() {
        RecordCourse activated = RecordCourse.of(RecordState.OPENED_ACTIVATED, NOW);
        RecordCourse suspended = after(activated, Action.SUSPEND, false);
        RecordCourse closed = after(suspended, Action.CLOSE, false);

        assertThat(after(suspended, Action.RESUME, false).state()).isEqualTo(RecordState.OPENED_ACTIVATED);
        assertThat(after(closed, Action.REACTIVATE, false).state()).isEqualTo(RecordState.OPENED_ACTIVATED);
    }

    @Test
    void whoReopensInHisOwnSessionIsActivated() {
        RecordCourse closed = after(RecordCourse.of(RecordState.OPENED_AUTO, NOW), Action.CLOSE, false);

        assertThat(after(closed, Action.REOPEN, true).state()).isEqualTo(RecordState.OPENED_ACTIVATED);
        assertThat(after(closed, Action.REOPEN, false).state()).isEqualTo(RecordState.OPENED_AUTO);
    }

    @Test
    void reopeningWithdrawsARequestForDeletion() {
        RecordCourse requested = after(RecordCourse.of(RecordState.CLOSED, NOW), Action.REQUEST_DELETION, true);

        assertThat(requested.deletionRequested()).contains(NOW);
        assertThat(after(requested, Action.REOPEN, true).deletionRequested()).isEmpty();
    }

    @Test
    void termsRunFromTheFirstRequestAndTheFirstObjection() {
        Instant later = NOW.plus(Duration.ofDays(3));
        RecordCourse requested = after(RecordCourse.of(RecordState.CLOSED, NOW), Action.REQUEST_DELETION, true);
        RecordCourse contested = after(RecordCourse.of(RecordState.SUSPENDED, NOW), Action.OPPOSE, true);

        assertThat(RecordLife.after(requested, Action.REQUEST_DELETION, true, later))
                .contains(requested);
        assertThat(RecordLife.after(contested, Action.OPPOSE, true, later)).contains(contested);
    }

    @ParameterizedTest
    @CsvSource({
        "NOTIFIED, 2026-10-10T12:00:00Z, 2026-11-20T22:59:59Z, ",
        "NOTIFIED, 2026-10-10T12:00:00Z, 2026-11-20T23:00:00Z, R12.opened",
        "SUSPENDED, 2026-10-10T12:00:00Z, 2026-11-20T22:59:59Z, ",
        "SUSPENDED, 2026-10-10T12:00:00Z, 2026-11-20T23:00:00Z, R26.closed",
        "CLOSED, 2026-03-01T09:00:00Z, 2036-02-29T22:59:59Z, ",
        "CLOSED, 2026-03-01T09:00:00Z, 2036-02-29T23:00:00Z, R22.destroyed",
        "OPENED_AUTO, 1996-03-01T09:00:00Z, 2036-02-29T23:00:00Z, ",
        "OPPOSED, 1996-03-01T09:00:00Z, 2036-02-29T23:00:00Z, ",
        "DESTROYED, 1996-03-01T09:00:00Z, 2036-02-29T23:00:00Z, "
    })
    void fallsDueOnTheDayInParis(RecordState state, Instant since, Instant now, String rule) {
        assertThat(LIFE.due(RecordCourse.of(state, since), now)
                        .map(due -> due.rule().messageKey()))
                .isEqualTo(Optional.ofNullable(rule));
    }

    @ParameterizedTest
    @CsvSource({"2026-06-29T21:59:59Z, ", "2026-06-29T22:00:00Z, R23.destroyed", "2026-07-02T08:00:00Z, R23.destroyed"})
    void requestForDeletionIsMetWithinThreeMonths(Instant now, String rule) {
        RecordCourse requested = requested("2026-03-01T09:00:00Z", "2026-04-01T09:00:00Z");

        assertThat(LIFE.due(requested, now).map(due -> due.rule().messageKey())).isEqualTo(Optional.ofNullable(rule));
    }

    @Test
    void lateRequestForDeletionDoesNotOutlastTheTenYears() {
        RecordCourse requested = requested("2026-03-01T09:00:00Z", "2036-02-01T09:00:00Z");

        assertThat(LIFE.dueDay(requested)).contains(LocalDate.parse("2036-03-01"));
        assertThat(LIFE.due(requested, Instant.parse("2036-03-01T09:00:00Z")))
                .map(Due::rule)
                .contains(Rule.R22_DESTROYED);
    }

    @Test
    void whoObjectedIsNotClosedByTime() {
        RecordCourse contested = after(RecordCourse.of(RecordState.SUSPENDED, NOW), Action.OPPOSE, true);

        assertThat(LIFE.due(contested, NOW.plus(Duration.ofDays(4000)))).isEmpty();
    }

    @Test
    void whatIsStoredLateIsWhatWouldHaveBeenStoredInTime() {
        RecordCourse notified = RecordCourse.of(RecordState.NOTIFIED, Instant.parse("2026-10-10T12:00:00Z"));
        Optional<Due> intime = LIFE.due(notified, Instant.parse("2026-11-21T00:00:00Z"));

        assertThat(intime).isEqualTo(LIFE.due(notified, Instant.parse("2027-11-21T00:00:00Z")));
        assertThat(intime.orElseThrow().course().since()).isEqualTo(Instant.parse("2026-11-20T23:00:00Z"));
    }

    private static RecordCourse requested(String closed, String at) {
        return RecordLife.after(
                        RecordCourse.of(RecordState.CLOSED, Instant.parse(closed)),
                        Action.REQUEST_DELETION,
                        true,
                        Instant.parse(at))
                .orElseThrow();
    }

    private static RecordCourse after(RecordCourse course, Action action, boolean byHolder) {
        return RecordLife.after(course, action, byHolder, NOW).orElseThrow();
    }

    @Tag("R95")
    @Test
    void tracesOfADestroyedRecordGoTenYearsAfterItsClosing() {
        Instant closed = Instant.parse("2026-11-22T10:00:00Z");
        assertThat(RecordLife.letsTracesGo(RecordState.DESTROYED, closed, Instant.parse("2036-11-21T22:59:59Z")))
                .isFalse();
        assertThat(RecordLife.letsTracesGo(RecordState.DESTROYED, closed, Instant.parse("2036-11-21T23:00:00Z")))
                .isTrue();
    }

    @Tag("R95")
    @ParameterizedTest
    @EnumSource(value = RecordState.class, mode = EnumSource.Mode.EXCLUDE, names = "DESTROYED")
    void tracesOfARecordThatIsThereStay(RecordState state) {
        assertThat(RecordLife.letsTracesGo(state, Instant.EPOCH, Instant.parse("2036-11-22T00:00:00Z")))
                .isFalse();
    }
}
