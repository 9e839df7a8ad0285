package fr.carnet.token.login;

import fr.carnet.token.TokenError;
import fr.carnet.token.TokenRefusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/** Authorization requests that Spring Authorization Server refuses: client, address, scopes, proof key. */
final class RequestErrors implements AuthenticationFailureHandler {

    private static final Pattern PARAMETER = Pattern.compile("OAuth 2.0 Parameter: (\\w+)");

    private final LoginAnswers answers;

    RequestErrors(LoginAnswers answers) {
        this.answers = answers;
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException e) throws IOException {
        answers.refuse(request, response, client(e), refusal(e));
    }

    /** The library leaves the address out where it is not to be trusted. */
    private static Optional<LoginAnswers.Client> client(AuthenticationException e) {
        return Optional.of(e)
                .filter(OAuth2AuthorizationCodeRequestAuthenticationException.class::isInstance)
                .map(OAuth2AuthorizationCodeRequestAuthenticationException.class::cast)
                .map(OAuth2AuthorizationCodeRequestAuthenticationException::getAuthorizationCodeRequestAuthentication)
                .filter(asked -> asked.getRedirectUri() != null)
                .map(asked -> new LoginAnswers.Client(asked.getRedirectUri(), Optional.ofNullable(asked.getState())));
    }

    static TokenRefusal refusal(AuthenticationException e) {
        if (e instanceof TokenRefusal told) {
            return told;
        }
        OAuth2Error error = e instanceof OAuth2AuthenticationException oauth
                ? oauth.getError()
                : new OAuth2Error(OAuth2ErrorCodes.INVALID_REQUEST);
        return switch (error.getErrorCode()) {
            case OAuth2ErrorCodes.INVALID_SCOPE -> new TokenRefusal(TokenError.SCOPE);
            case OAuth2ErrorCodes.UNAUTHORIZED_CLIENT -> new TokenRefusal(TokenError.WAY_NOT_ALLOWED);
            case OAuth2ErrorCodes.UNSUPPORTED_RESPONSE_TYPE -> new TokenRefusal(TokenError.RESPONSE_TYPE);
            default -> new TokenRefusal(TokenError.PARAMETER, parameter(error));
        };
    }

    private static String parameter(OAuth2Error error) {
        Matcher named =
                PARAMETER.matcher(Optional.ofNullable(error.getDescription()).orElse(""));
        return named.find() ? named.group(1) : "request";
    }
}
