package fr.carnet.server.cli.tour;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.server.cli.CommandLineRun;
import fr.carnet.server.cli.FakeSandbox;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
                .contains("dr-martin dépose la synthèse dans le dossier de la patiente, alice")
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
        assertThat(sandbox.documents()).isEqualTo(2);
    }

    @Test
    void synthesisOfAFolderIsPlayedInTheRecordOfItsPatientHoweverOften(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("a-discharge.xml"), cda("discharge"));
        Files.writeString(folder.resolve("b-synthesis.xml"), ofDominique(cda("vsm")));
        CommandLineRun run = tour(folder);
        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .contains("Document de la visite : b-synthesis.xml, dans le dossier de dominique")
                .contains("dominique masque la synthèse", "dominique bloque dr-blocked", "403 R44 « Refus. »")
                .doesNotContain("✗", "279035121518989");
        assertThat(tour(folder).code()).isZero();
        assertThat(sandbox.documents()).isEqualTo(1);
        assertThat(sandbox.masked()).isZero();
        // alice's, from the first day
        assertThat(sandbox.blocksInForce()).isEqualTo(1);
        assertThat(sandbox.consentsInForce()).isEqualTo(1);
    }

    @Test
    void documentThatIsNoSynthesisIsCalledADocument(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("discharge.xml"), cda("discharge"));
        CommandLineRun run = tour(folder);
        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("discharge.xml, dans le dossier de alice", "alice masque le document");
    }

    @Test
    void folderWithoutADocumentThatFitsIsRefused(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("traits.xml"), cda("vsm").replace(">MOREAU<", ">MOREL<"));
        Files.writeString(folder.resolve("nobody.xml"), cda("vsm").replace("284057505601204", "145091305506492"));
        Files.writeString(folder.resolve("page.xml"), "<html/>");
        CommandLineRun run = tour(folder);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("aucun document du dossier indiqué par --dir ne se prête à la visite");
        assertThat(tour(folder.resolve("none")).err()).contains("n'existe pas");
        assertThat(sandbox.documents()).isZero();
    }

    @Test
    void shownMaskedDocumentEndsTheTour() {
        sandbox.ignoreMasks();
        CommandLineRun run = tour();
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .contains("✗", "attendu : 200 sans le document urn:oid:2.25.", "Visite interrompue")
                .doesNotContain("bris de glace");
        assertThat(sandbox.masked()).isZero();
        assertThat(sandbox.consentsInForce()).isEqualTo(1);
    }

    private CommandLineRun tour(Path folder) {
        return CommandLineRun.of("tour", "--base", sandbox.base(), "--dir", folder.toString());
    }

    private static String cda(String name) throws IOException {
        try (InputStream in = TourCommandTest.class.getResourceAsStream("/cda/" + name + ".xml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String ofDominique(String cda) {
        return cda.replace("284057505601204", "279035121518989")
                .replace(">MOREAU<", ">PAT-TROIS<")
                .replace(">ALICE JEANNE<", ">DOMINIQUE MARIE-LOUISE<")
                .replace(">ALICE<", ">DOMINIQUE<")
                .replace("19840517", "19790328")
                .replace("75056", "51215");
    }

    private CommandLineRun tour() {
        return CommandLineRun.of("tour", "--base", sandbox.base());
    }
}
