package fr.carnet.token.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.carnet.shared.Ins;
import fr.carnet.token.TokenError;
import fr.carnet.token.TokenRefusal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

/** A provider that gives the INS itself: INSi is not asked, and nothing is kept. */
class AccountIdentityTest {

    private static final Ins ALICE = Ins.ofCx("284057505601204^^^&1.2.250.1.213.1.4.10&ISO^NH");

    private final AccountIdentity identity = new AccountIdentity(
            settings("ins"), Optional.empty(), new LoginLinks(DSL.using(SQLDialect.POSTGRES), Clock.systemUTC()));

    @Test
    void insIsTakenFromItsClaim() {
        assertThat(identity.of(arrival(Map.of("sub", "1", "ins", ALICE.cx())))).contains(ALICE);
    }

    @Test
    void accountWithoutInsHasNone() {
        assertThat(identity.of(arrival(Map.of("sub", "1")))).isEmpty();
    }

    @Test
    void insWithAWrongKeyIsRefused() {
        assertThatThrownBy(() -> identity.of(
                        arrival(Map.of("sub", "1", "ins", "284057505601205^^^&1.2.250.1.213.1.4.10&ISO^NH"))))
                .isInstanceOfSatisfying(TokenRefusal.class, refusal -> assertThat(refusal.reason())
                        .isEqualTo(TokenError.STATEMENT_MISSING));
    }

    @Test
    void somethingTellsTheIns() {
        assertThatThrownBy(() -> new AccountIdentity(
                        settings(null),
                        Optional.empty(),
                        new LoginLinks(DSL.using(SQLDialect.POSTGRES), Clock.systemUTC())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ins-claim");
    }

    private static Arrival arrival(Map<String, Object> claims) {
        return new Arrival(claims, "access token");
    }

    private static LoginSettings.Patients settings(String insClaim) {
        URI any = URI.create("https://identite.example/any");
        return new LoginSettings.Patients(
                "https://identite.example",
                any,
                any,
                any,
                any,
                "carnet",
                "secret",
                "client_secret_basic",
                Set.of("openid"),
                List.of("eidas1", "eidas2"),
                "eidas2",
                insClaim,
                "sub",
                Duration.ofSeconds(3));
    }
}
