package fr.carnet.token.psc;

import fr.carnet.shared.AuthenticationMode;
import fr.carnet.shared.Caller;
import fr.carnet.shared.CallerKind;
import fr.carnet.shared.StructureId;
import fr.carnet.token.StatedParameters;
import fr.carnet.token.TokenError;
import fr.carnet.token.TokenRefusal;
import fr.carnet.token.TokenSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who an access token of Pro Santé Connect is of, and in which of his situations he acts (R71, R85). */
final class PscIdentity {

    private final TokenSettings.Psc settings;
    private final ProSanteConnect psc;

    PscIdentity(TokenSettings.Psc settings) {
        this.settings = settings;
        this.psc = new ProSanteConnect(settings);
    }

    /**
     * Introspects a token and reads its userinfo.
     *
     * @param clientId whose token it must be, at Pro Santé Connect
     * @throws TokenRefusal if it is not active, of another, of too weak a log-in, or cannot be asked about
     */
    PscUser proved(String accessToken, String clientId) {
        Map<String, Object> proof = psc.introspect(accessToken);
        held(proof, "iss", settings.issuer());
        // a token that another program obtained is not this one's to use
        held(proof, proof.containsKey("client_id") ? "client_id" : "azp", clientId);
        if (!settings.isEnough(String.valueOf(proof.get("acr")))) {
            throw new TokenRefusal(TokenError.ASSURANCE_TOO_LOW, "acr");
        }
        Map<String, Object> userinfo = psc.userinfo(accessToken);
        held(userinfo, "sub", String.valueOf(proof.get("sub")));
        return PscUser.of(userinfo);
    }

    static void held(Map<String, Object> claims, String name, String expected) {
        if (!expected.equals(String.valueOf(claims.get(name)))) {
            throw new TokenRefusal(TokenError.PROOF_REFUSED, name);
        }
    }

    /** R85: those listed that {@code structure} and {@code profession} leave. */
    static List<PscSituation> fitting(PscUser user, StatedParameters stated) {
        Optional<StructureId> structure = stated.parameter("structure").map(PscIdentity::structure);
        Optional<String> profession = stated.parameter("profession");
        return user.situations().stream()
                .filter(situation -> structure.map(situation::isIn).orElse(true))
                .filter(situation ->
                        profession.map(situation.profession().code()::equals).orElse(true))
                .distinct()
                .toList();
    }

    private static StructureId structure(String id) {
        try {
            return new StructureId(id);
        } catch (IllegalArgumentException e) {
            throw new TokenRefusal(TokenError.PARAMETER, "structure");
        }
    }

    static Caller caller(PscUser user, PscSituation situation, TokenSettings.Client client, Caller.TokenRef token) {
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
