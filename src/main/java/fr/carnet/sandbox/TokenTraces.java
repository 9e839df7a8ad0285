package fr.carnet.sandbox;

import fr.carnet.caller.CallerSession;
import fr.carnet.caller.CallerTokens;
import fr.carnet.caller.Correlation;
import fr.carnet.caller.DoorRefusal;
import fr.carnet.trace.TraceEntry;
import fr.carnet.trace.TraceStore;
import fr.carnet.trace.Verdict;
import fr.carnet.trace.Verdict.Outcome;
import fr.carnet.trace.Verdict.RuleRef;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.security.oauth2.jwt.Jwt;

/** Traces what the token endpoint issues, and what it refuses (ITI-71): in nobody's record, for nothing was accessed yet. */
final class TokenTraces {

    private static final RuleRef ISSUED = new RuleRef("sandbox", "issued");
    private static final RuleRef REFUSED = new RuleRef("sandbox", "invalid-request");
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;

    private final TraceStore traces;
    private final CallerTokens tokens;
    private final Clock clock;

    TokenTraces(TraceStore traces, CallerTokens tokens, Clock clock) {
        this.traces = traces;
        this.tokens = tokens;
        this.clock = clock;
    }

    void issued(Jwt token, TokenRequest request, HttpServletRequest http) {
        append(session(token), request, http, Outcome.PERMITTED, ISSUED, OK);
    }

    void refused(TokenRequest request, HttpServletRequest http) {
        append(Optional.empty(), request, http, Outcome.REFUSED, REFUSED, BAD_REQUEST);
    }

    /** The sandbox issues nonsensical tokens as well: they name nobody. */
    private Optional<CallerSession> session(Jwt token) {
        try {
            return Optional.of(tokens.session(token));
        } catch (DoorRefusal nonsense) {
            return Optional.empty();
        }
    }

    private void append(
            Optional<CallerSession> session,
            TokenRequest request,
            HttpServletRequest http,
            Outcome outcome,
            RuleRef rule,
            int status) {
        traces.append(TraceEntry.ofTokenRequest(
                clock.instant(),
                session,
                form(request),
                Optional.ofNullable(http.getRemoteAddr()),
                Correlation.of(http),
                new Verdict(outcome, Optional.of(rule), "sandbox", status, Optional.empty())));
    }

    private static String form(TokenRequest request) {
        return new TreeMap<>(request.fields())
                .entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining("&", "POST token?", ""));
    }
}
