package fr.carnet.policy;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.carnet.policy.HabilitationMatrix.Cell;
import fr.carnet.shared.ActorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HabilitationMatrixTest {

    private static final HabilitationMatrix MATRIX = HabilitationMatrix.load();
    private static final ActorCode PHYSICIAN = new ActorCode("10");
    private static final ActorCode NURSE = new ActorCode("60");
    private static final String ACTORS = "actor\tlabel_fr\n10\tMédecin\n60\tInfirmier\n";
    private static final String TYPES = "code\tdisplay_fr\nSYNTH\tSynthèse\n";
    private static final String GRADES = "actor\ttype\tread\tsource\n10\tSYNTH\tY\tan order\n";
    private static final String HEAD = "# version\t1\n# source\ttest\ntype\tlabel_fr\t10\t60\n";
    private static final String OTHER = "class/other\tother\tR\t-\n";

    /** A change of rights is a readable diff: replace the approved text by the received one after a lawyer read it. */
    @Test
    void wholeMatrixIsApproved() throws IOException {
        String received = print(MATRIX);
        String approved;
        try (InputStream in = getClass().getResourceAsStream("/policy/habilitation-matrix.approved.txt")) {
            approved = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        if (!received.equals(approved)) {
            Files.writeString(Path.of("target", "habilitation-matrix.received.txt"), received);
        }

        assertThat(received.lines().toList()).isEqualTo(approved.lines().toList());
    }

    @Test
    void everyTypeOfTheDmpHasARowButTheSignature() throws IOException {
        Path facts = Path.of("..", "shared", "facts", "typeCode_dmp.tsv");
        assumeTrue(Files.exists(facts), "shared reference absent");
        List<String> types = Files.readAllLines(facts).stream()
                .skip(1)
                .map(line -> line.split("\t", 2)[0])
                .toList();

        assertThat(types.stream().filter(type -> !MATRIX.knows(type))).containsExactly("E1762");
        assertThat(MATRIX.rows().stream().filter(row -> !row.startsWith("class/")))
                .isSubsetOf(types);
    }

    @Test
    void rulesBookCountsHold() {
        assertThat(MATRIX.rows()).hasSize(107 + 11 + 1);
        assertThat(MATRIX.actors()).hasSize(64);
        long confirmed = MATRIX.actors().stream()
                .flatMap(actor -> MATRIX.rows().stream().filter(row -> MATRIX.isConfirmed(actor, row)))
                .count();
        assertThat(confirmed).isEqualTo(304);
        assertThat(MATRIX.version()).isNotBlank();
        assertThat(MATRIX.source()).contains("26 octobre 2023");
    }

    @ParameterizedTest
    @CsvSource({
        "SYNTH,11,SYNTH",
        "SYNTH,99,SYNTH",
        "99999-9,10,class/10",
        "99999-9,99,class/other",
        "E1762,urn:oid:1.3.6.1.4.1.19376.1.2.1.1.1,class/other",
        "class/10,11,class/11",
        "class/10,other,class/other"
    })
    void unknownTypeFallsBackOnItsClass(String type, String classCode, String row) {
        assertThat(MATRIX.rowOf(type, classCode)).isEqualTo(row);
    }

    @Test
    void physicianReadsEverythingButTheResidenceCertificate() {
        assertThat(MATRIX.rows().stream()
                        .filter(row -> !MATRIX.cell(PHYSICIAN, row).reads()))
                .containsExactly("ATTEST-RESID");
        assertThat(MATRIX.readableTypes(PHYSICIAN)).hasSize(118).contains("class/10", "class/other");
    }

    @Test
    void unknownActorHasNoRight() {
        ActorCode unknown = new ActorCode("R85:999");

        assertThat(MATRIX.readsAnything(unknown)).isFalse();
        assertThat(MATRIX.feedsAnything(unknown)).isFalse();
        assertThat(MATRIX.readableTypes(unknown)).isEmpty();
        assertThat(MATRIX.mayRead(unknown, "SYNTH", "11")).isFalse();
    }

    @Test
    void columnsOfFunctionsCountOnlyInService() {
        HabilitationMatrix deployed = MATRIX.withoutFunctions();
        List<String> functions = MATRIX.actors().stream()
                .filter(actor -> !deployed.actors().contains(actor))
                .map(ActorCode::code)
                .toList();

        assertThat(functions)
                .containsExactlyInAnyOrder(
                        "R22:GENR08", "R22:GENR09", "R22:GENR10", "R22:GENR11", "R22:GENR12", "R94:41");
        assertThat(deployed.readableTypes(NURSE)).isEqualTo(MATRIX.readableTypes(NURSE));
    }

    @Test
    void smallTableIsRead() {
        HabilitationMatrix small =
                tables(HEAD + "SYNTH\tSynthèse\tRW\tW\n" + OTHER).matrix();

        assertThat(small.mayRead(PHYSICIAN, "SYNTH", "11")).isTrue();
        assertThat(small.mayFeed(NURSE, "SYNTH", "11")).isTrue();
        assertThat(small.mayRead(NURSE, "SYNTH", "11")).isFalse();
        assertThat(small.mayRead(PHYSICIAN, "X", "11")).isTrue();
        assertThat(small.mayFeed(PHYSICIAN, "X", "11")).isFalse();
        assertThat(small.isConfirmed(PHYSICIAN, "SYNTH")).isTrue();
        assertThat(small.isConfirmed(NURSE, "SYNTH")).isFalse();
        assertThat(small.version()).isEqualTo("1");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "SYNTH;S;X;W | row SYNTH: cell is none of R, W, RW, -",
                "SYNTH;S;RW | row SYNTH: 3 cells",
                "SYNTH;S;W;W | cell contradicts its source: 10 SYNTH",
                "OTHERTYPE;S;R;R | row OTHERTYPE: no type of the value set",
                "class/10;S;RW;- | row class/10: an unknown type is never fed (R33)"
            })
    void tableThatDoesNotFitIsRefused(String row, String complaint) {
        HabilitationTables tables = tables(HEAD + row.replace(';', '\t') + "\n" + OTHER);

        assertThatThrownBy(tables::matrix)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("habilitation matrix: " + complaint);
    }

    @Test
    void tablesThatDisagreeAreRefused() {
        String row = "SYNTH\tS\tR\tR\n";

        refuses(tables(HEAD + row), "the row class/other is missing");
        refuses(tables(HEAD + row + row + OTHER), "a type has two rows");
        refuses(tables(HEAD.replace("\t60", "\t10") + row + OTHER), "an actor has two columns");
        refuses(tables(HEAD.replace("\t60", "\t70") + row + OTHER), "columns and table of actors differ");
        refuses(tables(HEAD.replace("# version", "# edition") + row + OTHER), "no version");
        refuses(
                new HabilitationTables(HEAD + row + OTHER, ACTORS, TYPES, GRADES + "70\tSYNTH\tY\tx\n"),
                "grade of a cell that does not exist: 70 SYNTH");
    }

    private static void refuses(HabilitationTables tables, String complaint) {
        assertThatThrownBy(tables::matrix).hasMessage("habilitation matrix: " + complaint);
    }

    private static HabilitationTables tables(String grid) {
        return new HabilitationTables(grid, ACTORS, TYPES, GRADES);
    }

    /** One block per actor, one line per row: the cell, and whether its reading is confirmed or reconstructed. */
    private static String print(HabilitationMatrix matrix) {
        String head = "version " + matrix.version() + "\nsource " + matrix.source()
                + "\nrows " + String.join(" ", matrix.rows())
                + "\nA row that an actor's block leaves out is a reconstructed cell that grants nothing."
                + "\nConfirmed: a source says whether the cell reads; feeding is reconstructed throughout.\n";
        return head
                + matrix.actors().stream()
                        .map(actor -> "\n" + actor.code() + "\n"
                                + matrix.rows().stream()
                                        .filter(row ->
                                                matrix.cell(actor, row) != Cell.NONE || matrix.isConfirmed(actor, row))
                                        .map(row -> line(matrix, actor, row))
                                        .collect(joining()))
                        .collect(joining());
    }

    private static String line(HabilitationMatrix matrix, ActorCode actor, String row) {
        String grade = matrix.isConfirmed(actor, row) ? "confirmed" : "reconstructed";
        return String.format("  %-18s %-2s %s%n", row, matrix.cell(actor, row).text(), grade);
    }
}
