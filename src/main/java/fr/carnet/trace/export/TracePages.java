package fr.carnet.trace.export;

import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import fr.carnet.trace.TraceReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;

/** Traces as pages of a PDF: tagged, numbered, in a font that knows every letter of Europe. */
final class TracePages {

    /** A PDF is made in memory: as many traces as fit; the table has them all. */
    static final int MOST = 2000;

    private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    private final Template template;

    TracePages() {
        try (InputStream in = TracePages.class.getResourceAsStream("/trace/pages.xhtml")) {
            template =
                    Mustache.compiler().escapeHTML(true).compile(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(TraceReader.Page page, TraceWords words, OutputStream out) throws IOException {
        List<List<String>> rows = page.entries().stream()
                .map(entry -> words.cells(entry, page.titles()))
                .toList();
        String html = template.execute(Map.of(
                "language", words.texts().say("trace.language"),
                "title", words.texts().say("trace.title"),
                "count", words.texts().say("trace.count", rows.size(), page.total()),
                "headings", words.headings(),
                "rows", rows));
        var builder = new PdfRendererBuilder();
        builder.usePdfUaAccessibility(true);
        builder.useFont(() -> PDDocument.class.getResourceAsStream(FONT), "Liberation Sans");
        builder.withHtmlContent(html, null);
        builder.toStream(out);
        builder.run();
    }
}
