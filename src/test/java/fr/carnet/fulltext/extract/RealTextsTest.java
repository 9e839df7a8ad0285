package fr.carnet.fulltext.extract;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.fulltext.extract.Extraction.Text;
import fr.carnet.validation.CdaHeader;
import fr.carnet.validation.UnreadableCda;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The agency's published examples: each has a text that a person would know it by. Skipped where they are absent. */
class RealTextsTest {

    private static final Path FOLDER = Path.of("..", "shared", "realdata", "cda");

    @BeforeAll
    static void referenceMaterial() {
        Assumptions.assumeTrue(Files.exists(Path.of("..", "shared", "README.md")), "no reference material");
    }

    @Test
    void eachHasATextWithoutTheNumberOfItsPatient() throws IOException, UnreadableCda {
        Map<String, Text> texts = new TreeMap<>();
        ExtractionSettings settings = Settings.usual();
        try (WorkerPool pool = new WorkerPool(settings, WorkerCommand.ofThisProgram(settings))) {
            for (Path file : files()) {
                byte[] content = Files.readAllBytes(file);
                Extraction extraction = pool.extract("text/xml", content);
                assertThat(extraction).as(file.toString()).isInstanceOf(Text.class);
                Text text = (Text) extraction;
                texts.put(file.getFileName().toString(), text);
                System.out.println(file.getFileName() + " " + text + " " + CdaHeader.read(content));
            }
        }
        assertThat(texts).hasSize(24);
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }
}
