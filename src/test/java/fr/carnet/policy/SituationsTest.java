package fr.carnet.policy;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.policy.Decision.Deny;
import fr.carnet.policy.Decision.Permit;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The properties try what {@link Situations} makes: every fact on which a decision may rest is varied there, and every verdict
 * on reading that a case expects comes out.
 */
@Tag("property")
class SituationsTest {

    private static final int SITUATIONS = 6_000;
    private static final List<String> PATIENTS = List.of("alice", "bruno", "chloe");

    /** Kept for the trace; no decision looks at them. */
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "Caller.structureName",
            "Caller.software",
            "TokenRef.issuer",
            "TokenRef.client",
            "TokenRef.id",
            "Authorisation.consent");

    private static final Set<Action> READING = EnumSet.of(Action.SEARCH, Action.READ);

    private final Situations situations = new Situations(new Random(81));

    @Test
    void everyFactIsVaried() {
        var diversity = new Diversity();
        IntStream.range(0, SITUATIONS).forEach(i -> {
            diversity.observe(situations.situation(PATIENTS));
            diversity.observe(situations.document("alice"));
        });

        assertThat(diversity.missing(Situation.class, DocumentFacts.class))
                .filteredOn(line -> WITHOUT_EFFECT.stream().noneMatch(name -> line.startsWith(name + ":")))
                .isEmpty();
    }

    @Test
    void everyVerdictOnReadingComesOut() {
        Set<String> reached = new TreeSet<>();
        for (int i = 0; i < SITUATIONS * 10; i++) {
            Decision decision =
                    situations.situation(PATIENTS).decide(Action.READ, situations.document(PATIENTS.get(i % 3)));
            verdicts(decision).map(Rule::messageKey).forEach(reached::add);
        }
        Set<String> expected = DecisionCase.read("/policy/cases.psv").stream()
                .filter(played -> READING.contains(played.request().action()))
                .filter(played -> played.request().patient().isPresent())
                .flatMap(played -> Stream.of(played.expected().split("[ +]")))
                .filter(word -> word.startsWith("R"))
                .collect(toSet());

        assertThat(reached).containsAll(expected);
    }

    private static Stream<Rule> verdicts(Decision decision) {
        return decision instanceof Permit permit ? permit.reasons().stream() : Stream.of(((Deny) decision).reason());
    }
}
