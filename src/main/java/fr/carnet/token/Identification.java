package fr.carnet.token;

import fr.carnet.caller.CallerSession;
import fr.carnet.shared.Caller;

/** One way to prove an identity. */
public interface Identification {

    /** The way in that this is. */
    WayIn wayIn();

    /**
     * Proves who comes, and in which circumstances.
     *
     * @param request what was sent
     * @param client the client, which has proved itself and may come this way
     * @param token issuer, client and id of the token that will say so
     * @throws TokenRefusal if it is not proved, or cannot be for now
     */
    CallerSession identify(GrantRequest request, TokenSettings.Client client, Caller.TokenRef token);
}
