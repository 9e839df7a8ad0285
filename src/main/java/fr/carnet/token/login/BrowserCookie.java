package fr.carnet.token.login;

import fr.carnet.shared.Digest;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/**
 * Ties a log-in to the browser that began it: half of the secret of its ticket, sent to the log-in paths only. One for each
 * log-in, so that two tabs do not disturb each other.
 */
record BrowserCookie(boolean secure, Duration lifetime) {

    private static final int NAME_DIGITS = 16;

    void set(HttpServletResponse response, String state, String secret) {
        add(response, state, secret, lifetime);
    }

    void end(HttpServletResponse response, String state) {
        add(response, state, "", Duration.ZERO);
    }

    private void add(HttpServletResponse response, String state, String value, Duration age) {
        ResponseCookie cookie = ResponseCookie.from(name(state), value)
                .path(LoginPaths.ROOT)
                .secure(secure)
                .httpOnly(true)
                .sameSite("Lax")
                .maxAge(age)
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }

    Optional<String> of(HttpServletRequest request, String state) {
        return Optional.ofNullable(request.getCookies()).stream()
                .flatMap(Stream::of)
                .filter(cookie -> cookie.getName().equals(name(state)))
                .map(Cookie::getValue)
                .findFirst();
    }

    private static String name(String state) {
        return "carnet-login-"
                + Digest.SHA_256.hex(state.getBytes(StandardCharsets.UTF_8)).substring(0, NAME_DIGITS);
    }
}
