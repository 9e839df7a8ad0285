package fr.carnet.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.ListResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The push tool against a server that takes every lot but those of laboratory reports. */
class PushCommandTest {

    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final String PDF = "%PDF-1.4\n%%EOF\n";
    private static final String SIDECAR = """
            {"type": "11488-4", "title": "Consultation", "facility": "SA07", "setting": "AMBULATOIRE",
             "ins": {"oid": "1.2.250.1.213.1.4.10", "value": "284057505601204"},
             "patient": {"birthFamily": "MOREAU", "firstGiven": "ALICE", "birthDate": "1984-05-17",
                         "gender": "female", "birthPlace": "75056"},
             "author": {"id": "899700100011", "family": "Martin", "speciality": "G15_10/SM54",
                        "structure": "399999001300016"},
             "period": {"start": "2026-03-10T10:00:00+01:00"}}
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<Bundle> received = new CopyOnWriteArrayList<>();
    private final List<String> tokens = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/fhir", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void everyFileHasItsLineAndTheSummaryItsNumbers() throws IOException {
        cda("vsm");
        cda("level1");
        assertThat(push("--token", "t")).isEqualTo(1);
        assertThat(out.toString())
                .contains("✓ vsm.xml  DocumentReference/vsm")
                .contains("✗ level1.xml  403 R28 « La matrice ne permet pas ce dépôt. »")
                .contains("2 document(s) : 1 accepté(s), 0 déjà présent(s), 1 refusé(s), 0 sans réponse.");
        assertThat(tokens).containsOnly("Bearer t");
    }

    @Test
    void allAcceptedIsZero() throws IOException {
        cda("vsm");
        Files.writeString(folder.resolve("notes.txt"), "not a document");
        Path token = Files.writeString(folder.resolve("token"), "from-file\n");
        assertThat(push("--token-file", token.toString())).isZero();
        assertThat(tokens).containsExactly("Bearer from-file");
    }

    @Test
    void aSecondRunSendsTheSameIdentifiers() throws IOException {
        cda("vsm");
        assertThat(push("--token", "t")).isZero();
        assertThat(out.toString()).contains("✓ vsm.xml").contains("1 accepté(s), 0 déjà présent(s)");
        assertThat(push("--token", "t")).isZero();
        assertThat(received).hasSize(2);
        assertThat(identifiers(received.get(0))).isEqualTo(identifiers(received.get(1)));
        assertThat(out.toString())
                .contains("= vsm.xml  déjà présent DocumentReference/vsm")
                .contains("0 accepté(s), 1 déjà présent(s), 0 refusé(s)");
    }

    @Test
    void aBarePdfIsRefusedByName() throws IOException {
        Files.writeString(folder.resolve("report.pdf"), PDF);
        assertThat(push("--token", "t")).isEqualTo(1);
        assertThat(out.toString()).contains("✗ report.pdf  non envoyé : un PDF doit être accompagné de report.json.");
        assertThat(received).isEmpty();
    }

    @Test
    void aPdfWithItsSidecarMakesASoundSubmission() throws IOException {
        pdf(SIDECAR);
        assertThat(push("--dry-run")).isZero();
        assertThat(out.toString()).contains("✓ report.pdf");
        assertThat(push("--token", "t")).isZero();
        DocumentReference reference = reference(received.get(0));
        assertThat(reference.getContentFirstRep().getAttachment().getContentType())
                .isEqualTo("application/pdf");
        assertThat(reference.getMasterIdentifier().getValue()).startsWith("urn:oid:2.25.");
        assertThat(reference.getSubject().getReference()).endsWith("|284057505601204");
    }

    @Test
    void sidecarsThatLackSomethingAreToldWhat() throws IOException {
        pdf(SIDECAR.replace("\"birthFamily\": \"MOREAU\", ", ""));
        push("--token", "t");
        pdf(SIDECAR.replace("284057505601204", "284057505601205"));
        push("--token", "t");
        pdf(SIDECAR.replace("11488-4", "0-0"));
        push("--token", "t");
        pdf(SIDECAR.replace("2026-03-10T10:00:00+01:00", "hier"));
        push("--token", "t");
        pdf("[]");
        push("--token", "t");
        assertThat(out.toString())
                .contains("« patient.birthFamily » absent ou invalide dans report.json")
                .contains("« ins » absent ou invalide")
                .contains("« type » absent ou invalide")
                .contains("« period.start » absent ou invalide")
                .contains("report.json n'est pas un fichier JSON de la forme attendue")
                .doesNotContain("MOREAU")
                .doesNotContain("28405750560120");
        assertThat(received).isEmpty();
    }

    @Test
    void whatIsNoCdaIsNotSent() throws IOException {
        Files.writeString(folder.resolve("page.xml"), "<html/>");
        Files.writeString(folder.resolve("fake.pdf"), "text");
        Files.writeString(folder.resolve("fake.json"), SIDECAR);
        assertThat(push("--token", "t")).isEqualTo(1);
        assertThat(out.toString()).contains("✗ page.xml  non envoyé", "✗ fake.pdf  non envoyé : ce n'est pas un PDF.");
        assertThat(received).isEmpty();
    }

    @Test
    void aReplacementGoesAfterWhatItReplacesAndNamesIt() throws IOException {
        cda("discharge");
        String old = text("vsm").replace("1.2.250.1.999.1.1\"", "1.2.250.1.999.1.20\"");
        Files.writeString(folder.resolve("zz-old.xml"), old);
        assertThat(push("--token", "t")).isZero();
        assertThat(received).hasSize(2);
        assertThat(reference(received.get(0)).getRelatesTo()).isEmpty();
        assertThat(reference(received.get(1))
                        .getRelatesToFirstRep()
                        .getTarget()
                        .getIdentifier()
                        .getValue())
                .isEqualTo("urn:oid:1.2.250.1.999.1.20");
    }

    @Test
    void aReplacedDocumentThatIsNotInTheFolderIsNotNamed() throws IOException {
        cda("discharge");
        assertThat(push("--token", "t")).isZero();
        assertThat(reference(received.get(0)).getRelatesTo()).isEmpty();
    }

    @Test
    void aDryRunSendsNothingAndTellsWhatIsWrong() throws IOException {
        Files.writeString(folder.resolve("wrong.xml"), text("vsm").replace("284057505601204", "284057505601205"));
        assertThat(push("--dry-run")).isEqualTo(1);
        assertThat(out.toString()).contains("✗ wrong.xml  R2 « Matricule INS invalide");
        assertThat(received).isEmpty();
    }

    @Test
    void withoutAServerNothingIsTriedTwice() throws IOException {
        cda("vsm");
        cda("level1");
        server.stop(0);
        assertThat(push("--token", "t", "--parallel", "1")).isEqualTo(2);
        assertThat(out.toString())
                .contains("✗ level1.xml  le serveur ne répond pas.")
                .contains("✗ vsm.xml  non envoyé : le serveur ne répond pas.")
                .contains("2 sans réponse");
    }

    @Test
    void badArgumentsAreRefused() throws IOException {
        cda("vsm");
        assertThat(push()).isEqualTo(2);
        assertThat(err.toString()).contains("indiquez --token ou --token-file");
        assertThat(push("--token", "t", "--token-file", "f")).isEqualTo(2);
        assertThat(push("--token", "t", "--parallel", "0")).isEqualTo(2);
        assertThat(execute(
                        "push", "--token", "t", "--dir", folder.resolve("none").toString()))
                .isEqualTo(2);
        assertThat(received).isEmpty();
    }

    private void answer(HttpExchange exchange) throws IOException {
        tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
        Bundle bundle = FHIR.newJsonParser().parseResource(Bundle.class, exchange.getRequestBody());
        boolean again = received.stream().anyMatch(b -> identifiers(b).equals(identifiers(bundle)));
        received.add(bundle);
        boolean laboratory =
                "11502-2".equals(reference(bundle).getType().getCodingFirstRep().getCode());
        byte[] body = (laboratory ? refusal() : acceptance(again)).getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/fhir+json");
        exchange.sendResponseHeaders(laboratory ? 403 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String refusal() {
        return "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"forbidden\","
                + "\"details\":{\"coding\":[{\"code\":\"R28\"}],\"text\":\"La matrice ne permet pas ce dépôt.\"}}]}";
    }

    private static String acceptance(boolean again) {
        String outcome = again
                ? ",\"outcome\":{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"information\","
                        + "\"code\":\"informational\",\"details\":{\"coding\":[{\"code\":\"R124\"}]}}]}"
                : "";
        return "{\"resourceType\":\"Bundle\",\"type\":\"transaction-response\",\"entry\":["
                + "{\"response\":{\"status\":\"201 Created\",\"location\":\"List/1/_history/1\"" + outcome + "}},"
                + "{\"response\":{\"status\":\"201 Created\",\"location\":\"DocumentReference/vsm/_history/1\"}}]}";
    }

    private static List<String> identifiers(Bundle bundle) {
        List<String> identifiers = new ArrayList<>();
        bundle.getEntry().forEach(e -> identifiers.add(e.getFullUrl()));
        identifiers.add(((ListResource) bundle.getEntryFirstRep().getResource())
                .getIdentifierFirstRep()
                .getValue());
        identifiers.add(reference(bundle).getMasterIdentifier().getValue());
        return identifiers;
    }

    private static DocumentReference reference(Bundle bundle) {
        return (DocumentReference) bundle.getEntry().get(1).getResource();
    }

    private void cda(String name) throws IOException {
        Files.writeString(folder.resolve(name + ".xml"), text(name));
    }

    private void pdf(String sidecar) throws IOException {
        Files.writeString(folder.resolve("report.pdf"), PDF);
        Files.writeString(folder.resolve("report.json"), sidecar);
    }

    private static String text(String name) throws IOException {
        try (InputStream in = PushCommandTest.class.getResourceAsStream("/cda/" + name + ".xml")) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private int push(String... more) {
        List<String> args = new ArrayList<>(List.of("push", "--dir", folder.toString(), "--base", base()));
        args.addAll(List.of(more));
        return execute(args.toArray(String[]::new));
    }

    private String base() {
        return "http://localhost:" + server.getAddress().getPort() + "/fhir";
    }

    private int execute(String... args) {
        CommandLine line = CarnetCommand.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(args);
    }
}
