package fr.carnet.fulltext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every index of texts does, whatever engine keeps it. */
public abstract class TextIndexContract {

    private static final TextQueries QUERIES = new TextQueries(Synonyms.bundled());
    private static final Instant DAY = Instant.parse("2026-01-10T09:30:00Z");
    private static final int MOST = 100;

    private static final String OPERATION =
            "Compte rendu opératoire\nPatiente hospitalisée pour un infarctus du myocarde."
                    + " Elle a été opérée le 10/05/2024 sous anti-inflammatoires. Hémoglobine 12,5 g/dL ; kaliémie 4.1 mmol/L.";
    private static final String CARDIOLOGY =
            "L’électrocardiogramme ne montre pas d'arythmie. Accident vasculaire cérébral en 2019. Œdème des chevilles.";
    private static final String ALLERGY = "Allergie à la pénicilline, vaccinations à jour. <script>alert(1)</script>";

    /** The index, with a live generation. */
    protected abstract TextIndex index();

    /** Makes what was written visible to searches. */
    protected abstract void settle();

    /** An entry of a document; version 1, opened by key {@code k}. */
    protected static IndexEntry entry(String document, String patient, String body) {
        return new IndexEntry(document, 1, patient, Set.of("k"), DAY, "", "", body);
    }

    protected static String fresh() {
        return UUID.randomUUID().toString();
    }

    /** Puts into all generations, and waits until it is found. */
    protected final void put(IndexEntry... entries) {
        assertThat(index().put(index().generations(), List.of(entries))).isEmpty();
        settle();
    }

