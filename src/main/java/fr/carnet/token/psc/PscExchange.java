package fr.carnet.token.psc;

import fr.carnet.caller.CallerSession;
import fr.carnet.shared.AuthenticationMode;
import fr.carnet.shared.Caller;
import fr.carnet.shared.CallerKind;
import fr.carnet.shared.StructureId;
import fr.carnet.token.GrantRequest;
import fr.carnet.token.Identification;
import fr.carnet.token.StatedCircumstances;
import fr.carnet.token.TokenError;
import fr.carnet.token.TokenRefusal;
import fr.carnet.token.TokenSettings;
import fr.carnet.token.WayIn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Exchange of a Pro Santé Connect access token (RFC 8693; R71, R85).
 *
 * <p>{@code structure} (idNat_Struct) and {@code profession} choose one of the situations that Pro Santé Connect lists; a
 * single one needs no choice.
 */
public final class PscExchange implements Identification {

    private static final Set<String> TOKEN_TYPES =
            Set.of("urn:ietf:params:oauth:token-type:access_token", "urn:ietf:params:oauth:token-type:jwt");

    private final TokenSettings.Psc settings;
    private final ProSanteConnect psc;

    /** @param settings endpoints, and this server's account there */
    public PscExchange(TokenSettings.Psc settings) {
        this.settings = settings;
        this.psc = new ProSanteConnect(settings);
    }

    @Override
    public WayIn wayIn() {
        return WayIn.PSC;
    }

    @Override
    public CallerSession identify(GrantRequest request, TokenSettings.Client client, Caller.TokenRef token) {
        if (!TOKEN_TYPES.contains(request.required("subject_token_type"))) {
            throw new TokenRefusal(TokenError.PARAMETER, "subject_token_type");
        }
        String accessToken = request.required("subject_token");
        Map<String, Object> proof = psc.introspect(accessToken);
        held(proof, "iss", settings.issuer());
        // a token that another program obtained is not this one's to exchange
        held(proof, proof.containsKey("client_id") ? "client_id" : "azp", client.pscClientId());
        if (!settings.isEnough(String.valueOf(proof.get("acr")))) {
            throw new TokenRefusal(TokenError.ASSURANCE_TOO_LOW, "acr");
        }
        Map<String, Object> userinfo = psc.userinfo(accessToken);
        held(userinfo, "sub", String.valueOf(proof.get("sub")));
        PscUser user = PscUser.of(userinfo);
        return new CallerSession(
                caller(user, chosen(user.situations(), request), client, token), StatedCircumstances.of(request));
    }

    private static void held(Map<String, Object> claims, String name, String expected) {
        if (!expected.equals(String.valueOf(claims.get(name)))) {
            throw new TokenRefusal(TokenError.PROOF_REFUSED, name);
        }
    }

    /** R85: chosen among those listed, never free. */
    private static PscSituation chosen(List<PscSituation> listed, GrantRequest request) {
        Optional<StructureId> structure = request.parameter("structure").map(PscExchange::structure);
        Optional<String> profession = request.parameter("profession");
        List<PscSituation> left = listed.stream()
                .filter(situation -> structure.map(situation::isIn).orElse(true))
                .filter(situation ->
                        profession.map(situation.profession().code()::equals).orElse(true))
                .distinct()
                .toList();
        if (left.size() != 1) {
            throw new TokenRefusal(TokenError.SITUATION, left.isEmpty() ? "none" : "several");
        }
        return left.get(0);
    }

    private static StructureId structure(String id) {
        try {
            return new StructureId(id);
        } catch (IllegalArgumentException e) {
            throw new TokenRefusal(TokenError.PARAMETER, "structure");
        }
    }

    private static Caller caller(
            PscUser user, PscSituation situation, TokenSettings.Client client, Caller.TokenRef token) {
        if (situation.structure().isEmpty()) {
            throw new TokenRefusal(TokenError.STATEMENT_MISSING, "ancienIdentifiantDeLaStructure");
        }
        return new Caller(
                CallerKind.PROFESSIONAL,
                user.professional().value(),
                situation.name(),
                Optional.of(situation.profession()),
                situation.specialty(),
                Optional.empty(),
                Optional.of(situation
                        .sector()
                        .orElseThrow(() -> new TokenRefusal(TokenError.STATEMENT_MISSING, "codeSecteurDactivite"))),
                situation.structure(),
                situation.structureName(),
                user.regulator(),
                AuthenticationMode.DIRECTE,
                client.software(),
                token);
    }
}
