package fr.carnet.sandbox;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Profile;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /sandbox/token}: a token for anybody of the cast, for the asking. */
@RestController
@Profile("sandbox")
class TokenEndpoint {

    private final Cast cast;
    private final TokenMint mint;
    private final TokenTraces traces;

    TokenEndpoint(Cast cast, TokenMint mint, TokenTraces traces) {
        this.cast = cast;
        this.mint = mint;
        this.traces = traces;
    }

    @PostMapping(
            path = "/sandbox/token",
            consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, Object>> token(@RequestParam Map<String, String> fields, HttpServletRequest http) {
        TokenRequest request = new TokenRequest(fields);
        try {
            Jwt token = mint.mint(cast.actor(request.actor()).orElseThrow(this::unknownActor), request);
            traces.issued(token, request, http);
            return answer(token, request);
        } catch (SandboxError refused) {
            traces.refused(request, http);
            throw refused;
        }
    }

    private static ResponseEntity<Map<String, Object>> answer(Jwt token, TokenRequest request) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(Map.of(
                        "access_token",
                        token.getTokenValue(),
                        "token_type",
                        "Bearer",
                        "expires_in",
                        request.lifetime().toSeconds(),
                        "scope",
                        request.scope()));
    }

    @ExceptionHandler
    ResponseEntity<Object> refused(SandboxError error) {
        return error.answer();
    }

    private SandboxError unknownActor() {
        List<String> ids = cast.actors().stream().map(Actor::id).toList();
        return new SandboxError(
                "Le champ « actor » doit nommer un personnage du bac à sable : " + String.join(", ", ids) + ".",
                Map.of("actor", ids));
    }
}
