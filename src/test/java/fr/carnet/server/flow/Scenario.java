package fr.carnet.server.flow;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An acceptance scenario as data: who does what to whose record, and what comes of it.
 *
 * @param id e.g. {@code A24}
 * @param title for people
 * @param rules that it shows, e.g. {@code R44}
 * @param pending why it cannot be played yet; null when it can
 * @param settings switches of the policy that the server has to have, e.g. {@code role-based-access: true}; none: as deployed
 * @param given steps that must succeed
 * @param steps the scenario itself
 */
record Scenario(
        String id,
        String title,
        List<String> rules,
        String pending,
        Map<String, String> settings,
        List<Step> given,
        List<Step> steps) {

    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    Scenario {
        rules = rules == null ? List.of() : List.copyOf(rules);
        settings = settings == null ? Map.of() : Map.copyOf(settings);
        given = given == null ? List.of() : List.copyOf(given);
        steps = steps == null ? List.of() : List.copyOf(steps);
        if (steps.isEmpty() == (pending == null)) {
            throw new IllegalArgumentException(id + " either has steps or says why it is pending");
        }
    }

    /** All of them, in order. */
    static List<Scenario> all() {
        try (InputStream in = Scenario.class.getResourceAsStream("/scenarios/acceptance.yaml")) {
            return YAML.readValue(in, new TypeReference<List<Scenario>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isPlayed() {
        return pending == null;
    }

    /** One step: what is done, by whom, and words that say more of it. */
    static final class Step {

        private final Map<String, String> words = new LinkedHashMap<>();

        @JsonAnySetter
        void word(String name, Object value) {
            words.put(name, String.valueOf(value));
        }

        String is(String name) {
            return find(name).orElseThrow(() -> new IllegalArgumentException(this + " lacks " + name));
        }

        Optional<String> find(String name) {
            return Optional.ofNullable(words.get(name));
        }

        /** Words between commas; none when the word is absent. */
        List<String> each(String name) {
            return find(name)
                    .filter(value -> !value.isBlank())
                    .map(value -> Arrays.asList(value.split(",\\s*")))
                    .orElse(List.of());
        }

        /** Fields of the token, in pairs. */
        String[] token() {
            List<String> fields = new ArrayList<>();
            words.forEach((name, value) -> {
                if (name.startsWith("token.")) {
                    fields.add(name.substring("token.".length()));
                    fields.add(value);
                }
            });
            return fields.toArray(String[]::new);
        }

        @Override
        public String toString() {
            return words.toString();
        }
    }
}
