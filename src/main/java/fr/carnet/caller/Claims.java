package fr.carnet.caller;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Strict view of one JSON object inside a token: a claim of the wrong shape is refused by its name.
 *
 * @param path where the object stands in the token
 * @param values its members
 */
record Claims(String path, Map<?, ?> values) {

    /** A code and its system. */
    record Coding(String system, String code) {}

    Claims object(String name) {
        Object value = values.get(name);
        if (value == null) {
            return new Claims(at(name), Map.of());
        }
        if (value instanceof Map<?, ?> members) {
            return new Claims(at(name), members);
        }
        throw malformed(name);
    }

    Optional<String> text(String name) {
        Object value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text) {
            return Optional.of(text).filter(t -> !t.isBlank());
        }
        throw malformed(name);
    }

    String requiredText(String name) {
        return text(name).orElseThrow(() -> malformed(name));
    }

    boolean flag(String name) {
        Object value = values.get(name);
        if (value == null) {
            return false;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw malformed(name);
    }

    /** IUA writes a list; a lone Coding is read as a list of one. */
    List<Coding> codings(String name) {
        Object value = values.get(name);
        if (value == null) {
            return List.of();
        }
        List<?> items = value instanceof List<?> list ? list : List.of(value);
        return items.stream().map(item -> coding(name, item)).toList();
    }

    DoorRefusal malformed(String name) {
        return new DoorRefusal(DoorError.ASSERTION_MALFORMED, at(name));
    }

    private Coding coding(String name, Object item) {
        if (item instanceof Map<?, ?> members
                && members.get("system") instanceof String system
                && members.get("code") instanceof String code) {
            return new Coding(system, code);
        }
        throw malformed(name);
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
