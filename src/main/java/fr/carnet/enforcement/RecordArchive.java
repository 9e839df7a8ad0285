package fr.carnet.enforcement;

import ca.uhn.fhir.context.FhirContext;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import fr.carnet.document.DocumentCopies;
import fr.carnet.document.RegistryPage;
import fr.carnet.document.RegistryRow;
import fr.carnet.messaging.EnclosedFiles;
import fr.carnet.shared.Texts;
import fr.carnet.trace.TraceView;
import fr.carnet.trace.export.TraceExport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Resource;

/**
 * A record as a ZIP, one entry after another: contents, metadata, choices, messages, traces, and a page that leads to them. Names in
 * it are numbers: they tell nobody whose record it is, or what is in it.
 */
final class RecordArchive {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("dd/MM/yyyy").withZone(ZoneId.of("Europe/Paris"));

    private final DocumentCopies documents;
    private final TraceExport traces;
    private final EnclosedFiles files;
    private final FhirContext fhir;
    private final Template index;

    RecordArchive(DocumentCopies documents, TraceExport traces, EnclosedFiles files, FhirContext fhir) {
        this.documents = documents;
        this.traces = traces;
        this.files = files;
        this.fhir = fhir;
        try (InputStream in = RecordArchive.class.getResourceAsStream("/trace/index.xhtml")) {
            index = Mustache.compiler().escapeHTML(true).compile(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes it; the stream stays open.
     *
     * @param page documents, lots and folders, sieved
     * @param rest what was declared on the record and what was written to its reader, sieved
     */
    void write(RegistryPage page, Bundle rest, TraceView view, Texts texts, OutputStream out) throws IOException {
        var zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        List<Map<String, String>> listed = new ArrayList<>();
        int number = 0;
        for (RegistryRow row : page.rows()) {
            number++;
            String name = String.format("%s/%04d", row.facts().isPresent() ? "documents" : "lots", number);
            text(zip, name + ".json", documents.metadata(page, row));
            if (row.content().isPresent()) {
                listed.add(content(zip, name, row, texts));
            }
        }
        int choices = 0;
        int messages = 0;
        for (Bundle.BundleEntryComponent entry : rest.getEntry()) {
            if (entry.getResource() instanceof Communication message) {
                messages++;
                json(zip, String.format("messages/%04d.json", messages), files.complete(message));
            } else {
                choices++;
                Resource choice = entry.getResource();
                json(zip, String.format("choices/%s-%04d.json", choice.fhirType(), choices), choice);
            }
        }
        zip.putNextEntry(new ZipEntry("traces/traces.csv"));
        traces.csv(view, texts, zip);
        zip.closeEntry();
        zip.putNextEntry(new ZipEntry("traces/traces.ndjson"));
        traces.events(view, zip);
        zip.closeEntry();
        text(zip, "index.html", index(listed, choices, messages, texts));
        zip.finish();
    }

    private Map<String, String> content(ZipOutputStream zip, String name, RegistryRow row, Texts texts)
            throws IOException {
        DocumentCopies.Copy copy = documents.content(row);
        String path = name + "." + copy.ending();
        zip.putNextEntry(new ZipEntry(path));
        try (InputStream bytes = copy.bytes()) {
            bytes.transferTo(zip);
        }
        zip.closeEntry();
        return Map.of(
                "path",
                path,
                "metadata",
                name + ".json",
                "title",
                row.title().orElseGet(() -> texts.say("trace.untitled")),
                "date",
                DAY.format(row.date()));
    }

    private String index(List<Map<String, String>> documents, int choices, int messages, Texts texts) {
        return index.execute(Map.of(
                "language", texts.say("trace.language"),
                "title", texts.say("copy.title"),
                "about", texts.say("copy.about"),
                "count", texts.say("copy.documents", documents.size()),
                "choices", texts.say("copy.choices", choices),
                "messages", texts.say("copy.messages", messages),
                "traces", texts.say("trace.title"),
                "documents", documents));
    }

    private void json(ZipOutputStream zip, String name, Resource resource) throws IOException {
        text(zip, name, fhir.newJsonParser().encodeResourceToString(resource));
    }

    private static void text(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
