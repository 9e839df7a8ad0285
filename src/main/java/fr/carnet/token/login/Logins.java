package fr.carnet.token.login;

import fr.carnet.caller.CallerTokens;
import fr.carnet.caller.DoorSettings;
import fr.carnet.token.Identification;
import fr.carnet.token.IssueTraces;
import fr.carnet.token.TokenSettings;
import java.util.List;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.web.filter.OncePerRequestFilter;

/** Log-ins of people by authorization code and proof key: what the chain of the token service is given of them. */
public final class Logins {

    private final LoginDesk desk;
    private final CodeGrant grant;
    private final StoredCodes codes;
    private final CallerTokens callers;

    /** @throws IllegalArgumentException if a client's people have no provider */
    public Logins(
            TokenSettings settings,
            List<IdentityProvider> providers,
            DoorSettings door,
            RegisteredClientRepository clients,
            StoredCodes codes,
            SealedTickets tickets,
            IssueTraces traces,
            CallerTokens callers) {
        this.codes = codes;
        this.callers = callers;
        this.grant = new CodeGrant(clients, codes);
        this.desk = new LoginDesk(
                settings.clients(),
                providers,
                door.base(),
                new PendingLogins(tickets, door.base().startsWith("https:")),
                new LoginAnswers(traces, door.base()));
        settings.clients().stream()
                .map(TokenSettings.Client::login)
                .filter(people -> people != null && desk.window(people).isEmpty())
                .findFirst()
                .ifPresent(people -> {
                    throw new IllegalArgumentException("carnet.token: a client's " + people
                            + " have no provider (carnet.token.login.patients, carnet.token.psc.authorization-uri)");
                });
    }

    /** The exchange of their codes. */
    public Identification identification() {
        return new CodeLogin(codes, callers);
    }

    /** Answers authorization requests that are refused. */
    public AuthenticationFailureHandler refusals() {
        return new RequestErrors(desk.answers());
    }

    /** Sends the user of one that is good to log in. */
    public AuthenticationEntryPoint start() {
        return new LoginStart(desk);
    }

    /** Receives him when he comes back. */
    public OncePerRequestFilter back() {
        return new LoginReturn(desk, grant);
    }
}
