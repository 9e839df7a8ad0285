package fr.carnet.enforcement;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.MethodNotAllowedException;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import fr.carnet.shared.Fault;
import fr.carnet.trace.TraceUnavailable;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/** What went wrong, in our terms: a library's exception never speaks to a client. */
final class Faults {

    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

    /** Beginnings of SQLSTATEs (PostgreSQL, appendix A). */
    private static final List<String> OUTAGES = List.of("08", "25006", "53", "57P", "58");

    private Faults() {}

    /**
     * The fault behind an exception; unforeseen ones are logged by class and place, never by message.
     *
     * @param routed an interaction was found for the request
     */
    static Fault of(Throwable thrown, boolean routed, String correlationId) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Fault fault) {
                return fault;
            }
            if (cause instanceof TraceUnavailable) {
                return Fault.of(503, "trace-unavailable");
            }
            if (cause instanceof SQLException sql && isConflict(sql)) {
                return Fault.of(409, "conflict");
            }
            if (cause instanceof SQLException sql && isOutage(sql)) {
                return Fault.of(503, "busy");
            }
            if (cause instanceof CannotCreateTransactionException
                    || cause instanceof DataAccessResourceFailureException
                    || cause instanceof TransientDataAccessException
                    || cause instanceof java.sql.SQLTransientConnectionException) {
                return cause instanceof PessimisticLockingFailureException
                        ? Fault.of(409, "conflict")
                        : Fault.of(503, "busy");
            }
        }
        if (thrown instanceof BaseServerResponseException http && http.getStatusCode() < 500) {
            return ofHapi(http, routed);
        }
        if (thrown instanceof DataFormatException) {
            return Fault.of(400, "unreadable");
        }
        LOG.error(
                "request {} failed: {} at {}", correlationId, thrown.getClass().getName(), place(thrown));
        return Fault.of(500, "internal");
    }

    /** SQLSTATE class 40: the database rolled back one of two transactions that stood in each other's way. */
    private static boolean isConflict(SQLException thrown) {
        return thrown.getSQLState() != null && thrown.getSQLState().startsWith("40");
    }

    /**
     * The connection broke, something is used up (the disk too), the database was stopped, cannot write, or its machine
     * fails; without a state it is the pool that speaks, of a connection that it has closed.
     */
    private static boolean isOutage(SQLException thrown) {
        String state = thrown.getSQLState();
        return state == null || OUTAGES.stream().anyMatch(state::startsWith);
    }

    private static Fault ofHapi(BaseServerResponseException thrown, boolean routed) {
        if (thrown instanceof ResourceNotFoundException || thrown instanceof ResourceGoneException) {
            return Refused.absent();
        }
        if (thrown instanceof ResourceVersionConflictException) {
            return Fault.of(409, "conflict");
        }
        if (thrown instanceof MethodNotAllowedException) {
            return Fault.of(405, "interaction-not-served");
        }
        return switch (thrown.getStatusCode()) {
            case 406 -> Fault.of(406, "not-acceptable", "FHIR");
            case 412 -> Fault.of(412, "version-mismatch");
            case 415 -> Fault.of(415, "patch-format");
            case 422 -> Fault.of(422, "unprocessable");
            default -> routed ? Fault.of(400, "unreadable") : Fault.of(405, "interaction-not-served");
        };
    }

    private static String place(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        StackTraceElement[] stack = root.getStackTrace();
        return root.getClass().getName() + (stack.length == 0 ? "" : " " + stack[0]);
    }
}
