package fr.carnet.policy;

import static fr.carnet.policy.RecordState.CLOSED;
import static fr.carnet.policy.RecordState.DESTROYED;
import static fr.carnet.policy.RecordState.NONE;
import static fr.carnet.policy.RecordState.NOTIFIED;
import static fr.carnet.policy.RecordState.OPENED_ACTIVATED;
import static fr.carnet.policy.RecordState.OPENED_AUTO;
import static fr.carnet.policy.RecordState.OPPOSED;
import static fr.carnet.policy.RecordState.SUSPENDED;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The state machine of a record (R10–R26): what may follow a state by somebody's doing, and what follows by the passing of
 * time alone. Pure; whoever stores a record obeys it.
 */
public final class RecordLife {

    /** R26: what the holder has to object to the closing of a suspended record. */
    private static final Period OBJECTION = Period.ofWeeks(6);
    /** R22. */
    private static final Period ARCHIVE = Period.ofYears(10);
    /** R23: at most. */
    private static final Period DELETION = Period.ofMonths(3);

    private static final Map<Action, Set<RecordState>> FROM = Map.of(
            Action.INFORM, EnumSet.of(NONE),
            Action.OPPOSE, EnumSet.of(NONE, NOTIFIED, SUSPENDED),
            Action.ACTIVATE, EnumSet.of(NOTIFIED, OPENED_AUTO, OPPOSED),
            Action.CLOSE, EnumSet.of(OPENED_AUTO, OPENED_ACTIVATED, SUSPENDED),
            Action.REOPEN, EnumSet.of(CLOSED, DESTROYED),
            Action.REACTIVATE, EnumSet.of(CLOSED),
            Action.SUSPEND, EnumSet.of(OPENED_AUTO, OPENED_ACTIVATED),
            Action.RESUME, EnumSet.of(SUSPENDED),
            Action.REQUEST_DELETION, EnumSet.of(CLOSED),
            Action.CHANGE_INS, EnumSet.complementOf(EnumSet.of(DESTROYED)));

    private final Period opening;

    /** @param settings the six weeks of the opening (R12) */
    public RecordLife(PolicySettings settings) {
        opening = Objects.requireNonNull(settings.openingDelay());
    }

    /** True for what changes a record as such, not its documents. */
    public static boolean isChangedBy(Action action) {
        return FROM.containsKey(action);
    }

    /** True if a record in this state may be changed in this way. */
    public static boolean allows(Action action, RecordState state) {
        return FROM.getOrDefault(action, Set.of()).contains(state);
    }

    /**
     * The record after somebody changed it; nothing is due by time any more ({@link #due}).
     *
     * @param byHolder in his own session: then it is activated at once
     * @param at when; of an information, when it was sent (R12)
     * @return empty if the state does not allow it
     */
    public static Optional<RecordCourse> after(RecordCourse course, Action action, boolean byHolder, Instant at) {
        return allows(action, course.state()) ? Optional.of(changed(course, action, byHolder, at)) : Optional.empty();
    }

    private static RecordCourse changed(RecordCourse course, Action action, boolean byHolder, Instant at) {
        return switch (action) {
            case INFORM -> RecordCourse.of(NOTIFIED, at);
            case OPPOSE -> course.state() == SUSPENDED ? contested(course, at) : RecordCourse.of(OPPOSED, at);
            case ACTIVATE -> RecordCourse.of(OPENED_ACTIVATED, at);
            case CLOSE -> resting(course, CLOSED, at);
            case SUSPEND -> resting(course, SUSPENDED, at);
            case REOPEN, REACTIVATE, RESUME ->
                RecordCourse.of(byHolder || course.activated() ? OPENED_ACTIVATED : OPENED_AUTO, at);
            case REQUEST_DELETION ->
                new RecordCourse(
                        CLOSED,
                        course.since(),
                        course.activated(),
                        Optional.empty(),
                        course.deletionRequested().or(() -> Optional.of(at)));
            case CHANGE_INS -> course;
            default -> throw new IllegalArgumentException("changes no record");
        };
    }

    private static RecordCourse contested(RecordCourse course, Instant at) {
        return new RecordCourse(
                SUSPENDED,
                course.since(),
                course.activated(),
                course.contested().or(() -> Optional.of(at)),
                Optional.empty());
    }

    /** What the holder activated stays so when the record is opened again. */
    private static RecordCourse resting(RecordCourse course, RecordState state, Instant at) {
        boolean activated = course.state() == OPENED_ACTIVATED || course.activated();
        return new RecordCourse(state, at, activated, Optional.empty(), Optional.empty());
    }

    /**
     * What follows by time alone, one step; it counts from the day on which it fell due, so that whoever stores it late or
     * twice stores the same.
     *
     * @return empty if nothing is due
     */
    public Optional<Due> due(RecordCourse course, Instant now) {
        return dueDay(course)
                .filter(day -> !LegalCalendar.day(now).isBefore(day))
                .map(day -> step(course, LegalCalendar.startOf(day)));
    }

    /** The day, in Europe/Paris, from whose first minute on something is due (R12, R22, R23, R26, R184). */
    public Optional<LocalDate> dueDay(RecordCourse course) {
        LocalDate since = LegalCalendar.day(course.since());
        return switch (course.state()) {
            case NOTIFIED -> Optional.of(since.plus(opening));
            case SUSPENDED -> course.contested().isPresent() ? Optional.empty() : Optional.of(since.plus(OBJECTION));
            case CLOSED -> Optional.of(destruction(course));
            case NONE, OPENED_AUTO, OPENED_ACTIVATED, OPPOSED, DESTROYED -> Optional.empty();
        };
    }

    /**
     * True if the traces of a record may be destroyed: it is, and was closed ten years ago, however early its documents went
     * (R95).
     *
     * @param closed when it was closed for the last time
     */
    public static boolean letsTracesGo(RecordState state, Instant closed, Instant now) {
        LocalDate end = LegalCalendar.day(closed).plus(ARCHIVE);
        return state == DESTROYED && !LegalCalendar.day(now).isBefore(end);
    }

    /** The last day of the three months, so that the term is kept; the anniversary of the closing otherwise. */
    private static LocalDate destruction(RecordCourse course) {
        LocalDate archived = LegalCalendar.day(course.since()).plus(ARCHIVE);
        return requestedEnd(course).filter(archived::isAfter).orElse(archived);
    }

    private static Optional<LocalDate> requestedEnd(RecordCourse course) {
        return course.deletionRequested()
                .map(at -> LegalCalendar.day(at).plus(DELETION).minusDays(1));
    }

    private static Due step(RecordCourse course, Instant at) {
        return switch (course.state()) {
            case NOTIFIED -> new Due(RecordCourse.of(OPENED_AUTO, at), Rule.R12_OPENED);
            case SUSPENDED -> new Due(resting(course, CLOSED, at), Rule.R26_CLOSED);
            case CLOSED -> {
                boolean requested = requestedEnd(course)
                        .filter(LegalCalendar.day(at)::equals)
                        .isPresent();
                yield new Due(RecordCourse.of(DESTROYED, at), requested ? Rule.R23_DESTROYED : Rule.R22_DESTROYED);
            }
            case NONE, OPENED_AUTO, OPENED_ACTIVATED, OPPOSED, DESTROYED ->
                throw new IllegalArgumentException("nothing falls due");
        };
    }

    /**
     * A step that fell due.
     *
     * @param course the record after it
     * @param rule by which it follows
     */
    public record Due(RecordCourse course, Rule rule) {}
}
