package fr.carnet.policy;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** Texts by key; a key without a text is an error that names it. */
final class CaseWords {

    private final String resource;
    private final Map<String, String> texts;

    CaseWords(String resource) {
        this.resource = resource;
        Properties properties = new Properties();
        try (Reader in = new InputStreamReader(CaseWords.class.getResourceAsStream(resource), StandardCharsets.UTF_8)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        texts = properties.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(e -> (String) e.getKey(), e -> (String) e.getValue()));
    }

    String of(String key) {
        String text = texts.get(key);
        if (text == null) {
            throw new IllegalArgumentException(resource + " has no word " + key);
        }
        return text;
    }

    Map<String, String> all() {
        return texts;
    }
}
