package fr.carnet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.shared.AccessContext;
import fr.carnet.shared.AccessContext.EmergencyStatement;
import fr.carnet.shared.AccessMode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which checks an explanation lists, action by action. */
class CheckPointTest {

    private static final Policy POLICY = new Policy(HabilitationMatrix.load(), Cast.settings());

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "alice, alice, SEARCH, false, TITLE IDENTITY RECORD ACTIVATION",
        "alice, alice, READ, true, TITLE IDENTITY RECORD ACTIVATION LABELS",
        "alice, alice, MASK, true, TITLE IDENTITY RECORD ACTIVATION LABELS RIGHT",
        "alice, alice, DEPOSIT, true, TITLE IDENTITY RECORD ACTIVATION RIGHT",
        "alice, alice, CHECK_STATUS, false, TITLE IDENTITY RIGHT",
        "alice, alice, READ_TRACES, false, TITLE IDENTITY",
        "alice, alice, CLOSE, false, TITLE IDENTITY RIGHT",
        "alice, alice, REGISTER_PATIENT, false, RIGHT",
        "alice, alice, EXPLAIN, false, RIGHT",
        "alice, alice, INFORM, false, RIGHT",
        "automate, emma, REACTIVATE, false, RIGHT",
        "martin, emma, REACTIVATE, false, ASSERTION PURPOSE IDENTITY BLOCK AUTHENTICATION ACCESS_MODE READING_ROLE RIGHT",
        "martin, alice, READ_CONSENTS, false, ASSERTION PURPOSE IDENTITY RECORD BLOCK READING_ROLE RIGHT",
        "automate, alice, READ_TEAMS, false, RIGHT",
    })
    void checksOfAnActionAreListed(String who, String patient, Action action, boolean document, String points) {
        AccessRequest request = new AccessRequest(
                Cast.caller(who).build(),
                new AccessContext(
                        Optional.of(Cast.patient(patient).build().ins()),
                        Optional.of(AccessMode.NORMAL),
                        EmergencyStatement.NONE,
                        false),
                action,
                Optional.of(Cast.patient(patient).build()),
                document ? Optional.of(Cast.document("11488-4", "10").build()) : Optional.empty(),
                Optional.empty(),
                Cast.NOW);

        assertThat(POLICY.explain(request).lines())
                .extracting(Explanation.Line::point)
                .containsExactlyElementsOf(Arrays.stream(points.split(" "))
                        .map(CheckPoint::valueOf)
                        .toList());
    }

    @Test
    void checkTellsItsStepAndTheRulesByWhichItRefuses() {
        assertThat(CheckPoint.READING_ROLE.step()).isEqualTo("7b");
        assertThat(CheckPoint.PURPOSE.rules()).containsExactly("R60", "R61", "R62");
        assertThat(CheckPoint.RIGHT.rules()).isEmpty();
    }

    @Test
    void readerIsNotPrintedWithHisIdentity() {
        Readership readers = POLICY.readership(
                Cast.patient("alice").build(), Cast.document("11488-4", "10").build(), Cast.NOW);

        assertThat(readers.persons()).isNotEmpty().allSatisfy(person -> assertThat(person)
                .hasToString("Person" + List.copyOf(person.reasons())));
    }
}
