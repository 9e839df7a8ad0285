package fr.carnet.policy;

import fr.carnet.shared.Visibility;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;

/** Legal days, months and birthdays, counted in Europe/Paris (R184). */
record LegalCalendar(PolicySettings settings) {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    /** R12, R22: six weeks after the information the record is open, ten years after its closing it is gone. */
    RecordState stateOf(PatientFacts patient, Instant now) {
        boolean runs = patient.state() == RecordState.NOTIFIED || patient.state() == RecordState.CLOSED;
        return runs
                ? new RecordLife(settings)
                        .due(RecordCourse.of(patient.state(), patient.stateSince()), now)
                        .map(due -> due.course().state())
                        .orElse(patient.state())
                : patient.state();
    }

    /** R119: of age from the birthday on. */
    boolean isOfAge(PatientFacts patient, Instant now) {
        return !day(now).isBefore(patient.birthDate().plusYears(settings.ageMajorite()));
    }

    /**
     * R113, R114: the delays run from the day of the deposit; one month later is the same day of the next month, or its
     * last one.
     */
    Announcement announcement(DocumentFacts document, Instant now) {
        if (!document.is(Visibility.INVISIBLE_PATIENT)) {
            return Announcement.NOT_AWAITED;
        }
        LocalDate deposit = day(document.depositedAt());
        if (!day(now).isBefore(deposit.plus(settings.announcementDelay()))) {
            return Announcement.OVERDUE;
        }
        boolean late = !day(now).isBefore(deposit.plus(settings.announcementNotice()));
        return late ? Announcement.LATE : Announcement.AWAITED;
    }

    /** No document that was deposited from then on is late. */
    Instant lateBefore(Instant now) {
        // weeks count back exactly, months up to three days less
        return day(now).minus(settings.announcementNotice())
                .plusDays(4)
                .atStartOfDay(PARIS)
                .toInstant();
    }

    /** True from the instant until the period is over. */
    static boolean within(Instant since, Period period, Instant now) {
        return !now.isBefore(since)
                && now.isBefore(since.atZone(PARIS).plus(period).toInstant());
    }

    static LocalDate day(Instant instant) {
        return instant.atZone(PARIS).toLocalDate();
    }

    static Instant startOf(LocalDate day) {
        return day.atStartOfDay(PARIS).toInstant();
    }
}
