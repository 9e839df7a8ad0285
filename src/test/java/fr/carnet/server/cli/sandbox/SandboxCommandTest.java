package fr.carnet.server.cli.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.server.ServerProcess;
import fr.carnet.server.cli.CommandLineRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is refused is refused before anything is started or written. */
class SandboxCommandTest {

    @TempDir
    private Path folder;

    private CommandLineRun run(String... more) {
        List<String> line = new ArrayList<>(List.of("sandbox"));
        for (String option : List.of("--port", "--tls-port", "--management-port")) {
            if (!List.of(more).contains(option)) {
                line.addAll(List.of(option, Integer.toString(ServerProcess.freePort())));
            }
        }
        line.addAll(List.of(more));
        if (!List.of(more).contains("--data")) {
            line.addAll(List.of("--data", folder.resolve("home").toString()));
        }
        return CommandLineRun.of(line.toArray(String[]::new));
    }

    private void refuses(CommandLineRun run, String... sentence) {
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("Commande refusée").contains(sentence);
        assertThat(run.out()).doesNotContain("Démarrage");
        assertThat(folder.resolve("home")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "-1"})
    void whatIsNoPort(String number) {
        refuses(run("--tls-port", number), "entre 1 et 65535 : " + number);
    }

    @Test
    void aPortThatIsTaken() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String taken = Integer.toString(other.getLocalPort());
            refuses(run("--management-port", taken), taken, "déjà pris", "--management-port");
        }
    }

    @Test
    void portsThatAreTheSame() {
        String port = Integer.toString(ServerProcess.freePort());
        refuses(run("--port", port, "--tls-port", port), "doivent différer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--packages", "--schematrons"})
    void aFolderThatIsNotThere(String option) {
        refuses(run(option, folder.resolve("absent").toString()), option, "n'existe pas");
    }

    @Test
    void anUnknownOption() {
        refuses(run("--frsh"), "--frsh");
    }

    @Test
    void theFolderOfSomebodyElseIsNeitherUsedNorErased() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        Path file = Files.writeString(other.resolve("work.txt"), "mine");
        refuses(run("--data", other.toString()), other.toString(), "choisissez-en un autre");
        refuses(run("--data", other.toString(), "--fresh"), other.toString(), "il n'est pas effacé");
        assertThat(other).isDirectoryContaining(file::equals);
        assertThat(file).hasContent("mine");
    }

    @Test
    void aFileIsNoFolder() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        refuses(run("--data", file.toString()), "n'est pas un dossier");
    }

    @Test
    void aFolderOfItsOwnIsErasedOnlyWhenAsked() throws Exception {
        Home home = new Home(folder.resolve("home"));
        home.prepare(false);
        Path kept = Files.createFile(home.folder().resolve("kept"));
        home.prepare(false);
        assertThat(kept).exists();
        home.prepare(true);
        assertThat(kept).doesNotExist();
        assertThat(home.folder()).isDirectoryContaining("glob:**/.carnet-sandbox");
    }

    @Test
    void helpExplainsEveryOptionInBothLanguages() {
        CommandLineRun french = CommandLineRun.of("sandbox", "--help");
        CommandLineRun english = CommandLineRun.apart(Map.of("CARNET_LANG", "en"), "sandbox", "--help");
        assertThat(french.code()).isZero();
        assertThat(french.out())
                .contains("8080", "8443", "8081", ".carnet/sandbox", "schematrons.tsv", "visite guidée");
        assertThat(english.code()).isZero();
        assertThat(english.out()).contains("8080", "8443", "8081", ".carnet/sandbox", "schematrons.tsv", "guided tour");
    }
}
