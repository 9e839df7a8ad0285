package fr.carnet.caller;

import jakarta.servlet.http.HttpServletRequest;

/** The id that ties an answer to its trace and its log lines. */
public final class Correlation {

    /** Answer header that carries it. */
    public static final String HEADER = "X-Correlation-Id";

    /** Its key in the logging context. */
    public static final String MDC_KEY = "correlationId";

    static final String ATTRIBUTE = Correlation.class.getName();

    private Correlation() {}

    /**
     * Id of a request.
     *
     * @throws IllegalStateException if the request did not come through the first filter
     */
    public static String of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof String id) {
            return id;
        }
        throw new IllegalStateException("request without correlation id");
    }
}
