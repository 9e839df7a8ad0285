package fr.carnet.token.login;

import fr.carnet.caller.CallerSession;
import fr.carnet.caller.CallerTokens;
import fr.carnet.shared.Caller;
import fr.carnet.token.GrantRequest;
import fr.carnet.token.Identification;
import fr.carnet.token.TokenError;
import fr.carnet.token.TokenRefusal;
import fr.carnet.token.TokenSettings;
import fr.carnet.token.WayIn;
import java.util.Set;

/**
 * An authorization code against an access token (RFC 6749 §4.1.3); its proof key was verified with the client (RFC 7636).
 */
final class CodeLogin implements Identification {

    private final StoredCodes codes;
    private final CallerTokens callers;

    CodeLogin(StoredCodes codes, CallerTokens callers) {
        this.codes = codes;
        this.callers = callers;
    }

    @Override
    public WayIn wayIn() {
        return WayIn.LOGIN;
    }

    /** Those of the authorization request: a token request cannot ask for more. */
    @Override
    public Set<String> scopes(GrantRequest request) {
        return codes.look(request.required("code"))
                .map(GrantedCode::scopes)
                .orElseThrow(() -> new TokenRefusal(TokenError.CODE_REFUSED));
    }

    @Override
    public CallerSession identify(GrantRequest request, TokenSettings.Client client, Caller.TokenRef token) {
        return codes.take(request.required("code"))
                .filter(granted -> granted.client().equals(client.id()))
                .filter(granted -> granted.redirectNamed()
                        .map(uri -> request.parameter("redirect_uri")
                                .filter(uri::equals)
                                .isPresent())
                        .orElse(true))
                .map(granted -> granted.acting().session(callers, token))
                .orElseThrow(() -> new TokenRefusal(TokenError.CODE_REFUSED));
    }
}
