package fr.carnet.server.flow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names in double braces: filled into a request; looked for in an answer, and learnt where they are not known yet. */
final class Variables {

    private static final Pattern NAME = Pattern.compile("\\{\\{([^}]+)}}|…");

    private final Map<String, String> values;

    Variables(Map<String, String> values) {
        this.values = new HashMap<>(values);
    }

    String fill(String text) {
        return NAME.matcher(text).replaceAll(found -> {
            String value = values.get(found.group(1));
            if (value == null) {
                throw new IllegalArgumentException("nobody knows " + found.group());
            }
            return Matcher.quoteReplacement(value);
        });
    }

    /** True if the text is that of the pattern, where … is anything; what it names is then known. */
    boolean match(String pattern, String text) {
        List<String> learnt = new ArrayList<>();
        StringBuilder expression = new StringBuilder();
        Matcher names = NAME.matcher(pattern);
        int from = 0;
        while (names.find()) {
            expression.append(Pattern.quote(pattern.substring(from, names.start())));
            from = names.end();
            String value = values.get(names.group(1));
            if (names.group(1) == null) {
                expression.append(".*");
            } else if (value != null) {
                expression.append(Pattern.quote(value));
            } else {
                expression.append("([^/\\s]+)");
                learnt.add(names.group(1));
            }
        }
        expression.append(Pattern.quote(pattern.substring(from)));
        Matcher whole = Pattern.compile(expression.toString(), Pattern.DOTALL).matcher(text);
        if (!whole.matches()) {
            return false;
        }
        for (int i = 0; i < learnt.size(); i++) {
            values.put(learnt.get(i), whole.group(i + 1));
        }
        return true;
    }

    /** True if all that is stated is in the answer: of an array each element, in any order. */
    boolean match(JsonNode stated, JsonNode answer) {
        if (stated.isObject()) {
            return answer.isObject()
                    && stated.properties().stream()
                            .allMatch(field -> match(field.getValue(), answer.path(field.getKey())));
        }
        if (stated.isArray()) {
            List<JsonNode> left = new ArrayList<>();
            answer.forEach(left::add);
            for (JsonNode element : stated) {
                if (!takeOne(element, left)) {
                    return false;
                }
            }
            return true;
        }
        return answer.isValueNode() && match(stated.asText(), answer.asText());
    }

    private boolean takeOne(JsonNode stated, List<JsonNode> left) {
        for (int i = 0; i < left.size(); i++) {
            Map<String, String> before = Map.copyOf(values);
            if (match(stated, left.get(i))) {
                left.remove(i);
                return true;
            }
            values.clear();
            values.putAll(before);
        }
        return false;
    }
}
