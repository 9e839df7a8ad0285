package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.SERVER;
import static fr.carnet.server.flow.Scene.document;
import static fr.carnet.server.flow.Scene.published;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.carnet.server.Channel;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.Person;
import fr.carnet.shared.PromptJob;
import fr.carnet.shared.Visibility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The holder takes his traces and his record with him, and nothing that is hidden from him. */
class ExportIT {

    private static final Person PATIENT = Scene.patient();
    private static final String HOLDER =
            token("alice", PATIENT, "subject", PATIENT.ins().value());
    private static final Document SHOWN = document();
    private static final Document HIDDEN = document();
    private static final byte[] PDF = "%PDF-1.4\ntrailer<</Root 1 0 R>>\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);
    private static final String[] EMERGENCY = {
        "purpose", "bris_de_glace", "reason", "inconscient", "unable_to_consent", "true", "immediate_risk", "true"
    };
    private static String shown;
    private static String hidden;

    @BeforeAll
    static void publish() {
        shown = published(PATIENT, SHOWN);
        hidden = published("dr-martin", PATIENT, Scene.edited(Scene.lot(PATIENT, HIDDEN), ExportIT::hide));
        Scene.authorise("dr-martin", Scene.DR_MARTIN, PATIENT);
        SERVER.send(token("dr-martin", PATIENT), Call.get(hidden));
        SERVER.send(token("dr-martin", PATIENT), Call.get(shown));
    }

    private static void hide(DocumentReference reference) {
        reference.addSecurityLabel(new CodeableConcept(new Coding(Visibility.SYSTEM, "INVISIBLE_PATIENT", null)));
    }

    private static String id(String reference) {
        return reference.substring(reference.indexOf('/') + 1);
    }

    private static Answer traces(String token, String format) {
        return SERVER.send(token, Scene.operation("export-traces", PATIENT, "format", new CodeType(format)));
    }

