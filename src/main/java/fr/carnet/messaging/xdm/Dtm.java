package fr.carnet.messaging.xdm;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** XDS times (DTM): {@code yyyy[MM[dd[HH[mm[ss]]]]]}, in UTC (IHE ITI TF-3 4.2.3.1.7). */
final class Dtm {

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);
    private static final Pattern SHAPE = Pattern.compile("\\d{4}(\\d\\d){0,5}");
    private static final String EARLIEST = "00000101000000";

    private Dtm() {}

    static String of(Instant instant) {
        return SECONDS.format(instant);
    }

    /** The instant; what is missing is read as the earliest. Empty when it is no time. */
    static Optional<Instant> instant(String value) {
        if (!SHAPE.matcher(value).matches()) {
            return Optional.empty();
        }
        try {
            String whole = value + EARLIEST.substring(value.length());
            return Optional.of(LocalDateTime.parse(whole, SECONDS).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
