package fr.carnet.trace.export;

import ca.uhn.fhir.context.FhirContext;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.Texts;
import fr.carnet.trace.TraceReader;
import fr.carnet.trace.TraceView;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Writes the traces that a viewer is shown, newest first, row after row as the database gives them. */
public final class TraceExport {

    /** Tells a spreadsheet that what follows is UTF-8. */
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private static final String FORMULA = "=+-@\t\r";
    private static final CSVFormat CSV =
            CSVFormat.RFC4180.builder().setDelimiter(';').build();

    private final TraceReader reader;
    private final FhirContext fhir;
    private final Function<ActorCode, Optional<String>> professions;
    private final TracePages pages = new TracePages();

    /**
     * @param reader of the traces
     * @param fhir to write events
     * @param professions French label of a profession
     */
    public TraceExport(TraceReader reader, FhirContext fhir, Function<ActorCode, Optional<String>> professions) {
        this.reader = reader;
        this.fhir = fhir;
        this.professions = professions;
    }

    /**
     * A table for a spreadsheet: UTF-8, semicolons, one line per trace. A cell that a spreadsheet would calculate is
     * preceded by an apostrophe.
     *
     * @throws IOException if it cannot be written
     */
    public void csv(TraceView view, Texts texts, OutputStream out) throws IOException {
        TraceWords words = new TraceWords(texts, professions);
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        writer.write(BYTE_ORDER_MARK);
        CSVPrinter printer = new CSVPrinter(writer, CSV);
        printer.printRecord(words.headings());
        reader.forEach(view, (entry, titles) -> {
            try {
                printer.printRecord(words.cells(entry, titles).stream()
                        .map(TraceExport::harmless)
                        .toList());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        printer.flush();
    }

    private static String harmless(String cell) {
        return !cell.isEmpty() && FORMULA.indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
    }

    /**
     * Pages to read or to print; the newest traces, as many as {@link TracePages#MOST}.
     *
     * @throws IOException if it cannot be written
     */
    public void pdf(TraceView view, Texts texts, OutputStream out) throws IOException {
        TraceWords words = new TraceWords(texts, professions);
        pages.write(reader.newest(view, TracePages.MOST), words, out);
    }

    /**
     * One {@code AuditEvent} per line.
     *
     * @throws IOException if it cannot be written
     */
    public void events(TraceView view, OutputStream out) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        var parser = fhir.newJsonParser();
        reader.forEachEvent(view, professions, event -> {
            try {
                writer.write(parser.encodeResourceToString(event));
                writer.write('\n');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        writer.flush();
    }
}
