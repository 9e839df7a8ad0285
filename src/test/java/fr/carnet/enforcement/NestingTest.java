package fr.carnet.enforcement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.carnet.shared.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NestingTest {

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":", "[", "[{\"x\":"})
    void whatIsTooDeepIsRefused(String level) {
        assertThatThrownBy(() -> Nesting.require(level.repeat(101).getBytes(UTF_8)))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("nested-too-deep");
    }

    @Test
    void depthIsNoLength() {
        String wide = "[" + "{},[],".repeat(10_000) + "{}]";
        assertThatCode(() -> Nesting.require(wide.getBytes(UTF_8))).doesNotThrowAnyException();
        assertThatCode(() -> Nesting.require(("[".repeat(100) + "]".repeat(100)).getBytes(UTF_8)))
                .doesNotThrowAnyException();
    }

    @Test
    void bracketsOfATextAreText() {
        String text = "{\"a\":\"" + "[{\\\"".repeat(500) + "\"}";
        assertThatCode(() -> Nesting.require(text.getBytes(UTF_8))).doesNotThrowAnyException();
        String escaped = "{\"a\":\"\\\\\",\"b\":" + "[".repeat(200);
        assertThatThrownBy(() -> Nesting.require(escaped.getBytes(UTF_8))).isInstanceOf(Fault.class);
    }
}
