package fr.carnet.token;

import com.fasterxml.jackson.databind.ObjectMapper;
import fr.carnet.caller.CallerSession;
import fr.carnet.caller.CallerTokens;
import fr.carnet.caller.Correlation;
import fr.carnet.caller.Rates;
import fr.carnet.trace.TraceUnavailable;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2AccessTokenResponseAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;

/**
 * Traces the end of a token request, then answers it. A refusal bears the {@code error} of RFC 6749 §5.2, a sentence in plain
 * ASCII English ({@code error_description}, as that RFC wants it), the same in the caller's language ({@code message}), our
 * code, the rule and the correlation id.
 */
final class TokenAnswers implements AuthenticationSuccessHandler, AuthenticationFailureHandler {

    private static final Logger LOG = LoggerFactory.getLogger(TokenAnswers.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;
    private static final String RETRY_AFTER_SECONDS = "30";

    private final AuthenticationSuccessHandler written = new OAuth2AccessTokenResponseAuthenticationSuccessHandler();
    private final Rates tooManyTold = new Rates(1);
    private final IssueTraces traces;
    private final JwtDecoder own;
    private final CallerTokens callers;

    /** @param own reads the tokens that were just signed here */
    TokenAnswers(IssueTraces traces, JwtDecoder own, CallerTokens callers) {
        this.traces = traces;
        this.own = own;
        this.callers = callers;
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException, ServletException {
        String token = ((OAuth2AccessTokenAuthenticationToken) authentication)
                .getAccessToken()
                .getTokenValue();
        CallerSession session = callers.session(own.decode(token));
        try {
            traces.issued(session, request);
        } catch (TraceUnavailable e) {
            answer(request, response, new TokenRefusal(TokenError.TRACE_UNAVAILABLE));
            return;
        }
        written.onAuthenticationSuccess(request, response, authentication);
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException e) throws IOException {
        TokenRefusal refusal = refusal(e);
        try {
            traces.refused(refusal.reason(), request);
            answer(request, response, refusal);
        } catch (TraceUnavailable untraced) {
            LOG.error("a refused token request could not be traced");
            answer(request, response, new TokenRefusal(TokenError.TRACE_UNAVAILABLE));
        }
    }

    /** What an address is told that asks or fails too often; the first time in a minute is traced. */
    void tooMany(HttpServletRequest request, HttpServletResponse response) throws IOException {
        TokenRefusal refusal = new TokenRefusal(TokenError.TOO_MANY);
        if (tooManyTold.take(request.getRemoteAddr())) {
            onAuthenticationFailure(request, response, refusal);
        } else {
            answer(request, response, refusal);
        }
    }

    private static TokenRefusal refusal(AuthenticationException e) {
        if (e instanceof TokenRefusal told) {
            return told;
        }
        String code = e instanceof OAuth2AuthenticationException oauth
                ? oauth.getError().getErrorCode()
                : "";
        return new TokenRefusal(
                switch (code) {
                    case OAuth2ErrorCodes.INVALID_CLIENT -> TokenError.CLIENT_UNPROVED;
                    // of the library's own, the proof key alone
                    case OAuth2ErrorCodes.INVALID_GRANT -> TokenError.CODE_REFUSED;
                    case OAuth2ErrorCodes.INVALID_SCOPE -> TokenError.SCOPE;
                    case OAuth2ErrorCodes.UNAUTHORIZED_CLIENT, OAuth2ErrorCodes.UNSUPPORTED_GRANT_TYPE ->
                        TokenError.WAY_NOT_ALLOWED;
                    case OAuth2ErrorCodes.INVALID_DPOP_PROOF -> TokenError.DPOP_PROOF;
                    default -> TokenError.PARAMETER;
                });
    }

    private static void answer(HttpServletRequest request, HttpServletResponse response, TokenRefusal refusal)
            throws IOException {
        RefusalReason reason = refusal.reason();
        response.setStatus(reason.status());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (reason == TokenError.CLIENT_UNPROVED && reason.status() == UNAUTHORIZED) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"carnet\"");
        }
        if (reason.status() == UNAVAILABLE || reason.status() == TOO_MANY) {
            response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        JSON.writeValue(response.getOutputStream(), body(request, refusal));
    }

    private static Map<String, Object> body(HttpServletRequest request, TokenRefusal refusal) {
        RefusalReason reason = refusal.reason();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", reason.oauth());
        body.put("error_description", refusal.sentence("en"));
        body.put("message", refusal.sentence(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE)));
        body.put("code", reason.code());
        reason.rule().ifPresent(rule -> body.put("rule", rule));
        body.put("correlation_id", Correlation.of(request));
        return body;
    }
}
