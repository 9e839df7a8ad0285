package fr.carnet.caller;

import io.micrometer.tracing.ScopedSpan;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The way of a request through the rooms, as spans under the span of the request: one room at a time, left when the next is
 * entered. Used by the one thread of the request. Where no spans are made there is no way, and entering a room does nothing.
 */
public final class Way {

    private static final String ATTRIBUTE = Way.class.getName();

    private final Tracer tracer;
    private Span span;
    private Tracer.SpanInScope scope;

    private Way(Tracer tracer) {
        this.tracer = tracer;
        begin("door");
    }

    /** The request leaves the room in which it is, for this one. */
    public static void enter(HttpServletRequest request, String room) {
        if (request.getAttribute(ATTRIBUTE) instanceof Way way) {
            way.end();
            way.begin(room);
        }
    }

    /** Does something in this room, and comes back to the one in which the request is. */
    public static void within(HttpServletRequest request, String room, Runnable work) {
        if (request.getAttribute(ATTRIBUTE) instanceof Way way) {
            ScopedSpan inner = way.tracer.startScopedSpan(room);
            try {
                work.run();
            } finally {
                inner.end();
            }
        } else {
            work.run();
        }
    }

    private void begin(String room) {
        span = tracer.nextSpan().name(room).start();
        scope = tracer.withSpan(span);
    }

    private void end() {
        scope.close();
        span.end();
    }

    /** Before all that the door asks, after the filter that begins the span of the request. */
    static final class Beginning extends OncePerRequestFilter {

        private final Tracer tracer;

        Beginning(Tracer tracer) {
            this.tracer = tracer;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            var way = new Way(tracer);
            request.setAttribute(ATTRIBUTE, way);
            try {
                chain.doFilter(request, response);
            } finally {
                request.removeAttribute(ATTRIBUTE);
                way.end();
            }
        }
    }
}
