package fr.carnet.token.establishment;

import fr.carnet.token.establishment.StatedRoles.Code;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Strict view of the claims of a JWT, by dotted paths such as {@code extensions.carnet.sector}: a claim of the wrong shape is
 * refused by its name.
 */
record AirClaims(Map<String, Object> values) {

    private static final int MAX_ID = 256;

    String required(String path) {
        return text(path).orElseThrow(() -> new EstablishmentRefusal(EstablishmentError.FIELD_MISSING, path));
    }

    /** An id that can be remembered. */
    String id(String path) {
        String id = required(path);
        if (id.length() > MAX_ID) {
            throw invalid(path);
        }
        return id;
    }

    Optional<String> text(String path) {
        return find(path, String.class).filter(text -> !text.isBlank());
    }

    boolean flag(String path) {
        return find(path, Boolean.class).orElse(false);
    }

    List<Code> codes(String path) {
        return find(path, List.class).stream()
                .flatMap(list -> ((List<?>) list).stream())
                .map(item -> code(path, item))
                .toList();
    }

    private Code code(String path, Object item) {
        if (item instanceof Map<?, ?> members
                && members.get("system") instanceof String system
                && members.get("code") instanceof String code) {
            return new Code(system, code);
        }
        throw invalid(path);
    }

    private <T> Optional<T> find(String path, Class<T> shape) {
        Object value = values;
        for (String name : path.split("\\.", -1)) {
            if (value == null) {
                return Optional.empty();
            }
            if (!(value instanceof Map<?, ?> members)) {
                throw invalid(path);
            }
            value = members.get(name);
        }
        if (value != null && !shape.isInstance(value)) {
            throw invalid(path);
        }
        return Optional.ofNullable(value).map(shape::cast);
    }

    private static EstablishmentRefusal invalid(String path) {
        return new EstablishmentRefusal(EstablishmentError.FIELD_INVALID, path);
    }
}
