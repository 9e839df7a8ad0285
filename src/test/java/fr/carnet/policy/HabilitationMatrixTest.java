package fr.carnet.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.carnet.shared.ActorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
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

    /** A change of rights is a readable diff: copy the received page over the page after a lawyer read it. */
    @Test
    void wholeMatrixIsApproved() throws IOException {
        List<String> received = new HabilitationPage(HabilitationTables.ofRelease()).lines();
        Path page = Path.of("docs", "habilitations.md");
        List<String> published = Files.exists(page) ? Files.readAllLines(page) : List.of();
        if (!received.equals(published)) {
            Files.write(Path.of("target", "habilitations.received.md"), received);
        }

        assertThat(published)
                .as("docs/habilitations.md, see target/habilitations.received.md")
                .isEqualTo(received);
    }

    /** What the reviewer of a changed cell sees: one line of the table, one line of the page. */
    @Test
    void oneChangedCellIsOneChangedLine() {
        HabilitationTables tables = HabilitationTables.ofRelease();
        String row = tables.grid()
                .lines()
                .filter(line -> line.startsWith("93024-8\t"))
                .findFirst()
                .orElseThrow();
        String changed = row.replaceFirst("\tRW\t", "\tR\t");
        HabilitationTables reviewed = new HabilitationTables(
                tables.grid().replace(row, changed), tables.actors(), tables.types(), tables.grades());
        List<String> before = new HabilitationPage(tables).lines();
        List<String> after = new HabilitationPage(reviewed).lines();

        assertThat(after).hasSameSizeAs(before);
        assertThat(IntStream.range(0, after.size())
                        .filter(i -> !after.get(i).equals(before.get(i)))
                        .mapToObj(after::get))
                .singleElement()
                .asString()
                .isEqualTo("| 21 | 93024-8 | CR de consultation pharmaceutique | lit |  |");
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
}
