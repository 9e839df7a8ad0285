package fr.carnet.caller;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import fr.carnet.shared.CarnetUris;
import fr.carnet.shared.Texts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Locale;
import java.util.Set;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;

/** Traces a refusal at the door, then answers it as an OperationOutcome in the client's language and format. */
final class DoorAnswers {

    /** System of the error codes. */
    static final String ERROR_SYSTEM = CarnetUris.ERROR_CODE;

    private static final Logger LOG = LoggerFactory.getLogger(DoorAnswers.class);
    private static final String RETRY_AFTER_SECONDS = "30";
    private static final int UNAUTHORIZED = 401;
    private static final Set<Integer> LATER = Set.of(429, 503);

    private final FhirContext fhir = FhirContext.forR4Cached();
    private final DoorTrace trace;
    private final Clock clock;

    DoorAnswers(DoorTrace trace, Clock clock) {
        this.trace = trace;
        this.clock = clock;
    }

    void refuse(HttpServletRequest request, HttpServletResponse response, DoorRefusal refusal) throws IOException {
        DoorRefusal told = traced(request, refusal) ? refusal : new DoorRefusal(DoorError.TRACE_UNAVAILABLE);
        Told.refused(Told.OTHER, told.error().status(), told.error().code()).storeIn(request);
        Wishes wishes = Wishes.of(request);
        response.setStatus(told.error().status());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (told.error().status() == UNAUTHORIZED) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, challenge(told));
        }
        if (LATER.contains(told.error().status())) {
            response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        IParser parser = wishes.xml() ? fhir.newXmlParser() : fhir.newJsonParser();
        byte[] body = parser.encodeResourceToString(outcome(request, told)).getBytes(StandardCharsets.UTF_8);
        response.setContentType(
                wishes.xml() ? "application/fhir+xml;charset=UTF-8" : "application/fhir+json;charset=UTF-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private OperationOutcome outcome(HttpServletRequest request, DoorRefusal refusal) {
        Locale locale = Wishes.of(request).locale();
        OperationOutcome outcome = new OperationOutcome();
        outcome.setLanguage(locale.getLanguage());
        var issue = outcome.addIssue()
                .setSeverity(OperationOutcome.IssueSeverity.ERROR)
                .setCode(refusal.error().issueType())
                .setDiagnostics("correlation-id: " + Correlation.of(request));
        issue.getDetails()
                .setText(sentence(refusal, locale))
                .addCoding()
                .setSystem(CarnetUris.ERROR_CODE)
                .setCode(refusal.error().code());
        return outcome;
    }

    private boolean traced(HttpServletRequest request, DoorRefusal refusal) {
        if (!refusal.error().isTraced()) {
            return true;
        }
        try {
            trace.refused(new DoorTrace.Attempt(
                    clock.instant(),
                    Correlation.of(request),
                    refusal.error(),
                    request.getMethod(),
                    request.getRequestURI(),
                    request.getRemoteAddr()));
            return true;
        } catch (RuntimeException e) {
            LOG.error(
                    "refusal at the door could not be traced: {}", e.getClass().getName());
            return false;
        }
    }

    /** RFC 6750 §3: no error code when the request bore no token at all. */
    private static String challenge(DoorRefusal refusal) {
        return refusal.error() == DoorError.TOKEN_MISSING
                ? "Bearer realm=\"carnet\""
                : "Bearer realm=\"carnet\", error=\"invalid_token\", error_description=\""
                        + sentence(refusal, Locale.ENGLISH) + "\"";
    }

    private static String sentence(DoorRefusal refusal, Locale locale) {
        return Texts.of(locale.getLanguage())
                .say("door." + refusal.error().code(), refusal.detail().orElse(""));
    }
}
