package fr.carnet.server.cli.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.server.cli.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixCommandTest {

    private static final Path BUILT_IN = Path.of("src", "main", "resources", "habilitation", "matrix.tsv");

    @TempDir
    private Path folder;

    private CommandLineRun run(String command, List<String> lines) throws IOException {
        Path file = Files.write(folder.resolve("matrix.tsv"), lines);
        return CommandLineRun.of("matrix", command, file.toString());
    }

    /** The built-in matrix with one thing replaced in the lines that begin like that. */
    private static List<String> with(String beginning, String old, String replacement) throws IOException {
        List<String> changed = Files.readAllLines(BUILT_IN).stream()
                .map(line -> line.startsWith(beginning) ? line.replaceFirst(old, replacement) : line)
                .collect(Collectors.toList());
        assertThat(changed).isNotEqualTo(Files.readAllLines(BUILT_IN));
        return changed;
    }

    @Test
    void oneRowAndOneColumnAreShown() {
        CommandLineRun cell = CommandLineRun.of("matrix", "show", "--type", "11488-4", "--actor", "10");
        assertThat(cell.code()).isZero();
        assertThat(cell.out().lines().skip(1)).containsExactly("type\t10", "11488-4\tRW");
        assertThat(CommandLineRun.of("matrix", "show", "--actor", "60").out().lines())
                .hasSizeGreaterThan(100);
        assertThat(CommandLineRun.of("matrix", "show", "--type", "nichts").err())
                .contains("nichts");
        assertThat(CommandLineRun.of("matrix", "show", "--actor", "nemo").code())
                .isEqualTo(2);
        assertThat(CommandLineRun.of("matrix").err()).contains("« show », « diff » ou « check »");
    }

    @Test
    void builtInMatrixFitsAndIsEqualToItself() throws IOException {
        List<String> lines = Files.readAllLines(BUILT_IN);
        assertThat(run("check", lines).code()).isZero();
        assertThat(run("diff", lines).code()).isZero();
    }

    @Test
    void differencesAreToldCellByCell() throws IOException {
        CommandLineRun diff = run("diff", with("11488-4\t", "\tRW\t", "\tR\t"));
        assertThat(diff.code()).isEqualTo(1);
        assertThat(diff.out().lines()).containsExactly("11488-4, acteur 10 : RW → R", "1 cellule(s) diffèrent.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            11488-4 | \\tRW\\t | \\tX\\t | cellule de 11488-4 10
            11488-4 | ^11488-4 | 99999-9 | le type 99999-9 n'est pas
            11488-4 | \\tRW\\t | \\t | le nombre de cellules de 11488-4
            class/other | \\tR\\t | \\tRW\\t | serait alimenté : class/other 10
            class/other | class/other | class/99 | il manque la ligne class/other
            type | \\t21\\t | \\t10\\t | l'acteur 10 a deux colonnes
            type | \\t21\\t | \\t777\\t | l'acteur 777 est inconnu
            type | \\t21\\t | \\t10\\t | il manque la colonne de l'acteur 21
            "# version" | version | edition | l'en-tête « # version » manque
            AUTORIS-SOINS | \\tRW\\t | \\tW\\t | contredit la source qui la confirme : AUTORIS-SOINS 10
            """)
    void everyFaultIsNamedWithItsLine(String beginning, String old, String replacement, String sentence)
            throws IOException {
        List<String> lines = with(beginning, old, replacement.replace("\\t", "\t"));
        int line = 1;
        while (Files.readAllLines(BUILT_IN).get(line - 1).equals(lines.get(line - 1))) {
            line++;
        }
        CommandLineRun check = run("check", lines);
        assertThat(check.code()).isEqualTo(1);
        assertThat(check.out()).contains(sentence);
        if (!sentence.contains("manque la ligne") && !sentence.contains("en-tête")) {
            assertThat(check.out()).contains("Ligne " + line + " : ");
        }
        assertThat(run("diff", lines).code()).isEqualTo(1);
    }

    @Test
    void twoRowsOfATypeAndEmptyFilesAreFaults() throws IOException {
        List<String> lines = Files.readAllLines(BUILT_IN);
        String last = lines.get(lines.size() - 1);
        lines.add(last);
        assertThat(run("check", lines).out()).contains("Ligne " + lines.size() + " : ", "deux lignes");
        assertThat(run("check", List.of()).out()).contains("aucune colonne");
        CommandLineRun absent =
                CommandLineRun.of("matrix", "check", folder.resolve("absent").toString());
        assertThat(absent.code()).isEqualTo(1);
        assertThat(absent.err()).contains("absent");
    }
}
