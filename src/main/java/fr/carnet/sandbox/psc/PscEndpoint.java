package fr.carnet.sandbox.psc;

import fr.carnet.caller.DoorSettings;
import fr.carnet.sandbox.Actor;
import fr.carnet.sandbox.Cast;
import fr.carnet.sandbox.openid.LoginPage;
import fr.carnet.sandbox.openid.Presence;
import fr.carnet.shared.CallerKind;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.Profile;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The login page with the cast, and access tokens of Pro Santé Connect for the asking, good or bad. */
@RestController
@Profile("sandbox")
class PscEndpoint {

    private final Cast cast;
    private final PscAccounts accounts;
    private final DoorSettings door;

    PscEndpoint(Cast cast, PscAccounts accounts, DoorSettings door) {
        this.cast = cast;
        this.accounts = accounts;
        this.door = door;
    }

    @GetMapping(path = PscConfiguration.ROOT + "/login", produces = "text/html;charset=UTF-8")
    String login(CsrfToken csrf) throws IOException {
        return LoginPage.of(
                "Pro Santé Connect",
                PscConfiguration.ROOT,
                PscConfiguration.ASSURANCE,
                csrf,
                professionals().stream().map(PscEndpoint::shown).toList());
    }

    /**
     * A token as if {@code actor} had logged in.
     *
     * @param actor of the cast
     * @param client {@code client_id} at Pro Santé Connect
     * @param assurance {@code acr}
     * @param fate {@code active}, {@code expired} or {@code revoked}
     * @param issuer {@code iss}; the played one when absent
     * @param rpps RPPS number that userinfo names instead of his
     * @param profession code that userinfo gives him instead of his
     * @param without name of a claim that userinfo leaves out
     */
    @PostMapping(
            path = PscConfiguration.FOR_THE_ASKING,
            consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, Object>> token(
            @RequestParam String actor,
            @RequestParam(name = "client_id", defaultValue = "lps") String client,
            @RequestParam(name = "acr", defaultValue = PscConfiguration.ASSURANCE) String assurance,
            @RequestParam(defaultValue = "active") String fate,
            @RequestParam Optional<String> issuer,
            @RequestParam Optional<String> rpps,
            @RequestParam Optional<String> profession,
            @RequestParam Optional<String> without) {
        OAuth2AccessToken token = accounts.forTheAsking(
                new Presence(professional(actor).id(), assurance),
                registered(client),
                issuer.orElse(door.base() + PscConfiguration.ROOT),
                fate(fate),
                new Falsehoods(rpps, profession, without));
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(Map.of("access_token", token.getTokenValue(), "token_type", "Bearer"));
    }

    private List<Actor> professionals() {
        return cast.actors().stream()
                .filter(actor -> actor.kind() == CallerKind.PROFESSIONAL)
                .toList();
    }

    private Actor professional(String id) {
        return professionals().stream()
                .filter(actor -> actor.id().equals(id))
                .findFirst()
                .orElseThrow(() -> refused("actor : un professionnel du bac à sable"));
    }

    private RegisteredClient registered(String client) {
        return Optional.ofNullable(accounts.clients().findByClientId(client))
                .orElseThrow(() -> refused("client_id : lps, autre-lps ou carnet"));
    }

    private static PscAccounts.Fate fate(String fate) {
        try {
            return PscAccounts.Fate.valueOf(fate.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw refused("fate : active, expired ou revoked");
        }
    }

    private static ResponseStatusException refused(String expected) {
        return new ResponseStatusException(HttpStatus.BAD_REQUEST, expected);
    }

    private static Map<String, String> shown(Actor actor) {
        return Map.of(
                "id", actor.id(),
                "name", actor.given().orElse("") + " " + actor.family().orElse(""),
                "note", actor.note());
    }
}
