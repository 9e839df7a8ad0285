package fr.carnet.fulltext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.carnet.fulltext.TextQuery.Group;
import fr.carnet.fulltext.TextQuery.Phrase;
import fr.carnet.fulltext.TextQuery.Prefix;
import fr.carnet.shared.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextQueriesTest {

    private final TextQueries queries = new TextQueries(Synonyms.bundled());

    /** Groups by {@code +}, alternatives by {@code /}, beginnings with their star. */
    private String read(String text) {
        return read(queries, text);
    }

    private static String read(TextQueries queries, String text) {
        return queries.read(text).groups().stream().map(TextQueriesTest::told).collect(Collectors.joining(" + "));
    }

    private static String told(Group group) {
        return group.alternatives().stream()
                .map(term -> term instanceof Prefix prefix ? prefix.beginning() + "*" : ((Phrase) term).text())
                .collect(Collectors.joining(" / "));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "douleur; douleur",
                "douleur thoracique; douleur + thoracique",
                "douleur, thoracique; douleur + thoracique",
                "la douleur du thorax; douleur + thorax",
                "l'infarctus; l'infarctus",
                "12,5 mg; 12,5 + mg",
                "anti-inflammatoire; anti-inflammatoire",
                "\"douleur thoracique\"; douleur thoracique",
                "\"douleur thoracique\" aiguë; douleur thoracique + aiguë",
                "\"douleur; douleur",
                "cardio*; cardio*",
                "Électro*; electro*",
                "l'électro* aigu; electro* + aigu",
                "HTA; HTA / hypertension artérielle",
                "l'hta sévère; HTA / hypertension artérielle + sévère",
                "une hypertension arterielle; HTA / hypertension artérielle",
                "l'infarctus du myocarde; IDM / infarctus du myocarde",
                "infarctus du poumon; infarctus + poumon",
                "antivitamine k; AVK / antivitamine K / anti-vitamine K",
                "<->:*&|!() mot; mot",
            })
    void readsWordsPhrasesBeginningsAndSynonyms(String text, String expected) {
        assertThat(read(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "le la les", "\"\"", "\"de la\"", "...", "*", "' '"})
    void refusesWhatHasNoWord(String text) {
        assertThatThrownBy(() -> queries.read(text))
                .isInstanceOf(Fault.class)
                .extracting(fault -> ((Fault) fault).status())
                .isEqualTo(400);
    }

    @Test
    void refusesTooShortABeginning() {
        assertThatThrownBy(() -> queries.read("ab*")).hasMessageContaining("text-prefix-too-short");
    }

    @Test
    void synonymsOfAFileStandInPlaceOfTheProgrammes(@TempDir Path folder) throws Exception {
        Path file =
                Files.writeString(folder.resolve("s.txt"), "# pas de sens\n\ncoeur, myocarde, organe vital # fin\n");
        var own = new TextQueries(Synonyms.of(file));
        assertThat(read(own, "Cœur organe vital HTA"))
                .isEqualTo("coeur / myocarde / organe vital + coeur / myocarde / organe vital + HTA");
    }

    @ParameterizedTest
    @ValueSource(strings = {"seul", "a, ...", "coeur, myocarde\nmyocarde, muscle"})
    void refusesSynonymsThatAreNone(String text, @TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("s.txt"), text);
        assertThatThrownBy(() -> Synonyms.of(file)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aQueryHoldsSomething() {
        assertThatThrownBy(() -> new TextQuery(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Group(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
