package fr.carnet.server.cli.tour;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.server.cli.CommandLineRun;
import fr.carnet.server.cli.FakeSandbox;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TourCommandTest {

    private FakeSandbox sandbox;

    @BeforeEach
    void start() throws IOException {
        sandbox = new FakeSandbox();
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void everyStepIsTold() {
        CommandLineRun run = tour();
        assertThat(run.code()).as(run.out()).isZero();
        assertThat(run.out())
                .contains("dr-martin dépose la synthèse médicale d'alice")
                .contains("403 R36 « Refus. »", "403 R44 « Refus. »", "chaque réponse est celle qui était attendue")
                .doesNotContain("✗", "284057505601204");
    }

    @Test
    void tourCanBeRepeatedOnTheSameData() {
        assertThat(tour().code()).isZero();
        // the treating physician's declaration stays, the others are ended
        assertThat(sandbox.consentsInForce()).isEqualTo(1);
        assertThat(sandbox.masked()).isZero();
        assertThat(tour().code()).isZero();
        assertThat(sandbox.published()).isEqualTo(6);
    }

    @Test
    void shownMaskedDocumentEndsTheTour() {
        sandbox.ignoreMasks();
        CommandLineRun run = tour();
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .contains("✗", "attendu : 200 sans le document 2.25.", "Visite interrompue")
                .doesNotContain("bris de glace");
        assertThat(sandbox.masked()).isZero();
        assertThat(sandbox.consentsInForce()).isEqualTo(1);
    }

    private CommandLineRun tour() {
        return CommandLineRun.of("tour", "--base", sandbox.base());
    }
}
