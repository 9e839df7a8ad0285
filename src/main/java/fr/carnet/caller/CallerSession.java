package fr.carnet.caller;

import fr.carnet.shared.AccessContext;
import fr.carnet.shared.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What one verified token says: who calls, in which circumstances, for which transactions.
 *
 * @param caller who
 * @param context patient, mode, emergency statement, secret connection
 * @param scopes transactions that the token opens
 */
public record CallerSession(Caller caller, AccessContext context, Set<Scope> scopes) {

    /** @throws NullPointerException if a component is missing */
    public CallerSession {
        Objects.requireNonNull(caller);
        Objects.requireNonNull(context);
        scopes = Set.copyOf(scopes);
    }

    /** Somebody who was not granted a transaction yet. */
    public CallerSession(Caller caller, AccessContext context) {
        this(caller, context, Set.of());
    }

    /** Session of a request that passed the door; empty for the few public paths when called without a token. */
    public static Optional<CallerSession> of(HttpServletRequest request) {
        return request.getUserPrincipal() instanceof CallerAuthentication proved
                ? Optional.of(proved.getPrincipal())
                : Optional.empty();
    }
}
