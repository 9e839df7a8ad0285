package fr.carnet.server.flow;

import fr.carnet.server.RunningServer;
import fr.carnet.server.flow.FlawedWay.Attempt;
import fr.carnet.shared.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Somebody who logs in with a browser, each time a new one, for a client that is registered with the sandbox. */
final class PersonLogin {

    private static final String PATIENTS = "espace-patient";
    private static final String PROFESSIONALS = "portail-pro";
    /** The ID token is the provider's and this server's alone: what must not be told is whose it is. */
    private static final String ALICE = Scene.ALICE.ins().value();

    private static final String STATE = "an-application-state";
    private static final String VERIFIER = "a-proof-key-that-is-long-enough-to-be-one-0123456789";

    private PersonLogin() {}

    /** Alice, with an ID token of the given fate. */
    static Attempt spoilt(String fate) {
        return new Attempt(arrived(request(PATIENTS, Map.of()), "alice", "eidas2", fate), ALICE);
    }

    /** Alice, without a second factor. */
    static Attempt withOneFactor() {
        return new Attempt(arrived(request(PATIENTS, Map.of()), "alice", "eidas1", "good"), ALICE);
    }

    /** A physician who says that he acts in a structure that is not his. */
    static Attempt elsewhere(String structure) {
        Map<String, String> stated = Map.of("purpose_of_use", "normal", "structure", structure);
        return new Attempt(arrived(request(PROFESSIONALS, stated), "dr-leroy", "eidas1", "good"), ALICE);
    }

    /** Alice's authorization code. */
    static String code() {
        return Browser.called(arrived(request(PATIENTS, Map.of()), "alice", "eidas2", "good"))
                .get("code");
    }

    static HttpResponse<String> exchanged(String code) {
        Map<String, String> form = Map.of(
                "grant_type",
                "authorization_code",
                "client_id",
                PATIENTS,
                "redirect_uri",
                Browser.CALLBACK,
                "code_verifier",
                VERIFIER,
                "code",
                code);
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(base().resolve("/oauth2/token"))
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .POST(HttpRequest.BodyPublishers.ofString(Browser.form(form)))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<String> arrived(URI request, String person, String assurance, String fate) {
        Browser browser = new Browser();
        return browser.logIn(browser.open(request), Map.of("actor", person, "acr", assurance, "fate", fate));
    }

    private static URI request(String client, Map<String, String> more) {
        Map<String, String> form = new HashMap<>(more);
        form.putAll(Map.of(
                "client_id",
                client,
                "response_type",
                "code",
                "redirect_uri",
                Browser.CALLBACK,
                "state",
                STATE,
                "code_challenge",
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(Digest.SHA_256.of(VERIFIER.getBytes(StandardCharsets.US_ASCII))),
                "code_challenge_method",
                "S256"));
        return base().resolve("/oauth2/authorize?" + Browser.form(form));
    }

    private static URI base() {
        return RunningServer.get().root();
    }
}
