package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page of settings is that of the records, and says what each setting means. */
class ConfigurationTest {

    @Test
    void pageShowsTheSettings() throws IOException {
        String made = ConfigurationPage.make();
        Path page = Path.of("docs", "configuration.md");
        Path received = Files.writeString(Path.of("target", "configuration.received.md"), made);

        assertThat(Files.exists(page) ? Files.readString(page) : "")
                .as("docs/configuration.md, see %s", received)
                .isEqualTo(made);
    }

    @Test
    void everySettingHasAMeaningAndThoseOfListsAreThere() throws IOException {
        List<String> settings = ConfigurationPage.make()
                .lines()
                .filter(line -> line.startsWith("| `carnet."))
                .toList();

        assertThat(settings).hasSizeGreaterThan(80).noneMatch(line -> line.endsWith("|  |"));
        assertThat(settings)
                .anyMatch(line -> line.startsWith("| `carnet.issuers[0].jwks-uri` | `CARNET_ISSUERS_0_JWKSURI` |"))
                .anyMatch(line -> line.startsWith("| `carnet.database.pool-size` | `CARNET_DATABASE_POOLSIZE` |"));
    }
}
