package fr.carnet.document.overview;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.carnet.document.overview.Rubric.Side;
import fr.carnet.validation.CodeTables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of rubrics: every type has its place, one on each side. */
class RubricsTest {

    private static final Set<String> TYPES = Set.of("A", "B", "C");
    private static final List<String> FITTING = List.of(
            "emergency 0 FIRST Abord First A+B;C - I S",
            "professional 1 P1 Un One A B I S",
            "professional 2 P2 Deux Two - C I S",
            "professional 3 P3 Reste Rest - * I S",
            "holder 1 H1 Un One - A;B;C I S",
            "holder 2 H2 Reste Rest - * I S");

    private final Rubrics rubrics = Rubrics.bundled();

    private static Rubrics of(List<String> lines) {
        return Rubrics.of(
                lines.stream()
                        .map(line -> Arrays.stream(line.split(" "))
                                .map(cell -> cell.equals("-") ? "" : cell)
                                .toList())
                        .toList(),
                TYPES);
    }

    @ParameterizedTest
    @EnumSource(
            value = Side.class,
            names = {"PROFESSIONAL", "HOLDER"})
    void everyTypeOfTheDmpStandsInOneRubricOfEachSide(Side side) {
        List<String> types = rubrics.of(side).stream().flatMap(Rubric::types).toList();

        assertThat(types)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(CodeTables.bundled().dmpTypeCodes());
    }

    @Test
    void thereAreNineSpacesAndTenRubrics() {
        assertThat(rubrics.of(Side.PROFESSIONAL).stream().filter(rubric -> !rubric.last()))
                .hasSize(9);
        assertThat(rubrics.of(Side.HOLDER).stream().map(Rubric::code))
                .hasSize(12)
                .endsWith("AUTRES", "HISTORIQUE_SOINS", "HORS_RUBRIQUE");
    }

    /** The agency's example of a VSM has type SYNTH, its newer synthesis the one of LOINC: the newer of both is read first. */
    @Test
    void whatIsReadFirstInAnEmergencyHasItsOrder() {
        Rubric first = rubrics.of(Side.EMERGENCY).get(0);

        assertThat(first.rank("SYNTH")).isEqualTo(first.rank("60591-5")).isZero();
        assertThat(first.rank("74207-2")).isEqualTo(1);
        assertThat(first.rank("57833-6"))
                .isEqualTo(first.rank("60593-1"))
                .isGreaterThan(first.rank("EXPPAT_3"))
                .isGreaterThan(first.rank("DOCPAT08"));
        assertThat(first.types().collect(toSet())).doesNotContain("11488-4");
    }

    @Test
    void fittingTableIsRead() {
        Rubrics read = of(FITTING);

        assertThat(read.of(Side.PROFESSIONAL).stream().map(Rubric::code)).containsExactly("P1", "P2", "P3");
        Rubric first = read.of(Side.EMERGENCY).get(0);
        assertThat(List.of(first.rank("A"), first.rank("B"), first.rank("C"))).containsExactly(0, 0, 1);
    }

    @ParameterizedTest
    @CsvSource({
        "1, professional 1 P1 Un One - B I S, in no rubric: [A]",
        "1, professional 1 P1 Un One A B;C I S, in two rubrics: [C]",
        "1, professional 1 P1 Un One A B;D I S, type D is none of the value set",
        "0, emergency 0 FIRST Abord First D - I S, type D is none of the value set",
        "0, professional 0 P0 Zero Zero - * I S, one rubric is read first in an emergency",
        "2, professional 2 P1 Deux Two - C I S, two rubrics have one code",
        "2, professional 2 P2 Deux Two - * I S, in no rubric: [C]",
        "5, holder 0 H2 Zero Zero - - I S, one rubric takes every other type"
    })
    void tableThatDoesNotFitIsRefused(int line, String instead, String complaint) {
        List<String> lines = new ArrayList<>(FITTING);
        lines.set(line, instead);

        assertThatThrownBy(() -> of(lines))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(complaint);
    }
}
