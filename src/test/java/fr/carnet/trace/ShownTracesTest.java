package fr.carnet.trace;

import static fr.carnet.trace.Traces.AUDITOR;
import static fr.carnet.trace.Traces.DEPOSIT;
import static fr.carnet.trace.Traces.DOCTOR;
import static fr.carnet.trace.Traces.HOLDER;
import static fr.carnet.trace.Traces.MACHINE;
import static fr.carnet.trace.Traces.NOBODYS_MACHINE;
import static fr.carnet.trace.Traces.NOON;
import static fr.carnet.trace.Traces.OPERATOR;
import static fr.carnet.trace.Traces.READ;
import static fr.carnet.trace.Traces.REPRESENTATIVE;
import static fr.carnet.trace.Traces.SEARCH;
import static fr.carnet.trace.Traces.SECRET;
import static fr.carnet.trace.Traces.absent;
import static fr.carnet.trace.Traces.entry;
import static fr.carnet.trace.Traces.in;
import static fr.carnet.trace.Traces.permitted;
import static fr.carnet.trace.Traces.refused;
import static fr.carnet.trace.Traces.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import fr.carnet.policy.Action;
import fr.carnet.shared.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShownTracesTest {

    private static final String VISIBLE = "DocumentReference/7";
    private static final String HIDDEN = "DocumentReference/8";
    private static final String LOT = "List/3";

    @Test
    void holderSeesWhoReadWhat() {
        TraceEntry read = entry(NOON, DOCTOR, READ, permitted(1), VISIBLE);
        assertThat(to(HOLDER, read)).singleElement().satisfies(shown -> {
            assertThat(shown.lines()).isEqualTo(read.lines());
            assertThat(shown.who()).isEqualTo(read.who());
            assertThat(shown.recordedAt()).isEqualTo(NOON);
        });
    }

    @Test
    void lineOfADocumentHiddenFromTheHolderIsDroppedAndNotCounted() {
        TraceEntry search = entry(NOON, DOCTOR, SEARCH, permitted(12), VISIBLE, HIDDEN);
        assertThat(to(HOLDER, search)).singleElement().satisfies(shown -> {
            assertThat(shown.lines()).extracting(TraceLine::ref).containsExactly(VISIBLE);
            assertThat(shown.verdict().resultCount()).hasValue(1);
        });
    }

    @Test
    void readOfAHiddenDocumentAloneIsNotShown() {
        assertThat(to(HOLDER, entry(NOON, DOCTOR, READ, permitted(1), HIDDEN))).isEmpty();
        assertThat(to(REPRESENTATIVE, entry(NOON, DOCTOR, READ, permitted(1), HIDDEN)))
                .isEmpty();
    }

    @Test
    void depositOfAHiddenDocumentIsNotShownThroughItsLotEither() {
        assertThat(to(HOLDER, entry(NOON, DOCTOR, DEPOSIT, permitted(2), LOT, HIDDEN)))
                .isEmpty();
    }

    @Test
    void searchThatFoundOnlyHiddenDocumentsLooksLikeOneThatFoundNothing() {
        TraceEntry found = entry(NOON, DOCTOR, SEARCH, permitted(1), HIDDEN);
        TraceEntry nothing = new TraceEntry(
                found.id(),
                NOON,
                found.patient(),
                found.who(),
                SEARCH,
                found.circumstances(),
                permitted(0),
                List.of(),
                false);
        assertThat(to(HOLDER, found)).isNotEmpty().isEqualTo(to(HOLDER, nothing));
    }

    @Test
    void queryAndNetworkAddressAreForTheAuditor() {
        TraceEntry search = entry(NOON, DOCTOR, SEARCH, permitted(0));
        assertThat(to(HOLDER, search)).singleElement().satisfies(shown -> {
            assertThat(shown.request().query()).isEmpty();
            assertThat(shown.request().clientAddress()).isEmpty();
        });
        assertThat(to(AUDITOR, search)).containsExactly(search);
    }

    @Test
    void consentIsNamedToWhomItConcernsAndToTheAuditor() {
        TraceEntry read = entry(NOON, DOCTOR, READ, permitted(1).under(Optional.of("c1")), VISIBLE);
        assertThat(consents(HOLDER, read)).containsExactly("c1");
        assertThat(consents(DOCTOR, read)).containsExactly("c1");
        assertThat(consents(AUDITOR, read)).containsExactly("c1");
        assertThat(to(REPRESENTATIVE, read)).hasSize(1);
        assertThat(consents(REPRESENTATIVE, read)).isEmpty();
        assertThat(to(MACHINE, read)).hasSize(1);
        assertThat(consents(MACHINE, read)).isEmpty();
    }

    private static List<String> consents(Caller viewer, TraceEntry entry) {
        return to(viewer, entry).stream()
                .flatMap(shown -> shown.verdict().consent().stream())
                .toList();
    }

    @Test
    void whatADeclarationDecidesIsForTheAuditor() {
        TraceEntry decision =
                entry(NOON, DOCTOR, TracedRequest.decision(READ), permitted(0).under(Optional.of("c1")));
        assertThat(to(AUDITOR, decision)).hasSize(1);
        assertThat(to(HOLDER, decision)).isEmpty();
        assertThat(to(REPRESENTATIVE, decision)).isEmpty();
        assertThat(to(DOCTOR, decision)).isEmpty();
        assertThat(to(MACHINE, decision)).isEmpty();
    }

    @Test
    void choiceWithoutDocumentIsShown() {
        assertThat(to(HOLDER, entry(NOON, DOCTOR, DEPOSIT, permitted(1), "Consent/4")))
                .hasSize(1);
    }

    @Test
    void refusalOfAProfessionalIsShownThatOfOthersIsNot() {
        assertThat(to(HOLDER, entry(NOON, DOCTOR, READ, refused(), VISIBLE))).hasSize(1);
        assertThat(to(HOLDER, entry(NOON, MACHINE, READ, refused(), VISIBLE))).isEmpty();
        assertThat(to(HOLDER, entry(NOON, REPRESENTATIVE, READ, refused()))).isEmpty();
        assertThat(to(AUDITOR, entry(NOON, MACHINE, READ, refused(), VISIBLE))).hasSize(1);
    }

    @Test
    void refusedReadOfAHiddenDocumentIsNotShown() {
        assertThat(to(HOLDER, entry(NOON, DOCTOR, READ, refused(), HIDDEN))).isEmpty();
    }

    @Test
    void secretConnectionIsTheMinorsAlone() {
        TraceEntry secret = in(SECRET, entry(NOON, DOCTOR, READ, permitted(1), VISIBLE));
        assertThat(to(HOLDER, secret)).hasSize(1);
        assertThat(to(REPRESENTATIVE, secret)).isEmpty();
    }

    @Test
    void auditorSeesEveryLine() {
        TraceEntry read = in(SECRET, entry(NOON, DOCTOR, READ, permitted(1), HIDDEN));
        assertThat(to(AUDITOR, read)).containsExactly(read);
    }

    @Test
    void whoTriedToAnnounceAHiddenDocumentIsNotTold() {
        TracedRequest announcing = request(Interaction.PATCH, Action.SHOW_TO_HOLDER, "");
        assertThat(to(HOLDER, entry(NOON, DOCTOR, announcing, refused()))).isEmpty();
        assertThat(to(HOLDER, entry(NOON, DOCTOR, announcing, permitted(1), VISIBLE)))
                .hasSize(1);
    }

    @Test
    void professionalSeesHisAccessAsItWasAnswered() {
        TraceEntry read = entry(NOON, DOCTOR, READ, permitted(1), HIDDEN);
        assertThat(to(DOCTOR, read)).singleElement().satisfies(shown -> {
            assertThat(shown.lines()).isEqualTo(read.lines());
            assertThat(shown.patient()).hasValue("p1");
            assertThat(shown.request().query()).isEmpty();
            assertThat(shown.request().clientAddress()).isEmpty();
        });
    }

    @Test
    void whatWasRefusedToHimNamesNeitherPatientNorDocument() {
        assertThat(to(DOCTOR, entry(NOON, DOCTOR, READ, refused(), VISIBLE)))
                .singleElement()
                .satisfies(shown -> {
                    assertThat(shown.patient()).isEmpty();
                    assertThat(shown.lines()).isEmpty();
                    assertThat(shown.verdict().rule()).isNotEmpty();
                });
    }

    @Test
    void whatWasAbsentToHimNamesNoRule() {
        assertThat(to(DOCTOR, entry(NOON, DOCTOR, READ, absent())))
                .singleElement()
                .satisfies(shown -> assertThat(shown.verdict().rule()).isEmpty());
    }

    @Test
    void questionWhetherThereIsARecordNamesNoPatient() {
        TracedRequest check = request(Interaction.SEARCH, Action.CHECK_STATUS, "ITI-78");
        assertThat(to(DOCTOR, entry(NOON, DOCTOR, check, permitted(0))))
                .singleElement()
                .satisfies(shown -> assertThat(shown.patient()).isEmpty());
    }

    @Test
    void nobodyElseHasAView() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TraceView(OPERATOR, Optional.of("p1")));
        assertThatIllegalArgumentException().isThrownBy(() -> new TraceView(HOLDER, Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> new TraceView(NOBODYS_MACHINE, Optional.empty()));
    }

    private static List<TraceEntry> to(Caller viewer, TraceEntry entry) {
        return ShownTraces.to(new TraceView(viewer, Optional.of("p1")), Map.of(VISIBLE, "Synthèse"))
                .shown(entry)
                .stream()
                .toList();
    }
}
