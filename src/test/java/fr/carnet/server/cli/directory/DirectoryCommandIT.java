package fr.carnet.server.cli.directory;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.server.ProductionDatabase;
import fr.carnet.server.cli.CommandLineRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands with the configuration of a production server, on a database of their own. */
class DirectoryCommandIT {

    private static final String HEADER = "Identification nationale PP|Nom d'exercice|Prénom d'exercice|Code profession"
            + "|Code catégorie professionnelle|Code savoir-faire|Numéro SIRET site|Numéro SIREN site|Numéro FINESS site"
            + "|Numéro FINESS établissement juridique|Ancien identifiant de la structure|Code secteur d'activité"
            + "|Code section tableau pharmaciens";
    private static final String SOMEBODY = "899700900001|Sondeur|Élise|10|C|SM54|||||399999001300016|SA07|";

    @TempDir
    private Path folder;

    private static CommandLineRun run(String name, List<String> settings, String... command) {
        List<String> line = new ArrayList<>(List.of(name));
        line.addAll(List.of(command));
        line.addAll(settings);
        return CommandLineRun.of(line.toArray(String[]::new));
    }

    @Test
    void extractIsLoadedAndWhatIsLoadedIsTold() throws IOException {
        Path extract = Files.writeString(
                folder.resolve("PS_LibreAcces_Personne_activite_202611200842.txt"),
                HEADER + "\n" + (SOMEBODY + "\n").repeat(150) + "cassée\n");
        Path list = Files.writeString(folder.resolve("structures.txt"), "idNat_Struct|Nom\n1990000010|H\n");
        try (ProductionDatabase postgres = new ProductionDatabase()) {
            String database = postgres.create();
            assertThat(run("migrate", postgres.owning(database), "--apply").code())
                    .isZero();
            List<String> settings = new ArrayList<>(postgres.serving(database));
            settings.addAll(ProductionDatabase.server(folder));

            CommandLineRun loaded = run("directory", settings, "load", extract.toString());
            assertThat(loaded.err()).isEmpty();
            assertThat(loaded.code()).isZero();
            assertThat(loaded.out())
                    .contains("151 lignes, 1 inscrits, au 2026-11-20T07:42:00Z", "1 lignes inutilisables", "[152]")
                    .doesNotContain("Sondeur", "Élise", "899700900001");

            CommandLineRun declared =
                    run("directory", settings, "structures", list.toString(), "--as-of", "2026-11-20");
            assertThat(declared.code()).isZero();

            CommandLineRun status = run("directory", settings, "status");
            assertThat(status.code()).isZero();
            assertThat(status.out()).contains("PROFESSIONALS : au 2026-11-20", "STRUCTURES : au 2026-11-19T23:00:00Z");
        }
    }

    @Test
    void whatCannotBeLoadedIsRefusedBeforeAnythingStarts() throws IOException {
        Path file = Files.write(folder.resolve("x.txt"), HEADER.getBytes(StandardCharsets.UTF_8));

        assertThat(CommandLineRun.of("directory").err()).contains("load", "structures", "status");
        assertThat(CommandLineRun.of("directory", "load", "absent.txt").code()).isEqualTo(1);
        assertThat(CommandLineRun.of("directory", "load", file.toString(), "--as-of", "hier")
                        .err())
                .contains("--as-of attend un jour");
        assertThat(CommandLineRun.of("directory", "load", file.toString(), "--charset", "utf-99")
                        .code())
                .isEqualTo(2);
        assertThat(CommandLineRun.of("directory", "load", file.toString(), "bac")
                        .err())
                .contains("bac");
        assertThat(CommandLineRun.of("directory", "load", "--help").out())
                .contains("FICHIER", "Tout ou rien", "--accept-fewer");
    }
}
