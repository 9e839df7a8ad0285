package fr.carnet.token;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.AuthenticationConverter;

/** Reads a token request of one of our ways in. */
final class GrantConverter implements AuthenticationConverter {

    private static final String DPOP = "DPoP";

    @Override
    public Authentication convert(HttpServletRequest request) {
        return Optional.ofNullable(request.getParameter("grant_type"))
                .flatMap(WayIn::of)
                .map(way -> new GrantRequest(
                        way,
                        SecurityContextHolder.getContext().getAuthentication(),
                        parameters(request),
                        proof(request)))
                .orElse(null);
    }

    /** RFC 6749 §3.2: each parameter once, and never in the query, which logs keep. */
    private static Map<String, String> parameters(HttpServletRequest request) {
        if (request.getQueryString() != null) {
            throw new TokenRefusal(TokenError.PARAMETER, "query");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        request.getParameterMap().forEach((name, values) -> {
            if (values.length != 1) {
                throw new TokenRefusal(TokenError.PARAMETER, name);
            }
            parameters.put(name, values[0]);
        });
        return parameters;
    }

    private static Optional<String> proof(HttpServletRequest request) {
        List<String> proofs = Collections.list(request.getHeaders(DPOP));
        if (proofs.size() > 1) {
            throw new TokenRefusal(TokenError.DPOP_PROOF);
        }
        return proofs.stream().findFirst();
    }
}
