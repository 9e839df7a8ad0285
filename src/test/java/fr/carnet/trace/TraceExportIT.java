package fr.carnet.trace;

import static fr.carnet.trace.Traces.BREAK_GLASS;
import static fr.carnet.trace.Traces.DOCTOR;
import static fr.carnet.trace.Traces.HOLDER;
import static fr.carnet.trace.Traces.NOON;
import static fr.carnet.trace.Traces.READ;
import static fr.carnet.trace.Traces.SEARCH;
import static fr.carnet.trace.Traces.entry;
import static fr.carnet.trace.Traces.in;
import static fr.carnet.trace.Traces.permitted;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import fr.carnet.shared.Texts;
import fr.carnet.trace.export.TraceExport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the holder takes with him of his traces, as a table, as pages and as events. */
class TraceExportIT {

    private static final Texts FRENCH = Texts.of(null);
    private static final TraceView VIEW = new TraceView(HOLDER, Optional.of("p1"));
    private static TraceDatabase database;
    private static TraceExport export;

    @BeforeAll
    static void start() throws Exception {
        database = new TraceDatabase();
        var store = new TraceStore(database.dsl());
        store.append(entry(NOON, DOCTOR, READ, permitted(1), "DocumentReference/7"));
        store.append(entry(NOON.plusSeconds(1), DOCTOR, READ, permitted(1), "DocumentReference/8"));
        store.append(in(
                BREAK_GLASS,
                entry(
                        NOON.plusSeconds(2),
                        DOCTOR,
                        SEARCH,
                        permitted(2),
                        "DocumentReference/8",
                        "DocumentReference/9")));
        for (int i = 0; i < 300; i++) {
            store.append(entry(NOON.minusSeconds(i + 1), DOCTOR, SEARCH, permitted(0)));
        }
        var titles = Map.of("DocumentReference/7", "Œdème à l’œil ; Łódź", "DocumentReference/9", "=HYPERLINK(\"x\")");
        var reader = new TraceReader(store, (view, references) -> titles, "https://dmp.example/fhir");
        export = new TraceExport(reader, FhirContext.forR4Cached(), role -> Optional.of("Médecin"));
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    private interface Form {
        void write(ByteArrayOutputStream out) throws IOException;
    }

    private static byte[] written(Form form) throws IOException {
        var out = new ByteArrayOutputStream();
        form.write(out);
        return out.toByteArray();
    }

    @Test
    void tableHasALineForEachTraceThatTheHolderIsShown() throws IOException {
        String csv = new String(written(out -> export.csv(VIEW, FRENCH, out)), StandardCharsets.UTF_8);

        assertThat(csv).startsWith("\uFEFF").doesNotContain("DocumentReference/8", "192.0.2.7", "DocumentReference?");
        List<CSVRecord> lines = CSVFormat.RFC4180
                .builder()
                .setDelimiter(';')
                .build()
                .parse(new StringReader(csv.substring(1)))
                .getRecords();
        assertThat(lines).hasSize(303);
        assertThat(lines.get(0).toList()).contains("Date et heure", "Qui", "Profession", "Structure", "Documents");
        assertThat(lines.get(1).toList())
                .containsExactly(
                        "21/11/2026 13:00:02",
                        "Claire MARTIN",
                        "Médecin",
                        "Cabinet du Port",
                        "Recherche de documents",
                        "'=HYPERLINK(\"x\")",
                        "Bris de glace",
                        "Permis");
        assertThat(lines.get(2).get(5)).isEqualTo("Œdème à l’œil ; Łódź");
    }

    @Test
    void noCellIsAFormula() throws IOException {
        String csv = new String(written(out -> export.csv(VIEW, FRENCH, out)), StandardCharsets.UTF_8);

        CSVFormat.RFC4180
                .builder()
                .setDelimiter(';')
                .build()
                .parse(new StringReader(csv.substring(1)))
                .forEach(line -> line.forEach(cell -> assertThat(cell).doesNotMatch("(?s)[=+\\-@\\t\\r].*")));
    }

    @Test
    void pagesAreReadableNumberedAndTagged() throws IOException {
        byte[] pdf = written(out -> export.pdf(VIEW, FRENCH, out));

        try (PDDocument document = Loader.loadPDF(pdf)) {
            String text = new PDFTextStripper().getText(document);
            int pages = document.getNumberOfPages();
            assertThat(pages).isGreaterThan(2);
            assertThat(text)
                    .contains(
                            "Qui a consulté mon dossier",
                            "Œdème à l’œil",
                            "Łódź",
                            "Médecin",
                            "1 / " + pages,
                            pages + " / " + pages)
                    .doesNotContain("DocumentReference/8");
            assertThat(document.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
            assertThat(document.getDocumentCatalog().getLanguage()).startsWith("fr");
        }
        assertThat(pdf.length).isLessThan(2_000_000);
    }

    @Test
    void eventsAreThoseOfASearch() throws IOException {
        String events = new String(written(out -> export.events(VIEW, out)), StandardCharsets.UTF_8);

        assertThat(events.lines()).hasSize(302).allMatch(line -> line.startsWith("{\"resourceType\":\"AuditEvent\""));
        assertThat(events).doesNotContain("DocumentReference/8");
    }
}
