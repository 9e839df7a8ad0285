package fr.carnet.token.login;

import fr.carnet.token.StatedParameters;
import fr.carnet.token.TokenRefusal;
import fr.carnet.token.TokenSettings;
import java.util.List;

/** A provider at which people log in, and as whom each of them may act. */
public interface IdentityProvider {

    /** Where it is. */
    OpenIdProvider settings();

    /**
     * Looks at what an authorization request states, before its user is sent to log in.
     *
     * @throws TokenRefusal if it can lead to nothing
     */
    void preview(StatedParameters stated);

    /**
     * As whom somebody may act.
     *
     * @param arrival who, as the provider says
     * @param stated parameters of the authorization request
     * @param client that asked
     * @return never empty; among several he chooses
     * @throws TokenRefusal if he may not act at all, or it cannot be known for now
     */
    List<Acting> actings(Arrival arrival, StatedParameters stated, TokenSettings.Client client);
}
