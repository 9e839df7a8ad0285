package fr.carnet.policy;

import static java.util.Collections.disjoint;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.carnet.shared.AccessContext;
import fr.carnet.shared.AccessContext.EmergencyStatement;
import fr.carnet.shared.AccessMode;
import fr.carnet.shared.Visibility;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.statistics.Statistics;

/** SQL and memory agree: keys meet exactly where the policy permits. */
class VisibilityKeysTest {

    @Tag("property")
    @Property(tries = 40_000)
    void keysMeetExactlyWhereThePolicyPermits(
            @ForAll("situations") Situation situation, @ForAll("documents") DocumentFacts document) {
        boolean permitted = situation.decide(Action.READ, document).permitted();

        Statistics.collect(permitted ? "visible" : "hidden");
        Statistics.coverage(coverage -> coverage.check("visible").percentage(p -> p > 5));
        assertThat(situation.decide(Action.SEARCH, document).permitted()).isEqualTo(permitted);
        assertThat(meet(situation, shown(situation, document))).isEqualTo(permitted);
        if (!permitted) {
            assertThat(meet(situation, document))
                    .as("before the due job has run, SQL errs on the hidden side")
                    .isFalse();
        }
    }

    @Tag("property")
    @Property(tries = 10_000)
    void lotIsVisibleWhereOneOfItsDocumentsIs(
            @ForAll("situations") Situation situation, @ForAll("lots") List<DocumentFacts> lot) {
        Set<String> union = lot.stream()
                .map(document -> shown(situation, document))
                .flatMap(d -> Policies.keys(situation.settings()).keysOf(d).stream())
                .collect(toSet());
        boolean permitted = lot.stream()
                .anyMatch(document -> situation.decide(Action.READ, document).permitted());

        assertThat(!disjoint(union, situation.keys().all())).isEqualTo(permitted);
    }

    @Example
    void keysOfAPlainDocumentNameTypeHolderAndRepresentative() {
        assertThat(keys().keysOf(Cast.document("SYNTH", "11").build())).containsExactlyInAnyOrder("t:SYNTH", "p", "r");
    }

    @Example
    void keysOfAMaskedDocumentNameItsDepositorAndNoNamedAuthor() {
        DocumentFacts masked = Cast.document("SYNTH", "11")
                .labelled(Visibility.MASQUE_PS)
                .naming("petit")
                .build();

        assertThat(keys().keysOf(masked))
                .containsExactlyInAnyOrder("m:SYNTH", "a/899700100029:SYNTH", "e/1990000010:SYNTH", "p", "r");
    }

    @Example
    void keysOfHiddenAndDeletedDocuments() {
        DocumentFixture invisible = Cast.document("99999-9", "10").labelled(Visibility.INVISIBLE_PATIENT);
        DocumentFixture secret = Cast.document("SYNTH", "11").labelled(Visibility.INVISIBLE_REPRESENTANTS_LEGAUX);

        assertThat(keys().keysOf(invisible.build())).containsExactly("t:class/10");
        assertThat(keys().keysOf(secret.build())).containsExactlyInAnyOrder("t:SYNTH", "p");
        assertThat(keys().keysOf(secret.deleted().build())).isEmpty();
    }

    @Example
    void keysOfACallerAreRowsAndTitles() {
        CallerKeys physician = new CallerKeys(Set.of("t:SYNTH", "t:REMB"), Set.of("m"));

        assertThat(physician.all()).containsExactlyInAnyOrder("t:SYNTH", "t:REMB", "m:SYNTH", "m:REMB");
        assertThat(physician.isEmpty()).isFalse();
        assertThat(new CallerKeys(Set.of("p"), Set.of()).all()).containsExactly("p");
        assertThat(CallerKeys.NONE.isEmpty()).isTrue();
    }

    @Example
    void titleWithoutARowOpensNothingAndIsRefused() {
        assertThatThrownBy(() -> new CallerKeys(Set.of("t:SYNTH", "p"), Set.of("m")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a title is one in a row of the matrix");
    }

    @Example
    void callersHoldAFewHundredKeysAtMost() {
        AccessContext normal =
                new AccessContext(Optional.empty(), Optional.of(AccessMode.NORMAL), EmergencyStatement.NONE, false);
        PatientFacts alice = Cast.patient("alice").build();

        assertThat(keys().keysFor(Cast.caller("martin").build(), normal, alice, Cast.NOW)
                        .all())
                .hasSize(4 * 118)
                .contains("m:SYNTH", "t:class/other");
        assertThat(keys().keysFor(Cast.caller("alice").build(), normal, alice, Cast.NOW)
                        .all())
                .containsExactly("p");
        assertThat(keys().keysFor(Cast.caller("bruno").build(), normal, alice, Cast.NOW)
                        .all())
                .isEmpty();
    }

    @Example
    void maskingEverythingTakesAllKeysFromProfessionalsAndNoneFromTheHolder() {
        AccessContext normal =
                new AccessContext(Optional.empty(), Optional.of(AccessMode.NORMAL), EmergencyStatement.NONE, false);
        PatientFacts alice =
                Cast.patient("alice").masksAll().treatingRightsFor("petit").build();

        for (String name : List.of("martin", "leroy", "petit")) {
            assertThat(keys().keysFor(Cast.caller(name).build(), normal, alice, Cast.NOW)
                            .isEmpty())
                    .isTrue();
        }
        assertThat(keys().keysFor(Cast.caller("alice").build(), normal, alice, Cast.NOW)
                        .all())
                .containsExactly("p");
    }

    private static VisibilityKeys keys() {
        return new VisibilityKeys(new Policy(HabilitationMatrix.load(), Cast.settings()));
    }

    /** As SQL asks: of the documents of this one patient, those whose keys meet the caller's. */
    private static boolean meet(Situation situation, DocumentFacts document) {
        return document.patient().equals(situation.patient().id())
                && !disjoint(
                        Policies.keys(situation.settings()).keysOf(document),
                        situation.keys().all());
    }

    /** The document as the due job leaves it (R114). */
    private static DocumentFacts shown(Situation situation, DocumentFacts document) {
        if (Policies.of(situation.settings()).announcement(document, Cast.NOW) != Announcement.OVERDUE) {
            return document;
        }
        Set<Visibility> labels = EnumSet.copyOf(document.visibility());
        labels.remove(Visibility.INVISIBLE_PATIENT);
        return new DocumentFacts(
                document.patient(),
                document.type(),
                document.classCode(),
                labels,
                document.depositor(),
                document.authors(),
                document.current(),
                document.archived(),
                document.deleted(),
                document.maskedByHolder(),
                document.depositedAt());
    }

    @Provide
    Arbitrary<Situation> situations() {
        return Arbitraries.randomValue(random -> new Situations(random).situation(List.of("alice")));
    }

    @Provide
    Arbitrary<DocumentFacts> documents() {
        return Arbitraries.randomValue(random -> new Situations(random).document("alice"));
    }

    @Provide
    Arbitrary<List<DocumentFacts>> lots() {
        return documents()
                .filter(document -> document.patient().equals("alice"))
                .list()
                .ofMaxSize(4);
    }
}
