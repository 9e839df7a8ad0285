package fr.carnet.server.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.server.cli.CommandLineRun;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServeCommandTest {

    @Test
    void aServerThatLacksSettingsSaysSoInItsOwnLogAndEnds() {
        CommandLineRun run = CommandLineRun.apart(Map.of(), "serve", "--server.port=0");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .contains("carnet.database.url", "carnet.public-base-url", "\"ecs\":")
                .doesNotContain("\tat ", "picocli");
        assertThat(run.err()).doesNotContain("\tat ");
    }

    @Test
    void whatIsNoSettingIsRefused() {
        CommandLineRun run = CommandLineRun.of("serve", "--spring.profiles.active=sandbox", "--fresh");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("« --fresh » n'est pas un réglage");
    }

    @Test
    void helpLeadsToTheSettings() {
        CommandLineRun run = CommandLineRun.of("serve", "--help");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("Démarre le serveur", "docs/configuration.md");
    }

    @Test
    void helpLeadsToTheSettingsInEnglish() {
        CommandLineRun run = CommandLineRun.apart(Map.of("CARNET_LANG", "en"), "serve", "--help");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("Starts the server", "docs/configuration.md");
    }
}
