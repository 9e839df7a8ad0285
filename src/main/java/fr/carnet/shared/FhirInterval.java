package fr.carnet.shared;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A FHIR date, as an element or a search parameter writes it: comparator and the interval that the value stands for (a day
 * is 24 hours of Europe/Paris, R184).
 *
 * @param comparator FHIR prefix, e.g. {@code ge}; {@code eq} of an element
 * @param start first instant, inclusive
 * @param end last instant, exclusive
 */
public record FhirInterval(Comparator comparator, OffsetDateTime start, OffsetDateTime end) {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final Pattern SHAPE = Pattern.compile(
            "(eq|ne|gt|lt|ge|le|sa|eb)?"
                    + "(\\d{4})(?:-(\\d{2})(?:-(\\d{2})(T\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?(?:Z|[+-]\\d{2}:\\d{2})?)?)?)?");

    /** Prefixes of FHIR, but {@code ap}, which no clinical question needs. */
    public enum Comparator {
        EQ,
        NE,
        GT,
        LT,
        GE,
        LE,
        SA,
        EB
    }

    /** Reads a value; empty if it is none. */
    public static Optional<FhirInterval> parse(String text) {
        Matcher m = SHAPE.matcher(text);
        if (!m.matches()) {
            return Optional.empty();
        }
        var comparator = m.group(1) == null
                ? Comparator.EQ
                : Comparator.valueOf(m.group(1).toUpperCase(Locale.ROOT));
        try {
            return Optional.of(interval(comparator, m));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static FhirInterval interval(Comparator comparator, Matcher m) {
        int year = Integer.parseInt(m.group(2));
        if (m.group(3) == null) {
            var first = LocalDate.of(year, 1, 1);
            return days(comparator, first, first.plusYears(1));
        }
        int month = Integer.parseInt(m.group(3));
        if (m.group(4) == null) {
            var first = YearMonth.of(year, month).atDay(1);
            return days(comparator, first, first.plusMonths(1));
        }
        var day = LocalDate.of(year, month, Integer.parseInt(m.group(4)));
        return m.group(5) == null ? days(comparator, day, day.plusDays(1)) : instant(comparator, day, m.group(5));
    }

    private static FhirInterval days(Comparator comparator, LocalDate first, LocalDate afterLast) {
        return new FhirInterval(
                comparator,
                first.atStartOfDay(PARIS).toOffsetDateTime(),
                afterLast.atStartOfDay(PARIS).toOffsetDateTime());
    }

    private static FhirInterval instant(Comparator comparator, LocalDate day, String time) {
        boolean zoned = time.endsWith("Z") || time.lastIndexOf('+') > 0 || time.lastIndexOf('-') > 0;
        OffsetDateTime start = zoned
                ? OffsetDateTime.parse(day + time)
                : LocalDateTime.parse(day + time).atZone(PARIS).toOffsetDateTime();
        int colons = (int) time.replaceAll("[+-]\\d{2}:\\d{2}$", "")
                .chars()
                .filter(c -> c == ':')
                .count();
        ChronoUnit precision =
                time.contains(".") ? ChronoUnit.MILLIS : colons == 2 ? ChronoUnit.SECONDS : ChronoUnit.MINUTES;
        return new FhirInterval(comparator, start, start.plus(1, precision));
    }
}
