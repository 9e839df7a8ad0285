package fr.carnet.caller;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.DPoPAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationConverter;

/** Reads {@code Authorization: DPoP} and its proof (RFC 9449 §7); leaves other schemes alone. */
final class ProvedPossession implements AuthenticationConverter {

    private static final String SCHEME = "DPoP ";

    private final String base;

    /** @param base URL under which clients reach this server: a proxy may stand in between */
    ProvedPossession(String base) {
        this.base = base;
    }

    static boolean isAsked(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /** @throws DoorRefusal if there is no proof, or several */
    @Override
    public Authentication convert(HttpServletRequest request) {
        List<String> proofs = Collections.list(request.getHeaders("DPoP"));
        String token = request.getHeader(HttpHeaders.AUTHORIZATION)
                .substring(SCHEME.length())
                .strip();
        if (proofs.size() != 1 || proofs.get(0).isBlank() || token.isEmpty()) {
            throw new DoorRefusal(DoorError.TOKEN_BINDING);
        }
        return new DPoPAuthenticationToken(token, proofs.get(0), request.getMethod(), base + request.getRequestURI());
    }
}
