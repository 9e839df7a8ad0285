package fr.carnet.trace.export;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.policy.Action;
import fr.carnet.shared.AccessMode;
import fr.carnet.shared.Texts;
import fr.carnet.trace.Verdict;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A trace without a word would leave its holder without any of them. */
class TraceWordsTest {

    @ParameterizedTest
    @ValueSource(strings = {"fr", "en"})
    void everythingThatIsTracedHasItsWord(String language) {
        Texts texts = Texts.of(language);

        assertThat(keys()).allSatisfy(key -> assertThat(texts.say(key)).isNotBlank());
    }

    private static Stream<String> keys() {
        return Stream.of(
                        Arrays.stream(Action.values()).map(action -> "trace.action." + action.name()),
                        Arrays.stream(AccessMode.values()).map(mode -> "trace.mode." + mode.name()),
                        Arrays.stream(Verdict.Outcome.values()).map(outcome -> "trace.outcome." + outcome.name()))
                .flatMap(keys -> keys);
    }
}
