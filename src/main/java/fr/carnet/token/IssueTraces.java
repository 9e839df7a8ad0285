package fr.carnet.token;

import fr.carnet.caller.CallerSession;
import fr.carnet.caller.Correlation;
import fr.carnet.caller.Told;
import fr.carnet.trace.TraceEntry;
import fr.carnet.trace.TraceStore;
import fr.carnet.trace.Verdict;
import fr.carnet.trace.Verdict.Outcome;
import fr.carnet.trace.Verdict.RuleRef;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Optional;

/** Traces each token issued and each one refused (ITI-71; R78), in nobody's record: nothing was accessed yet. */
public final class IssueTraces {

    private static final String ROOM = "token";
    private static final String ISSUE = "ITI-71";
    private static final int OK = 200;

    private final TraceStore traces;
    private final Clock clock;

    IssueTraces(TraceStore traces, Clock clock) {
        this.traces = traces;
        this.clock = clock;
    }

    /** @throws fr.carnet.trace.TraceUnavailable if it cannot be stored: the token must then not leave */
    void issued(CallerSession session, HttpServletRequest http) {
        append(Optional.of(session), http, new RuleRef(ROOM, "issued"), Outcome.PERMITTED, OK);
    }

    /**
     * A token that is refused, or the log-in that would have led to it.
     *
     * @throws fr.carnet.trace.TraceUnavailable if it cannot be stored
     */
    public void refused(RefusalReason reason, HttpServletRequest http) {
        append(
                Optional.empty(),
                http,
                new RuleRef(reason.rule().orElse(ROOM), reason.code()),
                Outcome.REFUSED,
                reason.status());
    }

    private void append(
            Optional<CallerSession> session, HttpServletRequest http, RuleRef rule, Outcome outcome, int status) {
        traces.append(TraceEntry.ofTokenRequest(
                clock.instant(),
                session,
                form(http),
                Optional.ofNullable(http.getRemoteAddr()),
                Correlation.of(http),
                new Verdict(outcome, Optional.of(rule), ROOM, status, Optional.empty())));
        (outcome == Outcome.PERMITTED ? Told.permitted(ISSUE) : Told.refused(ISSUE, status, rule.slug())).storeIn(http);
    }

    /** The way in alone: every other parameter may be a proof or personal data. */
    private static String form(HttpServletRequest http) {
        if (!TokenConfiguration.TOKEN.equals(http.getRequestURI())) {
            return http.getMethod() + " authorize?way=" + WayIn.LOGIN.code();
        }
        return "POST token?way="
                + Optional.ofNullable(http.getParameter("grant_type"))
                        .flatMap(WayIn::of)
                        .map(WayIn::code)
                        .orElse("none");
    }
}
