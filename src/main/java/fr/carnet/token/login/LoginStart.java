package fr.carnet.token.login;

import fr.carnet.token.StatedParameters;
import fr.carnet.token.TokenError;
import fr.carnet.token.TokenRefusal;
import fr.carnet.token.TokenSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.web.AuthenticationEntryPoint;

/** An authorization request that was found good: its user is sent to log in at the provider of the client's people. */
final class LoginStart implements AuthenticationEntryPoint {

    private final LoginDesk desk;

    LoginStart(LoginDesk desk) {
        this.desk = desk;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException {
        Optional<LoginAnswers.Client> client = Optional.empty();
        try {
            StatedParameters stated = LoginDesk.parameters(request);
            client = Optional.of(desk.client(stated));
            begin(request, response, stated);
        } catch (TokenRefusal refusal) {
            desk.answers().refuse(request, response, client, refusal);
        }
    }

    private void begin(HttpServletRequest request, HttpServletResponse response, StatedParameters stated) {
        if (stated.parameter("prompt").filter("none"::equals).isPresent()) {
            throw new TokenRefusal(TokenError.LOGIN_REQUIRED);
        }
        TokenSettings.People people = desk.settings(stated).login();
        LoginDesk.Window window = desk.window(people).orElseThrow(() -> new TokenRefusal(TokenError.WAY_NOT_ALLOWED));
        window.provider().preview(stated);
        OAuth2AuthorizationRequest departure = window.upstream().request(request);
        desk.pending().begin(response, new Attempt(people, stated.values(), OpenIdClient.departure(departure)));
        LoginAnswers.see(response, departure.getAuthorizationRequestUri());
    }
}
