package fr.carnet.policy;

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
