package fr.carnet.caller;

import ca.uhn.fhir.rest.server.exceptions.PayloadTooLargeException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses compressed and oversized request bodies before anything reads them. */
final class BodyLimits extends OncePerRequestFilter {

    private final long maxBytes;
    private final DoorAnswers answers;

    BodyLimits(long maxBytes, DoorAnswers answers) {
        this.maxBytes = maxBytes;
        this.answers = answers;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            answers.refuse(request, response, new DoorRefusal(DoorError.BODY_ENCODED));
        } else if (request.getContentLengthLong() > maxBytes) {
            answers.refuse(request, response, tooLarge());
        } else if (request.getContentLengthLong() < 0) {
            unannounced(request, response, chain);
        } else {
            chain.doFilter(request, response);
        }
    }

    /** A chunked body tells its size only while it is read. */
    private void unannounced(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        CountedRequest counted = new CountedRequest(request, maxBytes, () -> {
            DoorRefusal refusal = tooLarge();
            return new PayloadTooLargeException(refusal.getMessage(), answers.outcome(request, refusal));
        });
        try {
            chain.doFilter(counted, response);
        } catch (ServletException | RuntimeException e) {
            if (!counted.exceeded() || response.isCommitted()) {
                throw e;
            }
            answers.refuse(request, response, tooLarge());
        }
    }

    private DoorRefusal tooLarge() {
        return new DoorRefusal(DoorError.BODY_TOO_LARGE, Long.toString(maxBytes));
    }
}
