package fr.carnet.caller;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.IntPredicate;
import org.springframework.web.filter.OncePerRequestFilter;

/** Whoever failed too often from one address waits: refused before anything that he sends is looked at. */
public final class FailedAttempts extends OncePerRequestFilter {

    private final Rates failures;
    private final IntPredicate failed;
    private final ThrottledAnswer refusal;

    /**
     * @param perMinute failures that one address may have in a minute, on this node
     * @param failed statuses that count
     * @param refusal answers 429
     */
    public FailedAttempts(int perMinute, IntPredicate failed, ThrottledAnswer refusal) {
        this.failures = new Rates(perMinute);
        this.failed = failed;
        this.refusal = refusal;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String from = request.getRemoteAddr();
        if (!failures.isLeft(from)) {
            refusal.answer(request, response);
            return;
        }
        chain.doFilter(request, response);
        if (failed.test(response.getStatus())) {
            failures.take(from);
        }
    }
}
