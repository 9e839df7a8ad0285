package fr.carnet.messaging.mssante;

import fr.carnet.messaging.mssante.DeliveryReport.Fate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Fields of a report on a mail (RFC 3464, RFC 8098), or the headers that come with it: {@code name: value} lines. */
record ReportFields(Map<String, String> values) {

    private static final Pattern FIELD = Pattern.compile("(?m)^([A-Za-z-]{1,60}):[ \\t]*([^\\r\\n]{0,500})");
    private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>\\s]{1,250}>");

    static ReportFields of(String text) {
        Map<String, String> values = new HashMap<>();
        FIELD.matcher(text)
                .results()
                .forEach(field -> values.putIfAbsent(
                        field.group(1).toLowerCase(Locale.ROOT), field.group(2).strip()));
        return new ReportFields(values);
    }

    Optional<String> messageId(String field) {
        return Optional.ofNullable(values.get(field))
                .flatMap(value -> MESSAGE_ID.matcher(value).results().findFirst())
                .map(MatchResult::group);
    }

    /** Empty while it is only delayed, or not said. */
    Optional<Fate> fate() {
        String action = values.getOrDefault("action", "").toLowerCase(Locale.ROOT);
        String disposition = values.getOrDefault("disposition", "").toLowerCase(Locale.ROOT);
        if (disposition.endsWith("displayed")) {
            return Optional.of(Fate.READ);
        }
        return switch (action) {
            case "delivered", "relayed" -> Optional.of(Fate.DELIVERED);
            case "failed" -> Optional.of(Fate.FAILED);
            default -> Optional.empty();
        };
    }
}
