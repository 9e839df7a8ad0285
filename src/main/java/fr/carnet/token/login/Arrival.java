package fr.carnet.token.login;

import java.util.Map;
import java.util.Optional;

/**
 * Somebody who has logged in at his provider.
 *
 * @param claims of the ID token, which was verified, and of userinfo where it was asked
 * @param accessToken of the provider
 */
public record Arrival(Map<String, Object> claims, String accessToken) {

    /** A claim that is text; empty when absent or blank. */
    public Optional<String> text(String claim) {
        return Optional.ofNullable(claims.get(claim))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(text -> !text.isBlank());
    }

    /** Personal data stays out of logs. */
    @Override
    public String toString() {
        return "Arrival";
    }
}
