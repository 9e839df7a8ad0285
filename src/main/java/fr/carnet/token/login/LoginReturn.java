package fr.carnet.token.login;

import fr.carnet.token.StatedParameters;
import fr.carnet.token.TokenError;
import fr.carnet.token.TokenRefusal;
import fr.carnet.token.TokenSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.web.filter.OncePerRequestFilter;

/** Whoever comes back from his provider, and whoever has chosen his situation: the client gets a code. */
final class LoginReturn extends OncePerRequestFilter {

    private final LoginDesk desk;
    private final CodeGrant codes;

    LoginReturn(LoginDesk desk, CodeGrant codes) {
        this.desk = desk;
        this.codes = codes;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getRequestURI();
        Optional<TokenSettings.People> people = Arrays.stream(TokenSettings.People.values())
                .filter(one -> LoginPaths.back(one).equals(path))
                .findFirst();
        if (people.isPresent() && request.getMethod().equals("GET")) {
            back(request, response, people.orElseThrow());
        } else if (LoginPaths.SITUATION.equals(path) && request.getMethod().equals("POST")) {
            chosen(request, response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void back(HttpServletRequest request, HttpServletResponse response, TokenSettings.People people)
            throws IOException {
        Optional<LoginAnswers.Client> client = Optional.empty();
        try {
            StatedParameters answer = LoginDesk.parameters(request);
            Attempt attempt = answer.parameter("state")
                    .flatMap(state -> desk.pending().back(request, state, people))
                    .orElseThrow(() -> new TokenRefusal(TokenError.LOGIN_EXPIRED));
            client = Optional.of(desk.client(attempt.stated()));
            arrive(request, response, attempt, answer);
        } catch (TokenRefusal refusal) {
            desk.answers().refuse(request, response, client, refusal);
        }
    }

    private void arrive(
            HttpServletRequest request, HttpServletResponse response, Attempt attempt, StatedParameters answer)
            throws IOException {
        LoginDesk.Window window =
                desk.window(attempt.people()).orElseThrow(() -> new TokenRefusal(TokenError.WAY_NOT_ALLOWED));
        Arrival arrival = window.upstream().arrive(attempt.departure(), answer);
        List<Acting> actings = window.provider().actings(arrival, attempt.stated(), desk.settings(attempt.stated()));
        if (actings.size() == 1) {
            grant(response, attempt, actings.get(0));
        } else {
            desk.pending().choose(request, new PendingLogins.Choice(attempt, actings));
            LoginAnswers.Client client = desk.client(attempt.stated());
            LoginPages.choice(request, response, client, attempt.departure().state(), actings);
        }
    }

    private void chosen(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<LoginAnswers.Client> client = Optional.empty();
        try {
            StatedParameters form = LoginDesk.parameters(request);
            PendingLogins.Choice choice = form.parameter("state")
                    .flatMap(state -> desk.pending().chosen(request, state))
                    .orElseThrow(() -> new TokenRefusal(TokenError.LOGIN_EXPIRED));
            client = Optional.of(desk.client(choice.attempt().stated()));
            grant(response, choice.attempt(), listed(choice.actings(), form.required("situation")));
        } catch (TokenRefusal refusal) {
            desk.answers().refuse(request, response, client, refusal);
        }
    }

    /** R85: one of those that were listed. */
    private static Acting listed(List<Acting> actings, String index) {
        return actings.stream()
                .filter(acting -> Integer.toString(actings.indexOf(acting)).equals(index))
                .findFirst()
                .orElseThrow(() -> new TokenRefusal(TokenError.SITUATION, "none"));
    }

    private void grant(HttpServletResponse response, Attempt attempt, Acting acting) {
        String code = codes.of(attempt.stated(), acting);
        desk.pending().end(response, attempt.departure().state());
        desk.answers().granted(response, desk.client(attempt.stated()), code);
    }
}
