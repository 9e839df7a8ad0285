package fr.carnet.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BackOffTest {

    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(4);

    @Property
    void pauseIsBetweenHalfAndWholeOfADoublingThatHasABound(
            @ForAll @IntRange(min = 1, max = 100_000) int attempt, @ForAll long seed) {
        Duration pause = new BackOff(FIRST, LONGEST, new Random(seed)).after(attempt);
        Duration whole = attempt < 9 ? FIRST.multipliedBy(1L << (attempt - 1)) : LONGEST;
        assertThat(pause).isBetween(whole.dividedBy(2), whole);
    }

    @Test
    void pausesVary() {
        var backOff = new BackOff(FIRST, LONGEST, new Random(1));
        assertThat(backOff.after(3)).isNotEqualTo(backOff.after(3));
    }
}
