package fr.carnet.server.cli.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.carnet.server.cli.CommandLineRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before any part of the server is started. */
class RecordCommandTest {

    private static final String ALICE = "urn:oid:1.2.250.1.213.1.4.10|284057505601204";

    @TempDir
    private Path folder;

    private String patient(String line) throws IOException {
        return Files.writeString(folder.resolve("patient.txt"), line).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "alice", "284057505601205", "urn:oid:1.2.3|284057505601204", ALICE + "\n" + ALICE})
    void whatIsNoMatriculeIsRefusedAndNotRepeated(String line) throws IOException {
        for (String[] command : new String[][] {
            {"record", "destroy", patient(line)},
            {
                "record",
                "export",
                patient(line),
                "--out",
                folder.resolve("copy.zip").toString()
            }
        }) {
            CommandLineRun run = CommandLineRun.of(command);
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).contains("ne contient pas un matricule").doesNotContain("2840575");
        }
    }

    @Test
    void aFileThatIsThereIsKept() throws IOException {
        Path there = Files.writeString(folder.resolve("copy.zip"), "of yesterday");
        CommandLineRun run = CommandLineRun.of("record", "export", patient(ALICE), "--out", there.toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(there + " existe déjà");
        assertThat(there).hasContent("of yesterday");
    }

    @Test
    void aCopyIsWholeOrNotThere() {
        Path path = folder.resolve("copy.zip");
        var copy = new CopyFile(path);
        assertThatThrownBy(() -> copy.fill(out -> {
                    out.write(1);
                    throw new IOException("the disk is full");
                }))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(path).doesNotExist();
        copy.fill(out -> out.write("whole".getBytes(StandardCharsets.UTF_8)));
        assertThat(path).hasContent("whole");
        assertThatThrownBy(() -> copy.fill(out -> out.write(1))).isInstanceOf(UncheckedIOException.class);
        assertThat(path).hasContent("whole");
    }

    @Test
    void aPatientThatIsNoFileIsAFailure() {
        assertThat(CommandLineRun.of(
                                "record", "destroy", folder.resolve("absent").toString())
                        .code())
                .isEqualTo(1);
    }

    @Test
    void helpSaysWhereTheMatriculeComesFromInBothLanguages() {
        assertThat(CommandLineRun.of("record").err()).contains("« export » ou « destroy »");
        assertThat(CommandLineRun.of("record", "export", "--help").out()).contains("entrée standard", "--out");
        assertThat(CommandLineRun.apart(Map.of("CARNET_LANG", "en"), "record", "destroy", "--help")
                        .out())
                .contains("standard input", "--execute", "R22");
    }
}
