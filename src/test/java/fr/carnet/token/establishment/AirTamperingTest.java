package fr.carnet.token.establishment;

import static fr.carnet.token.establishment.Establishment.CLOCK;
import static fr.carnet.token.establishment.Establishment.HOSPITAL;
import static fr.carnet.token.establishment.Establishment.LIMITS;
import static fr.carnet.token.establishment.Establishment.NOW;
import static fr.carnet.token.establishment.Establishment.SIGNING;
import static fr.carnet.token.establishment.Establishment.TOKEN_ENDPOINT;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

class AirTamperingTest {

    private static final String SIGNED =
            AirAssertion.of(HOSPITAL.value(), TOKEN_ENDPOINT, NOW).signedBy(SIGNING);
    private static final AirAssertions VERIFIER =
            new AirAssertions(Establishment.certificates(), (id, until) -> true, LIMITS, CLOCK);
    private static final EstablishmentStatements STATED = VERIFIER.accept(SIGNED);

    /** It may still verify (bits of base64 that carry nothing), but then it says the same. */
    @Tag("property")
    @Property(tries = 1_000)
    void oneChangedCharacterNeverSaysSomethingElse(
            @ForAll @IntRange(min = 0, max = 1 << 20) int place, @ForAll @IntRange(min = 1, max = 127) int change) {
        StringBuilder changed = new StringBuilder(SIGNED);
        int at = place % changed.length();
        changed.setCharAt(at, (char) (changed.charAt(at) ^ change));
        try {
            assertThat(VERIFIER.accept(changed.toString())).isEqualTo(STATED);
        } catch (EstablishmentRefusal refused) {
            assertThat(refused.error().status()).isIn(401, 422);
        }
    }
}
