package fr.carnet.dmp;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Optional;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Period;

/**
 * Instants between which something counts: the last day, month or year that is named belongs to it, days are those of Paris
 * (R184).
 *
 * @param from first instant; empty: since ever
 * @param until first instant after it; empty: no end known
 */
record LegalPeriod(Optional<Instant> from, Optional<Instant> until) {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    static LegalPeriod of(Period period) {
        return new LegalPeriod(
                Optional.of(period.getStartElement())
                        .filter(DateTimeType::hasValue)
                        .map(start -> start.hasTime() ? start.getValue().toInstant() : midnight(firstDay(start))),
                Optional.of(period.getEndElement())
                        .filter(DateTimeType::hasValue)
                        .map(end -> end.hasTime() ? end.getValue().toInstant() : midnight(dayAfter(end))));
    }

    /** False if it ends before it begins. */
    boolean isOrdered() {
        return from.isEmpty() || until.isEmpty() || from.get().isBefore(until.get());
    }

    private static LocalDate firstDay(DateTimeType date) {
        String text = date.getValueAsString();
        return switch (date.getPrecision()) {
            case YEAR -> LocalDate.of(Integer.parseInt(text), 1, 1);
            case MONTH -> YearMonth.parse(text).atDay(1);
            default -> LocalDate.parse(text);
        };
    }

    private static LocalDate dayAfter(DateTimeType date) {
        LocalDate first = firstDay(date);
        return switch (date.getPrecision()) {
            case YEAR -> first.plusYears(1);
            case MONTH -> first.plusMonths(1);
            default -> first.plusDays(1);
        };
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(PARIS).toInstant();
    }
}
