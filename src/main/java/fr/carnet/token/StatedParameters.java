package fr.carnet.token;

import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a request to the token service.
 *
 * @param values each once, as sent
 */
public record StatedParameters(Map<String, String> values) {

    /** @throws NullPointerException if a value is missing */
    public StatedParameters {
        values = Map.copyOf(values);
    }

    /** A parameter; empty when absent or blank. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isBlank());
    }

    /**
     * A parameter that must be there.
     *
     * @throws TokenRefusal {@link TokenError#PARAMETER}
     */
    public String required(String name) {
        return parameter(name).orElseThrow(() -> new TokenRefusal(TokenError.PARAMETER, name));
    }

    /** They may be personal data: nothing of them is shown. */
    @Override
    public String toString() {
        return "StatedParameters";
    }
}
