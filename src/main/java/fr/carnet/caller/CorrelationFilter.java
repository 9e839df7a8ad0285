package fr.carnet.caller;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/** First of all filters: gives each request its id, or takes the client's {@code X-Request-Id} when it is harmless. */
final class CorrelationFilter extends OncePerRequestFilter {

    private static final String CLIENT_HEADER = "X-Request-Id";
    /** A UUID or a hexadecimal trace id; too narrow a shape for a matricule or a name to slip into logs. */
    private static final Pattern SAFE = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String proposed = request.getAttribute(Correlation.ATTRIBUTE) instanceof String known
                ? known
                : request.getHeader(CLIENT_HEADER);
        String id = proposed != null && SAFE.matcher(proposed).matches()
                ? proposed
                : UUID.randomUUID().toString();
        request.setAttribute(Correlation.ATTRIBUTE, id);
        response.setHeader(Correlation.HEADER, id);
        MDC.put(Correlation.MDC_KEY, id);
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove(Correlation.MDC_KEY);
        }
    }

    /** What the connector refuses by itself, such as TRACE, comes here as an error dispatch only. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }
}
