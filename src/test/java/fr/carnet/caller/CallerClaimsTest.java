package fr.carnet.caller;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.shared.AccessContext;
import fr.carnet.shared.AccessContext.EmergencyStatement;
import fr.carnet.shared.AccessMode;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.AuthenticationMode;
import fr.carnet.shared.Caller;
import fr.carnet.shared.CallerKind;
import fr.carnet.shared.Ins;
import fr.carnet.shared.InsDomain;
import fr.carnet.shared.StructureId;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.springframework.security.oauth2.jwt.Jwt;

class CallerClaimsTest {

    private static final Ins ALICE = new Ins(InsDomain.TEST, "284057505601204");
    private static final Caller.TokenRef TOKEN = new Caller.TokenRef("https://issuer.example", "lps", "jti");

    /** What the token service writes is what the door reads. */
    @Property(tries = 500)
    void whatIsWrittenIsRead(@ForAll("callers") Caller caller, @ForAll("contexts") AccessContext context) {
        CallerSession session = new CallerSession(caller, context);

        Jwt token = Jwt.withTokenValue("token")
                .header("typ", "at+jwt")
                .issuer(TOKEN.issuer())
                .subject(caller.subject())
                .jti(TOKEN.id())
                .claim("client_id", TOKEN.client())
                .claim("extensions", CallerClaims.of(session))
                .build();

        assertThat(new CallerTokens().session(token)).isEqualTo(session);
    }

    @Provide
    Arbitrary<Caller> callers() {
        Arbitrary<String> roles = Arbitraries.of("10", "21", "60", "G16:10", "R85:331", "R22:GENR08", "R94:41");
        Arbitrary<AuthenticationMode> modes = Arbitraries.of(AuthenticationMode.class);
        Arbitrary<Optional<String>> functions =
                Arbitraries.of("FON-29", "FON-01").optional();
        return Combinators.combine(roles, modes, functions, Arbitraries.of(true, false))
                .as((role, mode, function, regulator) -> new Caller(
                        CallerKind.PROFESSIONAL,
                        "899700100011",
                        "Claire Martin",
                        Optional.of(new ActorCode(role)),
                        specialty(role),
                        function,
                        Optional.of("SA07"),
                        Optional.of(new StructureId("399999001300016")),
                        Optional.of("Cabinet"),
                        regulator,
                        mode,
                        "LPS 1.0",
                        TOKEN));
    }

    private static Optional<String> specialty(String role) {
        return switch (role) {
            case "10" -> Optional.of("SM54");
            case "21" -> Optional.of("A");
            default -> Optional.empty();
        };
    }

    @Provide
    Arbitrary<AccessContext> contexts() {
        Arbitrary<EmergencyStatement> emergencies = Arbitraries.of(
                List.of(EmergencyStatement.NONE, new EmergencyStatement(Optional.of("inconscient"), true, true)));
        return Combinators.combine(
                        Arbitraries.of(ALICE).optional(),
                        Arbitraries.of(AccessMode.class),
                        emergencies,
                        Arbitraries.of(true, false))
                .as((patient, mode, emergency, secret) ->
                        new AccessContext(patient, Optional.of(mode), emergency, secret))
                // R58: an emergency is somebody's
                .filter(context -> context.patient().isPresent()
                        || !context.mode().orElseThrow().isEmergency());
    }
}
