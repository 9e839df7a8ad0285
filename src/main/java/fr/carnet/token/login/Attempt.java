package fr.carnet.token.login;

import fr.carnet.token.StatedParameters;
import fr.carnet.token.TokenSettings;
import java.util.Map;

/**
 * A log-in under way.
 *
 * @param people at whose provider
 * @param request parameters of the authorization request, which was found good
 * @param departure what the provider's answer is held against
 */
record Attempt(TokenSettings.People people, Map<String, String> request, Departure departure) {

    StatedParameters stated() {
        return new StatedParameters(request);
    }

    @Override
    public String toString() {
        return "Attempt";
    }

    /**
     * What the answer of a provider must fit.
     *
     * @param state comes back with it
     * @param nonce whose digest is in the ID token
     * @param verifier of the proof key towards the provider
     */
    record Departure(String state, String nonce, String verifier) {

        @Override
        public String toString() {
            return "Departure";
        }
    }
}
