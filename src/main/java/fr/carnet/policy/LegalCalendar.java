package fr.carnet.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;

/** Legal days, months and birthdays, counted in Europe/Paris (R184). */
record LegalCalendar(PolicySettings settings) {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    /** R12: six weeks after the information the space is open, from the first minute of that day. */
    RecordState stateOf(PatientFacts patient, Instant now) {
        boolean silentLongEnough = patient.state() == RecordState.NOTIFIED
                && !day(now).isBefore(day(patient.stateSince()).plus(settings.openingDelay()));
        return silentLongEnough ? RecordState.OPENED_AUTO : patient.state();
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

    private static LocalDate day(Instant instant) {
        return instant.atZone(PARIS).toLocalDate();
    }
}
