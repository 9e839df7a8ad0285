package fr.carnet.caller;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What metrics and spans tell of a request: words of closed lists, never one that a client chose. The room that knows how a
 * request ends leaves it with the request; what is left last counts.
 *
 * @param transaction as the trace names it, e.g. {@code ITI-67}; else what the policy was asked, e.g. {@code read-consents}
 * @param outcome how it ended
 * @param code rule that refused or error code, e.g. {@code R36}, {@code not-found}; empty if permitted
 */
public record Told(String transaction, Outcome outcome, Optional<String> code) {

    /** Transaction of a request that has no name, or got none before it was refused. */
    public static final String OTHER = "other";

    private static final String ATTRIBUTE = Told.class.getName();
    private static final Pattern WORD = Pattern.compile("R\\d{1,3}(\\.[a-z]+(-[a-z]+)*)?|[a-z]+(-[a-z]+)*");
    /** Constraints of profiles and of schematrons: whoever installs them names them. */
    private static final String CONSTRAINT = "constraint";

    private static final int ERROR = 400;
    private static final int SERVER_ERROR = 500;

    /** Ways to end. */
    public enum Outcome {
        PERMITTED,
        /** By a rule, by the allow-list or at the door; what was sent was wrong. */
        REFUSED,
        /** The server could not. */
        FAILED;

        /** In metrics and spans. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Of an answer with this HTTP status. */
        public static Outcome of(int status) {
            return status >= SERVER_ERROR ? FAILED : status >= ERROR ? REFUSED : PERMITTED;
        }
    }

    /** Takes codes that are no words of ours together under one. */
    public Told {
        Objects.requireNonNull(transaction);
        Objects.requireNonNull(outcome);
        code = code.map(given -> WORD.matcher(given).matches() ? given : CONSTRAINT);
    }

    /** One that is permitted. */
    public static Told permitted(String transaction) {
        return new Told(transaction, Outcome.PERMITTED, Optional.empty());
    }

    /** One that ends with an error of this HTTP status. */
    public static Told refused(String transaction, int status, String code) {
        return new Told(transaction, Outcome.of(status), Optional.of(code));
    }

    /** Leaves it with the request. */
    public void storeIn(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** What was left with a request; of one of which nobody spoke, no more than the status of its answer says. */
    static Told of(HttpServletRequest request, int status) {
        return request.getAttribute(ATTRIBUTE) instanceof Told told
                ? told
                : new Told(OTHER, Outcome.of(status), Optional.empty());
    }
}
