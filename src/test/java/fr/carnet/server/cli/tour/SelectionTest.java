package fr.carnet.server.cli.tour;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.policy.HabilitationMatrix;
import fr.carnet.server.cli.tour.Selection.Chosen;
import fr.carnet.validation.CodeTables;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectionTest {

    private static final Path REAL = Path.of("..", "shared", "realdata", "cda");

    @TempDir
    private Path folder;

    @Test
    void synthesisGoesBeforeOtherDocuments() throws IOException {
        put("a.xml", cda("discharge"));
        put("b.xml", cda("vsm"));
        put("c.xml", cda("vsm").replace("1.2.250.1.999.1.1\"", "1.2.250.1.999.1.9\""));
        assertThat(chosen()).map(Chosen::name).contains("b.xml");
    }

    @Test
    void firstDocumentThatFitsStandsInForAMissingSynthesis() throws IOException {
        put("a.xml", cda("vsm").replace(">ALICE<", ">ALIX<"));
        put("b.xml", cda("discharge"));
        Chosen chosen = chosen().orElseThrow();
        assertThat(chosen.name()).isEqualTo("b.xml");
        assertThat(chosen.holder()).isEqualTo(Holder.ALICE);
        assertThat(chosen.document().id().value()).isEqualTo("urn:oid:1.2.250.1.999.1.2");
        assertThat(chosen.document().content()).isEqualTo(Files.readAllBytes(folder.resolve("b.xml")));
    }

    @Test
    void typeThatNurseOrPharmacistMayNotReadDoesNotFit() throws IOException {
        put("psychiatric.xml", cda("discharge").replace("\"11490-0\"", "\"68599-0\""));
        assertThat(chosen()).isEmpty();
    }

    @Test
    void whatAServerWouldRefuseDoesNotFit() throws IOException {
        put("key.xml", cda("vsm").replace("284057505601204", "284057505601205"));
        put("nobody.xml", cda("vsm").replace("284057505601204", "145091305506492"));
        put("incomplete.xml", cda("vsm").replaceAll("<code code=\"SA07\"[^>]*>", ""));
        put("page.xml", "<html/>");
        assertThat(chosen()).isEmpty();
    }

    @Test
    void sameFileMakesTheSameLot() throws IOException {
        put("vsm.xml", cda("vsm"));
        assertThat(chosen().orElseThrow().document().lot())
                .usingComparator((a, b) -> a.equalsDeep(b) ? 0 : 1)
                .isEqualTo(chosen().orElseThrow().document().lot());
    }

    @Test
    void realFolderHasASynthesis() throws IOException {
        Assumptions.assumeTrue(Files.exists(REAL), "no reference material");
        Chosen chosen = select(REAL).orElseThrow();
        assertThat(chosen.name()).isEqualTo("VSM_1.4_2022.01.xml");
        assertThat(chosen.holder()).isEqualTo(Holder.DOMINIQUE);
    }

    private void put(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    private Optional<Chosen> chosen() throws IOException {
        return select(folder);
    }

    private static Optional<Chosen> select(Path folder) throws IOException {
        Instant now = Instant.parse("2026-11-21T10:10:00Z");
        return new Selection(CodeTables.bundled(), HabilitationMatrix.load(), now).from(folder);
    }

    private static String cda(String name) throws IOException {
        try (InputStream in = SelectionTest.class.getResourceAsStream("/cda/" + name + ".xml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
