package fr.carnet.token.login;

import fr.carnet.caller.CallerClaims;
import fr.carnet.caller.CallerSession;
import fr.carnet.caller.CallerTokens;
import fr.carnet.shared.Caller;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * As whom somebody who has logged in acts: what his access token will say, kept until the client asks for it.
 *
 * @param label how he recognises it among several, e.g. profession and structure
 * @param subject {@code sub}
 * @param extensions claim of that name
 */
public record Acting(String label, String subject, Map<String, Object> extensions) {

    /** Somebody who acts as this session says; its token is not issued yet. */
    public static Acting of(String label, CallerSession session) {
        return new Acting(label, session.caller().subject(), CallerClaims.of(session));
    }

    /** The session, read as the door will read it. */
    CallerSession session(CallerTokens callers, Caller.TokenRef token) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", token.issuer());
        claims.put("client_id", token.client());
        claims.put("jti", token.id());
        claims.put("sub", subject);
        claims.put("extensions", extensions);
        return callers.session(Jwt.withTokenValue("-")
                .header("typ", "at+jwt")
                .claims(all -> all.putAll(claims))
                .build());
    }

    @Override
    public String toString() {
        return "Acting";
    }
}
