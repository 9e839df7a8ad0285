package fr.carnet.validation;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads HL7 v3 points in time: {@code yyyy[MM[dd[HH[mm[ss[.fff]]]]]][±zzzz]}. */
final class Hl7Time {

    private static final ZoneId FRANCE = ZoneId.of("Europe/Paris");
    private static final Pattern SHAPE = Pattern.compile(
            "(\\d{4})(?:(\\d\\d)(?:(\\d\\d)(?:(\\d\\d)(?:(\\d\\d)(?:(\\d\\d)(?:\\.\\d+)?)?)?)?)?)?([+-]\\d{4})?");
    private static final int ZONE = 7;

    private Hl7Time() {}

    /** Instant with its offset; what is missing is read as the earliest, a missing zone as that of Paris. */
    static Optional<OffsetDateTime> instant(String value) {
        Matcher parts = SHAPE.matcher(value);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            LocalDateTime local = LocalDateTime.of(
                    part(parts, 1, 0),
                    part(parts, 2, 1),
                    part(parts, 3, 1),
                    part(parts, 4, 0),
                    part(parts, 5, 0),
                    part(parts, 6, 0));
            return Optional.of(
                    parts.group(ZONE) == null
                            ? local.atZone(FRANCE).toOffsetDateTime()
                            : local.atOffset(ZoneOffset.of(parts.group(ZONE))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Date of a value that has at least a day. */
    static Optional<LocalDate> date(String value) {
        Matcher parts = SHAPE.matcher(value);
        if (!parts.matches() || parts.group(3) == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.of(part(parts, 1, 0), part(parts, 2, 1), part(parts, 3, 1)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int part(Matcher parts, int group, int missing) {
        return parts.group(group) == null ? missing : Integer.parseInt(parts.group(group));
    }
}
