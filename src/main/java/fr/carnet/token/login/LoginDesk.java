package fr.carnet.token.login;

import fr.carnet.token.StatedParameters;
import fr.carnet.token.TokenError;
import fr.carnet.token.TokenRefusal;
import fr.carnet.token.TokenSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the steps of a log-in share: clients, providers, log-ins under way, answers. */
final class LoginDesk {

    private final Map<String, TokenSettings.Client> clients;
    private final Map<TokenSettings.People, Window> windows;
    private final PendingLogins pending;
    private final LoginAnswers answers;

    LoginDesk(
            List<TokenSettings.Client> clients,
            List<IdentityProvider> providers,
            String base,
            PendingLogins pending,
            LoginAnswers answers) {
        this.clients =
                clients.stream().collect(Collectors.toUnmodifiableMap(TokenSettings.Client::id, Function.identity()));
        this.windows = providers.stream()
                .collect(Collectors.toUnmodifiableMap(
                        provider -> provider.settings().people(),
                        provider -> new Window(
                                provider,
                                new OpenIdClient(
                                        provider.settings(),
                                        base
                                                + LoginPaths.back(
                                                        provider.settings().people())))));
        this.pending = pending;
        this.answers = answers;
    }

    /**
     * Where people of one sort log in.
     *
     * @param provider who they are, as whom they act
     * @param upstream how it is talked to
     */
    record Window(IdentityProvider provider, OpenIdClient upstream) {}

    Optional<Window> window(TokenSettings.People people) {
        return Optional.ofNullable(people).map(windows::get);
    }

    PendingLogins pending() {
        return pending;
    }

    LoginAnswers answers() {
        return answers;
    }

    /** Settings of the client of an authorization request that was found good. */
    TokenSettings.Client settings(StatedParameters stated) {
        return Optional.ofNullable(clients.get(stated.required("client_id")))
                .orElseThrow(() -> new TokenRefusal(TokenError.CLIENT_UNPROVED));
    }

    /** Its address, named or the only one that is registered. */
    LoginAnswers.Client client(StatedParameters stated) {
        return new LoginAnswers.Client(
                stated.parameter("redirect_uri")
                        .orElseGet(
                                () -> settings(stated).redirectUris().iterator().next()),
                stated.parameter("state"));
    }

    /** @throws TokenRefusal if one was sent twice */
    static StatedParameters parameters(HttpServletRequest request) {
        Map<String, String> parameters = new LinkedHashMap<>();
        request.getParameterMap().forEach((name, values) -> {
            if (values.length != 1) {
                throw new TokenRefusal(TokenError.PARAMETER, name);
            }
            parameters.put(name, values[0]);
        });
        return new StatedParameters(parameters);
    }
}
