package fr.carnet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.policy.Decision.Deny;
import fr.carnet.policy.Decision.Permit;
import fr.carnet.policy.Explanation.Line;
import fr.carnet.policy.Explanation.Outcome;
import fr.carnet.shared.AccessContext;
import fr.carnet.shared.AccessContext.EmergencyStatement;
import fr.carnet.shared.AccessMode;
import fr.carnet.shared.Visibility;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExplanationTest {

    private static final HabilitationMatrix MATRIX = HabilitationMatrix.load();
    private static final Policy POLICY = new Policy(MATRIX, Cast.settings());

    static Stream<DecisionCase> cases() {
        return DecisionCase.read("/policy/cases.psv").stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void explainsExactlyTheDecision(DecisionCase example) {
        Policy policy = new Policy(MATRIX, example.settings());
        Decision decision = policy.decide(example.request());

        Explanation explanation = policy.explain(example.request());

        assertThat(explanation.decision()).isEqualTo(decision);
        List<Line> refusals = of(explanation, Outcome.REFUSED);
        if (decision instanceof Deny deny) {
            assertThat(refusals).extracting(Line::verdict).containsExactly(Optional.of(deny.reason()));
            assertThat(explanation.lines())
                    .filteredOn(line -> line.outcome() == Outcome.NOT_REACHED)
                    .isEqualTo(after(explanation.lines(), refusals.get(0)));
        } else {
            assertThat(refusals).isEmpty();
            assertThat(of(explanation, Outcome.NOT_REACHED)).isEmpty();
            assertThat(explanation.lines().stream().map(Line::verdict).flatMap(Optional::stream))
                    .containsAll(((Permit) decision).reasons());
        }
    }

    @Test
    void checksStandInThePublishedOrder() {
        Explanation explanation =
                POLICY.explain(reading("martin", Cast.document("11488-4", "10").build()));

        assertThat(explanation.lines())
                .extracting(Line::point)
                .containsExactly(
                        CheckPoint.ASSERTION,
                        CheckPoint.PURPOSE,
                        CheckPoint.IDENTITY,
                        CheckPoint.RECORD,
                        CheckPoint.BLOCK,
                        CheckPoint.AUTHENTICATION,
                        CheckPoint.ACCESS_MODE,
                        CheckPoint.SECRET_CONNECTION,
                        CheckPoint.READING_ROLE,
                        CheckPoint.AUTHORISATION,
                        CheckPoint.PRESENCE,
                        CheckPoint.MATRIX,
                        CheckPoint.LABELS);
    }

    @Test
    void whatComesAfterTheRefusalIsNotReached() {
        Explanation explanation = POLICY.explain(reading(
                "petit",
                Cast.document("11488-4", "10").labelled(Visibility.MASQUE_PS).build()));

        assertThat(explanation.lines().get(explanation.lines().size() - 1))
                .isEqualTo(new Line(CheckPoint.LABELS, Outcome.REFUSED, Optional.of(Rule.R105_MASKED)));
    }

    private static AccessRequest reading(String actor, DocumentFacts document) {
        return new AccessRequest(
                Cast.caller(actor).build(),
                new AccessContext(
                        Optional.of(Cast.patient("alice").build().ins()),
                        Optional.of(AccessMode.NORMAL),
                        EmergencyStatement.NONE,
                        false),
                Action.READ,
                Optional.of(Cast.patient("alice").build()),
                Optional.of(document),
                Optional.empty(),
                Cast.NOW);
    }

    private static List<Line> of(Explanation explanation, Outcome outcome) {
        return explanation.lines().stream()
                .filter(line -> line.outcome() == outcome)
                .toList();
    }

    private static List<Line> after(List<Line> lines, Line line) {
        return lines.subList(lines.indexOf(line) + 1, lines.size());
    }
}
