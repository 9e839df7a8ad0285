package fr.carnet.enforcement;

import fr.carnet.trace.Deliveries;
import fr.carnet.trace.TraceNumber;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Notes that an answer which disclosed something was handed to the network to its last byte. */
final class DeliveryFilter extends OncePerRequestFilter {

    private static final String TRACE = DeliveryFilter.class.getName();

    private final Deliveries deliveries;

    DeliveryFilter(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    /** The answer to this request discloses what this trace tells. */
    static void expect(HttpServletRequest request, TraceNumber trace) {
        request.setAttribute(TRACE, trace);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, response);
        if (request.getAttribute(TRACE) instanceof TraceNumber trace && response.getStatus() < 300) {
            // throws if the client has gone
            response.flushBuffer();
            deliveries.delivered(trace);
        }
    }
}
