package fr.carnet.messaging.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.carnet.shared.ActorCode;
import fr.carnet.shared.AuthenticationMode;
import fr.carnet.shared.Caller;
import fr.carnet.shared.Caller.TokenRef;
import fr.carnet.shared.CallerKind;
import fr.carnet.shared.StructureId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CopyTest {

    private static final Caller LEROY = new Caller(
            CallerKind.PROFESSIONAL,
            "899700100029",
            "Paul Leroy",
            Optional.of(new ActorCode("10")),
            Optional.of("SM04"),
            Optional.empty(),
            Optional.of("SA01"),
            Optional.of(new StructureId("1990000010")),
            Optional.of("Centre hospitalier H"),
            false,
            AuthenticationMode.DIRECTE,
            "software",
            new TokenRef("issuer", "client", "id"));

    @Test
    void waitsWithEverythingThatTheDecisionNeeds() {
        Copy copy = new Copy("document", "content", true, LEROY);

        assertThat(Copy.of(copy.payload())).isEqualTo(copy);
    }

    @Test
    void otherPayloadIsRefusedWithoutItsText() {
        assertThatThrownBy(() -> Copy.of("{\"document\":"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a copy")
                .hasNoCause();
    }
}
