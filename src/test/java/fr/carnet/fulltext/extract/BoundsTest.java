package fr.carnet.fulltext.extract;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.fulltext.extract.Extraction.None;
import fr.carnet.fulltext.extract.Extraction.Reason;
import fr.carnet.fulltext.extract.Extraction.Text;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is kept of a document that is longer than its bounds. */
class BoundsTest {

    private static final Duration TIME = Duration.ofSeconds(20);

    private static Text read(Bounds bounds, String mediaType, byte[] content) {
        return (Text) new DocumentReader(bounds).read(mediaType, content);
    }

    @Test
    void firstPagesAreKept() {
        byte[] three = Documents.pdf("un", "deux", "trois");
        assertThat(pages(2, three)).isEqualTo(new Text("", "un\ndeux", true));
        assertThat(pages(3, three)).isEqualTo(new Text("", "un\ndeux\ntrois", false));
    }

    /** By a worker: how PDFBox is set up there holds for a whole process. */
    private static Extraction pages(int pages, byte[] pdf) {
        ExtractionSettings settings = Settings.bounded(1000, pages);
        try (WorkerPool pool = new WorkerPool(settings, WorkerCommand.ofThisProgram(settings))) {
            return pool.extract("application/pdf", pdf);
        }
    }

    @Test
    void firstCharactersAndLabelsAreKept() {
        byte[] cda = Documents.structured("abcdefghij klm", "<entry><code displayName='trop long'/></entry>");
        assertThat(read(new Bounds(12, 60, 1, TIME), "text/xml", cda).body()).isEqualTo("abcdefghij k");
        Text few = read(new Bounds(1000, 30, 1, TIME), "text/xml", cda);
        assertThat(few.labels()).isEqualTo("Synthèse médicale\nColoscopie");
        assertThat(few.cut()).isTrue();
    }

    @Test
    void halfACharacterIsNotKept() {
        assertThat(read(new Bounds(2, 2, 1, TIME), "text/plain", Documents.bytes("a\uD83D\uDE00b")))
                .isEqualTo(new Text("", "a", true));
    }

    @Test
    void whatIsReadOfSomebodyWhenABoundIsReachedIsLeftOut() {
        String resources = """
                {"resourceType": "Bundle", "entry": [
                  {"resource": {"resourceType": "Composition", "title": "Lettre", "text": {"div": "<div>vu</div>"}}},
                  {"resource": {"text": {"div": "<div>PATIENTNAME PATIENTNAME</div>"}, "resourceType": "Patient"}}]}
                """;
        assertThat(read(new Bounds(20, 20, 1, TIME), "application/fhir+json", Documents.bytes(resources)))
                .isEqualTo(new Text("Lettre", "vu", true));
    }

    @Test
    void documentOfWhichNothingCouldBeReadInTimeIsTooSlow() {
        assertThat(new DocumentReader(new Bounds(100, 10, 1, Duration.ZERO))
                        .read("text/plain", Documents.bytes("\u0001")))
                .isEqualTo(new None(Reason.TOO_SLOW));
    }
}
