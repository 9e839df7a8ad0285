package fr.carnet.enforcement;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.PatchTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import fr.carnet.caller.Correlation;
import fr.carnet.document.Outcomes;
import fr.carnet.shared.Fault;
import fr.carnet.shared.Texts;
import fr.carnet.trace.TraceUnavailable;
import fr.carnet.trace.Verdict.Outcome;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every answer that is not a success: traced first, then told as an OperationOutcome in which nothing internal shows.
 *
 * <p>What the trace cannot keep is not answered either: 503.
 */
@Interceptor
final class Refusals {

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final int SERVER_ERROR = 500;
    private static final int RETRY_AFTER_SECONDS = 30;

    private final Notary notary;
    private final Tally tally;

    Refusals(Notary notary, Tally tally) {
        this.notary = notary;
        this.tally = tally;
    }

    /** Turns whatever went wrong into the one shape of answer. */
    @Hook(Pointcut.SERVER_PRE_PROCESS_OUTGOING_EXCEPTION)
    public BaseServerResponseException answer(
            RequestDetails details, Throwable thrown, HttpServletRequest http, HttpServletResponse response) {
        ServletRequestDetails request = (ServletRequestDetails) details;
        boolean routed = request != null && request.getRestOperationType() != null;
        Fault fault = (routed ? Optional.<Fault>empty() : unrouted(http))
                .orElseGet(() -> Faults.of(thrown, routed, Correlation.of(http)));
        if (!traced(request, fault)) {
            fault = Fault.of(503, "trace-unavailable");
        }
        tally.refused(request, http, fault);
        if (fault.status() == 503 || fault.status() == 429) {
            response.setHeader("Retry-After", Integer.toString(RETRY_AFTER_SECONDS));
        }
        OperationOutcome outcome =
                Outcomes.of(fault.issues(), fault.status(), Texts.of(http.getHeader("Accept-Language")));
        outcome.getIssue().forEach(i -> i.setDiagnostics("correlation-id: " + Correlation.of(http)));
        return new UnclassifiedServerFailureException(fault.status(), "refused", outcome);
    }

    /** The library finds no method, and would say no more than that: what to do instead. */
    private static Optional<Fault> unrouted(HttpServletRequest http) {
        String path = http.getPathInfo() == null ? "" : http.getPathInfo();
        if (!"GET".equals(http.getMethod()) && path.matches("/AuditEvent(/.*)?")) {
            return Optional.of(Fault.of(405, "traces-immutable"));
        }
        if (isUnknownPatch(http)) {
            return Optional.of(Fault.of(415, "patch-format"));
        }
        boolean replaces = Set.of("PUT", "DELETE").contains(http.getMethod());
        return replaces && path.matches("/DocumentReference(/.*)?")
                ? Optional.of(Fault.of(405, "update-by-patch"))
                : Optional.empty();
    }

    private static boolean isUnknownPatch(HttpServletRequest http) {
        String type = http.getContentType() == null ? "" : http.getContentType().replaceFirst(";.*", "");
        return "PATCH".equals(http.getMethod())
                && Arrays.stream(PatchTypeEnum.values())
                        .noneMatch(known -> known.getContentType().equalsIgnoreCase(type.strip()));
    }

    private boolean traced(ServletRequestDetails request, Fault fault) {
        if (request == null || RequestNotes.of(request.getUserData()).isTraced()) {
            return true;
        }
        try {
            Outcome outcome = fault.status() >= SERVER_ERROR ? Outcome.FAILED : Outcome.REFUSED;
            notary.store(request, outcome, fault.status());
            return true;
        } catch (TraceUnavailable e) {
            LOG.error("a refusal could not be traced");
            return false;
        }
    }
}
