package fr.carnet.directory.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.carnet.directory.Situation;
import fr.carnet.directory.extract.ExtractLines.ListedSituation;
import fr.carnet.shared.StructureId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtractLinesTest {

    private final ExtractLines lines = new ExtractLines(Extract.HEADER);

    private static Map<String, String> cells(String... pairs) {
        Map<String, String> cells = new HashMap<>(Map.of(
                "Identification nationale PP", "899700900001", "Nom d'exercice", "NOM", "Code profession", "10"));
        for (int i = 0; i < pairs.length; i += 2) {
            cells.put(pairs[i], pairs[i + 1]);
        }
        return cells;
    }

    private Situation situation(String... pairs) {
        return lines.read(Extract.line(cells(pairs))).orElseThrow().situation();
    }

    @Test
    void lineIsAPersonInASituation() {
        ListedSituation listed = lines.read(Extract.physician(1)).orElseThrow();

        assertThat(listed.professional().value()).isEqualTo("899700900001");
        assertThat(listed.family()).isEqualTo("NOM1");
        assertThat(listed.given()).isEqualTo("PRENOM");
        assertThat(listed.situation().profession().code()).isEqualTo("10");
        assertThat(listed.situation().specialty()).contains("SM54");
        assertThat(listed.situation().sector()).contains("SA07");
        assertThat(listed.situation().structures()).containsExactly(new StructureId("399999001300016"));
    }

    @ParameterizedTest
    @CsvSource({
        "10, C, 10",
        "10, M, 10",
        "10, E, G16:10",
        "41, C, R94:41",
        "71, C, R95:71",
        "93, C, R95:93",
        "35, C, 35"
    })
    void professionIsAColumnOfTheMatrix(String code, String category, String actor) {
        assertThat(situation("Code profession", code, "Code catégorie professionnelle", category)
                        .profession()
                        .code())
                .isEqualTo(actor);
    }

    @Test
    void roleOrKindOfActivityStandsForAProfession() {
        assertThat(situation("Code profession", "", "Code rôle", "331")
                        .profession()
                        .code())
                .isEqualTo("R85:331");
        assertThat(situation("Code profession", "", "Code rôle", "FON-01", "Code genre activité", "GENR08")
                        .profession()
                        .code())
                .isEqualTo("R22:GENR08");
    }

    @Test
    void pharmacistHasHisSection() {
        assertThat(situation("Code profession", "21", "Code section tableau pharmaciens", "A")
                        .specialty())
                .contains("A");
    }

    @Test
    void structureIsKnownByEachOfItsIdentifiers() {
        assertThat(situation(
                                "Numéro FINESS site", "990000010",
                                "Numéro FINESS établissement juridique", "990000002",
                                "Numéro SIREN site", "999990013",
                                "Ancien identifiant de la structure", "1990000010")
                        .structures())
                .extracting(StructureId::value)
                .containsExactlyInAnyOrder("1990000010", "1990000002", "2999990013");
    }

    @Test
    void oddStructureIdentifierIsLeftOut() {
        assertThat(situation("Ancien identifiant de la structure", "?").structures())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Identification nationale PP, ''",
        "Identification nationale PP, 7abc",
        "Nom d'exercice, ''",
        "Code profession, ''",
        "Code profession, méd|ecin"
    })
    void lineWithoutNumberNameOrProfessionCannotBeUsed(String column, String value) {
        assertThat(lines.read(Extract.line(cells(column, value)))).isEmpty();
    }

    @Test
    void lineThatIsCutShortCannotBeUsed() {
        String line = Extract.physician(1);

        assertThat(lines.read(line.substring(0, line.length() / 2))).isEmpty();
        assertThat(lines.read("")).isEmpty();
    }

    @Test
    void olderExtractWithoutRolesIsRead() {
        String header = Extract.HEADER.substring(0, Extract.HEADER.indexOf("|Code rôle"));

        Optional<ListedSituation> listed =
                new ExtractLines("\uFEFF" + header.replace('\'', '’')).read(Extract.physician(1));

        assertThat(listed).isPresent();
    }

    @Test
    void fileOfOtherColumnsIsRefusedWithWhatItLacks() {
        assertThatThrownBy(() -> new ExtractLines("Identification nationale PP|Nom d'exercice"))
                .isInstanceOfSatisfying(LoadRefused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(LoadRefused.Reason.MISSING_COLUMNS);
                    assertThat(refused.detail()).startsWith("Prénom d'exercice, Code profession");
                });
    }
}