    private static String text(Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @Test
    @Channel({18, 75})
    void tracesComeAsATableAndAsPages() {
        Answer csv = traces(HOLDER, "csv");
        Answer pdf = traces(HOLDER, "pdf");

        assertThat(csv.status()).isEqualTo(200);
        assertThat(text(csv))
                .contains("Consultation", "Martin")
                .doesNotContain(id(hidden), PATIENT.ins().value());
        assertThat(text(csv).lines().filter(line -> line.contains(";Consultation;") && line.contains("Martin")))
                .hasSize(1);
        assertThat(new String(pdf.body(), 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
    }

    @Test
    @Channel(75)
    void archiveHoldsWhatTheHolderMayRead() throws IOException {
        Answer answer = SERVER.send(HOLDER, Scene.operation("export-record", PATIENT));
        assertThat(answer.status()).isEqualTo(200);
        Map<String, byte[]> files = unpacked(answer.body());

        assertThat(files.keySet())
                .contains("index.html", "traces/traces.csv", "traces/traces.ndjson")
                .anyMatch(name -> name.startsWith("choices/Consent-"))
                .anyMatch(name -> name.startsWith("lots/"))
                .allMatch(name -> name.matches("[a-z]+/[A-Za-z0-9-]+\\.[a-z]+|index\\.html"));
        assertThat(files.entrySet().stream()
                        .filter(file -> file.getKey().endsWith(".pdf"))
                        .map(Map.Entry::getValue))
                .hasSize(1)
                .allMatch(bytes -> Arrays.equals(bytes, SHOWN.content()));
        String everything = files.values().stream()
                .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                .reduce("", String::concat);
        assertThat(everything)
                .contains(id(shown), SHOWN.id().oid())
                .doesNotContain(id(hidden), HIDDEN.id().oid(), "INVISIBLE_PATIENT");
        assertThat(new String(files.get("index.html"), StandardCharsets.UTF_8))
                .contains("Copie de mon dossier", "Documents (1)", ".pdf\"");
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            if (file.getKey().endsWith(".json")) {
                assertThat(new ObjectMapper()
                                .readTree(file.getValue())
                                .path("resourceType")
                                .asText())
                        .isNotEmpty();
            }
        }
    }

    private static Map<String, byte[]> unpacked(byte[] archive) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }

    @Test
    void whatWasTakenIsTraced() {
        SERVER.send(HOLDER, Scene.operation("export-record", PATIENT));

        Answer taken = SERVER.send(
                SERVER.token("auditor"),
                Call.get("AuditEvent?subtype=EXPORT_RECORD&outcome=0&entity=" + shown + "&" + Scene.of(PATIENT)));
        Answer hiddenTaken = SERVER.send(
                SERVER.token("auditor"),
                Call.get("AuditEvent?subtype=EXPORT_RECORD&entity=" + hidden + "&" + Scene.of(PATIENT)));
        assertThat(taken.total()).isPositive();
        assertThat(hiddenTaken.total()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dr-martin", "auditor", "operator", "bruno", "hospital-automate"})
    void nobodyElseTakesItAway(String actor) {
        String token = SERVER.token(actor);
        for (Call call :
                new Call[] {Scene.operation("export-record", PATIENT), Scene.operation("export-traces", PATIENT)}) {
            Answer refused = SERVER.send(token, call);
            assertThat(refused.status()).as(text(refused)).isEqualTo(403);
        }
    }

    @Test
    void closedRecordKeepsItsTraces() {
        Person closed = Scene.patient();
        String holder = token("alice", closed, "subject", closed.ins().value());
        SERVER.send(
                token("dr-martin", closed),
                Call.get("Patient?identifier=" + Call.escaped(closed.ins().token())));
        assertThat(SERVER.send(holder, Scene.operation("close", closed)).status())
                .isEqualTo(200);

        Answer record = SERVER.send(holder, Scene.operation("export-record", closed));
        Answer traces = SERVER.send(holder, Scene.operation("export-traces", closed, "format", new CodeType("csv")));
        assertThat(record.status()).isEqualTo(403);
        assertThat(record.codes()).contains("R21");
        assertThat(traces.status()).isEqualTo(200);
        assertThat(text(traces)).contains("Fermeture");
    }

    @Test
    void otherFormatsAreRefused() {
        assertThat(traces(HOLDER, "docx").status()).isEqualTo(422);
    }

    @Test
    void maskedDocumentIsTakenToo() throws IOException {
        Person other = Scene.patient();
        String masked = published(other, document());
        SERVER.send(token("dr-martin", other), Choices.masking(masked));

        Answer answer = SERVER.send(
                token("alice", other, "subject", other.ins().value()), Scene.operation("export-record", other));

        assertThat(unpacked(answer.body()).keySet()).anyMatch(name -> name.endsWith(".pdf"));
    }

    @Test
    @Channel({74, 75, 76})
    void messagesAndNoticesOfTheHolderAreTakenWithTheirFilesAndNobodyElses() throws IOException {
        Person other = Scene.patient();
        String holder = token("alice", other, "subject", other.ins().value());
        String written = SERVER.send(token("dr-leroy", other), Call.write("POST", "Communication", message(other)))
                .created()
                .orElseThrow();
        SERVER.send(token("dr-urg", other, EMERGENCY), Call.get("DocumentReference?status=current&" + Scene.of(other)));
        Instant later = Instant.now().plus(Duration.ofMinutes(16));
        for (int i = 0; i < 2; i++) {
            SERVER.beans(PromptJob.class).forEach(job -> job.run(later));
        }
        String told = "Communication?category=notification&" + Scene.of(other);
        List<String> physicians = Scene.found(token("dr-martin", other), told);
        List<String> holders = Scene.found(holder, told);
        assertThat(physicians).isNotEmpty();
        assertThat(holders).isNotEmpty().doesNotContainAnyElementsOf(physicians);

        Answer answer = SERVER.send(holder, Scene.operation("export-record", other));
        assertThat(answer.status()).as(text(answer)).isEqualTo(200);
        Map<String, byte[]> files = unpacked(answer.body());

        List<JsonNode> messages = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            if (file.getKey().startsWith("messages/")) {
                messages.add(new ObjectMapper().readTree(file.getValue()));
            }
        }
        List<String> taken = new ArrayList<>(holders);
        taken.add(id(written));
        assertThat(messages)
                .extracting(message -> message.path("id").asText())
                .containsExactlyInAnyOrderElementsOf(
                        taken.stream().map(ExportIT::id).toList());
        assertThat(messages)
                .filteredOn(message -> message.path("id").asText().equals(id(written)))
                .singleElement()
                .satisfies(message -> assertThat(
                                message.at("/payload/1/contentAttachment/data").asText())
                        .isEqualTo(Base64.getEncoder().encodeToString(PDF)));
        assertThat(new String(files.get("index.html"), StandardCharsets.UTF_8))
                .contains("Messages et avis (" + taken.size() + ")");
        Answer traced = SERVER.send(
                SERVER.token("auditor"),
                Call.get("AuditEvent?subtype=EXPORT_RECORD&outcome=0&entity=" + written + "&" + Scene.of(other)));
        assertThat(traced.total()).isOne();
    }

    private static Communication message(Person patient) {
        Communication message = new Communication().setStatus(Communication.CommunicationStatus.INPROGRESS);
        message.setSubject(new Reference().setIdentifier(patient.identifier()));
        message.addPayload().setContent(new StringType("Voici un document"));
        message.addPayload()
                .setContent(new Attachment()
                        .setContentType("application/pdf")
                        .setTitle("note.pdf")
                        .setData(PDF));
        return message;
    }
}