    protected final List<String> find(String text, String patient, String... keys) {
        return index().find(QUERIES.read(text), patient, Set.of(keys), MOST);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "infarctus; O",
                "INFARCTUS; O",
                "l'infarctus; O",
                "l’infarctus du myocarde; O",
                "\"infarctus du myocarde\"; O",
                "\"myocarde infarctus\"; ''",
                "IDM; O",
                "infarctus arythmie; ''",
                "hospitalisé; O",
                "hospitalisation; O",
                "opération; O",
                "opératoires; O",
                "operatoire; O",
                "opérées; O",
                "anti-inflammatoire; O",
                "anti inflammatoires; O",
                "12,5; O",
                "12; O",
                "4,1; O",
                "mmol; O",
                "2024; O",
                "AVC; C",
                "ecg; C",
                "arythmie; C",
                "arythmies; C",
                "\"montre pas d'arythmie\"; C",
                "\"montre arythmie\"; ''",
                "cardio*; ''",
                "électro*; C",
                "electrocardio*; C",
                "oedeme; C",
                "œdème; C",
                "penicilline; A",
                "vaccination; A",
                "vaccin*; A",
                "pen*; A",
                "script; A",
                "inconnu; ''",
            })
    void findsWordsInTheirForms(String text, String expected) {
        String patient = fresh();
        put(
                entry(patient + "-O", patient, OPERATION),
                entry(patient + "-C", patient, CARDIOLOGY),
                entry(patient + "-A", patient, ALLERGY));
        assertThat(find(text, patient, "k"))
                .containsExactlyElementsOf(expected.isEmpty() ? List.of() : List.of(patient + "-" + expected));
    }

    @Test
    void titleComesFirstThenLabelsThenBody() {
        String patient = fresh();
        put(
                new IndexEntry(patient + "-body", 1, patient, Set.of("k"), DAY, "Lettre", "", "suivi du diabète"),
                new IndexEntry(patient + "-label", 1, patient, Set.of("k"), DAY, "Lettre", "Diabète", "suivi"),
                new IndexEntry(patient + "-title", 1, patient, Set.of("k"), DAY, "Diabète", "", "suivi"));
        assertThat(find("diabète", patient, "k"))
                .containsExactly(patient + "-title", patient + "-label", patient + "-body");
    }

    @Test
    void amongEqualsTheNewestComesFirst() {
        String patient = fresh();
        put(
                new IndexEntry(patient + "-old", 1, patient, Set.of("k"), DAY, "", "", "asthme"),
                new IndexEntry(patient + "-new", 1, patient, Set.of("k"), DAY.plusSeconds(60), "", "", "asthme"));
        assertThat(find("asthme", patient, "k")).containsExactly(patient + "-new", patient + "-old");
    }

    @Test
    void findsNothingOfAnotherPatient() {
        String patient = fresh();
        put(entry(fresh(), patient, ALLERGY));
        assertThat(find("allergie", fresh(), "k")).isEmpty();
    }

    @Test
    void findsOnlyWhatAKeyOpens() {
        String patient = fresh();
        String open = fresh();
        String masked = fresh();
        put(
                new IndexEntry(open, 1, patient, Set.of("t:x", "p"), DAY, "", "", "asthme"),
                new IndexEntry(masked, 1, patient, Set.of("m:x", "p"), DAY, "", "", "asthme"));
        assertThat(find("asthme", patient, "t:x")).containsExactly(open);
        assertThat(find("asthme", patient, "t:x", "m:x")).containsExactlyInAnyOrder(open, masked);
        assertThat(find("asthme", patient, "t:y")).isEmpty();
    }

    @Test
    void anOlderVersionReplacesNoNewerOne() {
        String patient = fresh();
        String document = fresh();
        put(new IndexEntry(document, 2, patient, Set.of("m"), DAY, "", "", "asthme"));
        put(new IndexEntry(document, 1, patient, Set.of("t"), DAY, "", "", "asthme"));
        assertThat(find("asthme", patient, "t")).isEmpty();
        assertThat(find("asthme", patient, "m")).containsExactly(document);
    }

    @Test
    void removesDocumentsAndRecords() {
        String patient = fresh();
        String one = fresh();
        put(entry(one, patient, ALLERGY), entry(fresh(), patient, ALLERGY), entry(fresh(), patient, ALLERGY));
        index().remove(index().generations(), patient, Set.of(one));
        settle();
        assertThat(find("allergie", patient, "k")).hasSize(2).doesNotContain(one);
        index().removeRecord(index().generations(), patient);
        settle();
        assertThat(find("allergie", patient, "k")).isEmpty();
    }

    @Test
    void marksWhatWasFoundAndNothingElse() {
        String patient = fresh();
        String document = fresh();
        put(entry(document, patient, OPERATION), entry(fresh(), patient, ALLERGY));
        Map<String, String> excerpts = index().excerpts(QUERIES.read("operee"), patient, Set.of(document));
        assertThat(excerpts).containsOnlyKeys(document);
        assertThat(excerpts.get(document)).contains(TextIndex.MARK_START + "opérée" + TextIndex.MARK_END);
    }

    @Test
    void tellsNoExcerptOfAnotherPatientsDocument() {
        String document = fresh();
        put(entry(document, fresh(), OPERATION));
        assertThat(index().excerpts(QUERIES.read("infarctus"), fresh(), Set.of(document)))
                .isEmpty();
    }

    @Test
    void takesWhateverATextMayBe() {
        String patient = fresh();
        String words = fresh();
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 120_000; i++) {
            many.append(Integer.toString(i, 36)).append('é').append(i).append(' ');
        }
        put(
                entry(words, patient, "aiguille " + many),
                entry(fresh(), patient, "\u0000\uE000\uE001\uD800 aiguille ' \" \\ % & | ! ( ) <-> :*"),
                entry(fresh(), patient, "aiguille " + "x".repeat(100_000)));
        assertThat(find("aiguille", patient, "k")).hasSize(3).contains(words);
        assertThat(find("' & | ! aiguille ) :", patient, "k")).hasSize(3);
    }

    @Test
    void aGenerationIsBuiltBesideTheLiveOneAndTakesItsPlace() {
        String patient = fresh();
        String kept = fresh();
        put(entry(kept, patient, ALLERGY), entry(fresh(), patient, ALLERGY));
        String next = index().begin();
        assertThat(index().generations()).hasSize(2).contains(next);
        index().put(Set.of(next), List.of(entry(kept, patient, ALLERGY)));
        String both = fresh();
        put(entry(both, patient, ALLERGY));
        assertThat(find("allergie", patient, "k")).hasSize(3);
        index().publish(next);
        settle();
        assertThat(find("allergie", patient, "k")).containsExactlyInAnyOrder(kept, both);
        assertThat(index().generations()).containsExactly(next);
        assertThat(index().size()).isEqualTo(2);
    }

    @Test
    void whatIsBuiltIsForgottenWhenAnotherIsBegun() {
        String abandoned = index().begin();
        String next = index().begin();
        assertThat(index().generations()).contains(next).doesNotContain(abandoned);
        index().put(Set.of(abandoned), List.of(entry(fresh(), fresh(), ALLERGY)));
        assertThat(index().generations()).doesNotContain(abandoned);
    }

    @Test
    void withoutALiveGenerationNothingIsFoundAndItSaysSo() {
        TextIndex empty = unmade();
        assertThat(empty.isLive()).isFalse();
        assertThatThrownBy(() -> empty.find(QUERIES.read("allergie"), fresh(), Set.of("k"), MOST))
                .isInstanceOf(IndexUnavailable.class);
    }

    /** An index in which no generation was ever published. */
    protected abstract TextIndex unmade();
}
