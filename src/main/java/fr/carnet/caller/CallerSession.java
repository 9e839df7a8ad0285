package fr.carnet.caller;

import fr.carnet.shared.AccessContext;
import fr.carnet.shared.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.Optional;

/**
 * What one verified token says: who calls and in which circumstances.
 *
 * @param caller who
 * @param context patient, mode, emergency statement, secret connection
 */
public record CallerSession(Caller caller, AccessContext context) {

    /** @throws NullPointerException if a component is missing */
    public CallerSession {
        Objects.requireNonNull(caller);
        Objects.requireNonNull(context);
    }

    /** Session of a request that passed the door; empty for the few public paths when called without a token. */
    public static Optional<CallerSession> of(HttpServletRequest request) {
        return request.getUserPrincipal() instanceof CallerAuthentication proved
                ? Optional.of(proved.getPrincipal())
                : Optional.empty();
    }
}
