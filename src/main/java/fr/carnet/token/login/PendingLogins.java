package fr.carnet.token.login;

import fr.carnet.token.TokenSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.security.crypto.keygen.Base64StringKeyGenerator;
import org.springframework.security.crypto.keygen.StringKeyGenerator;

/** Log-ins under way, each of one browser, each step taken once, for ten minutes. There is no session after it. */
final class PendingLogins {

    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final StringKeyGenerator RANDOM =
            new Base64StringKeyGenerator(java.util.Base64.getUrlEncoder().withoutPadding(), 32);

    private final SealedTickets tickets;
    private final BrowserCookie cookie;

    /** @param secure true where browsers reach this server by https */
    PendingLogins(SealedTickets tickets, boolean secure) {
        this.tickets = tickets;
        this.cookie = new BrowserCookie(secure, LIFETIME);
    }

    /**
     * Situations among which somebody chooses.
     *
     * @param attempt his log-in
     * @param actings the situations
     */
    record Choice(Attempt attempt, List<Acting> actings) {

        @Override
        public String toString() {
            return "Choice";
        }
    }

    void begin(HttpServletResponse response, Attempt attempt) {
        String browser = RANDOM.generateKey();
        String state = attempt.departure().state();
        tickets.keep(secret("login", state, browser), LIFETIME, attempt);
        cookie.set(response, state, browser);
    }

    /** The log-in that this browser began with that state, at that provider. */
    Optional<Attempt> back(HttpServletRequest request, String state, TokenSettings.People people) {
        return cookie.of(request, state)
                .flatMap(browser -> tickets.take(secret("login", state, browser), Attempt.class))
                .filter(attempt -> attempt.people() == people);
    }

    void choose(HttpServletRequest request, Choice choice) {
        String state = choice.attempt().departure().state();
        String browser = cookie.of(request, state).orElseThrow();
        tickets.keep(secret("choice", state, browser), LIFETIME, choice);
    }

    /** The choice that was put before this browser. */
    Optional<Choice> chosen(HttpServletRequest request, String state) {
        return cookie.of(request, state)
                .flatMap(browser -> tickets.take(secret("choice", state, browser), Choice.class));
    }

    void end(HttpServletResponse response, String state) {
        cookie.end(response, state);
    }

    private static String secret(String step, String state, String browser) {
        return step + " " + state + " " + browser;
    }
}
