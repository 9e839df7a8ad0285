package fr.carnet.validation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** An HL7 v3 element of a CDA header, addressed by paths of local names such as {@code author/assignedAuthor/id}. */
final class HeaderElement {

    private final String name;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<HeaderElement> children = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    HeaderElement(String name) {
        this.name = name;
    }

    void attribute(String attribute, String value) {
        attributes.put(attribute, value);
    }

    void child(HeaderElement element) {
        children.add(element);
    }

    void append(String characters) {
        text.append(characters);
    }

    /** Elements at a path, in document order. */
    Stream<HeaderElement> all(String path) {
        Stream<HeaderElement> found = Stream.of(this);
        for (String step : path.split("/", -1)) {
            found = found.flatMap(e -> e.children.stream().filter(c -> c.name.equals(step)));
        }
        return found;
    }

    Optional<HeaderElement> first(String path) {
        return all(path).findFirst();
    }

    /** Attribute that is there and not blank. */
    Optional<String> get(String attribute) {
        return Optional.ofNullable(attributes.get(attribute)).map(String::strip).filter(v -> !v.isEmpty());
    }

    /** Attribute of the first element at a path. */
    Optional<String> get(String path, String attribute) {
        return first(path).flatMap(e -> e.get(attribute));
    }

    /** Text with its white space collapsed; empty when blank. */
    Optional<String> text() {
        return Optional.of(text.toString().strip().replaceAll("\\s+", " ")).filter(t -> !t.isEmpty());
    }
}
