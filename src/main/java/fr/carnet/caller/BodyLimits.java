package fr.carnet.caller;

import fr.carnet.shared.Fault;
import fr.carnet.shared.Fault.Issue;
import fr.carnet.shared.Fault.Severity;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses compressed and oversized request bodies before anything reads them, and endless ones while they are read. */
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
        } else {
            read(request, response, chain);
        }
    }

    /** A chunked body tells its size, and any body its pace, only while it is read. */
    private void read(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        CountedRequest counted = new CountedRequest(request, maxBytes, BodyLimits::fault);
        try {
            chain.doFilter(counted, response);
        } catch (ServletException | RuntimeException e) {
            if (counted.stopped().isEmpty() || response.isCommitted()) {
                throw e;
            }
            answers.refuse(request, response, counted.stopped().get());
        }
    }

    /** The same refusal for whoever reads the body, and answers by himself. */
    private static Fault fault(DoorRefusal refusal) {
        String code = refusal.error().code();
        List<Object> limit = List.of(refusal.detail().orElse(""));
        return new Fault(
                refusal.error().status(),
                List.of(new Issue(Severity.ERROR, code, "door." + code, limit, Optional.empty())));
    }

    private DoorRefusal tooLarge() {
        return new DoorRefusal(DoorError.BODY_TOO_LARGE, Long.toString(maxBytes));
    }
}
