package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.ALICE;
import static fr.carnet.server.flow.Scene.synthesis;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.carnet.server.cli.client.Document;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Resource;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** CDA documents are held to the operator's schematrons, wherever they come in. */
class SchematronIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final String TITLE = "<title>Synthèse médicale</title>";
    private static final String IN_LOT = "error schematron Bundle.entry[2].resource.data";
    private static final String IN_DOCUMENT = "error schematron DocumentReference.content[0].attachment.data";

    /**
     * What was answered.
     *
     * @param status of the answer
     * @param issues all of them, wherever they stand
     */
    private record Told(int status, List<JsonNode> issues) {

        List<String> lines() {
            return issues.stream().map(Scene::issue).toList();
        }

        List<String> sentences() {
            return issues.stream()
                    .map(issue -> issue.at("/details/text").asText())
                    .toList();
        }
    }

    private static Document titled(String title) {
        return synthesis(TITLE, "<title>" + title + "</title>");
    }

    private static Bundle lot(Document document) {
        return Scene.lot(ALICE, document);
    }

    /** It claims nothing. */
    private static DocumentReference simplified(Document document) {
        DocumentReference published = Scene.simplified(ALICE, document);
        published.setMeta(null);
        return published;
    }

    private static Told send(String path, Resource body, String... headers) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "Authorization", "Bearer " + token("dr-martin", ALICE), "Content-Type", "application/fhir+json"));
        all.addAll(List.of(headers));
        HttpResponse<byte[]> answer = Scene.http(
                "POST",
                path,
                FHIR.newJsonParser().encodeResourceToString(body).getBytes(StandardCharsets.UTF_8),
                all.toArray(String[]::new));
        List<JsonNode> issues = new ArrayList<>();
        JSON.readTree(answer.body()).findValues("issue").forEach(list -> list.forEach(issues::add));
        return new Told(answer.statusCode(), issues);
    }

    @Test
    void aSoundDocumentPasses() throws IOException {
        Told told = send("", lot(titled("Schematron juste")));
        assertThat(told.status()).as(told.lines().toString()).isEqualTo(200);
        assertThat(told.lines()).noneMatch(line -> line.contains("schematron"));
    }

    @Test
    void anErrorRefusesALotWithTheSchematronsOwnSentence() throws IOException {
        Told told = send("", lot(titled("Schematron faux")));
        assertThat(told.status()).isEqualTo(422);
        assertThat(told.lines()).containsExactly(IN_LOT);
        assertThat(told.sentences())
                .containsExactly(
                        "Schématron profils/commun.sch (mot-connu) : Le mot « faux » n'est pas du jeu de valeurs."
                                + " (en /ClinicalDocument[1]/title[1])");
    }

    @Test
    void anErrorRefusesASimplifiedPublication() throws IOException {
        Told told = send("DocumentReference", simplified(titled("Schematron faux")));
        assertThat(told.status()).isEqualTo(422);
        assertThat(told.lines()).contains(IN_DOCUMENT);
    }

    @Test
    void aDryRunTellsIt() throws IOException {
        assertThat(send("Bundle/$validate", lot(titled("Schematron faux"))).lines())
                .contains(IN_LOT);
        assertThat(send("DocumentReference/$validate", simplified(titled("Schematron faux")))
                        .lines())
                .contains(IN_DOCUMENT);
    }

    @Test
    void whoAsksForLeniencyIsToldOfTheToleranceByItsName() throws IOException {
        Told told = send("", lot(titled("Schematron faux")), "Prefer", "handling=lenient");
        assertThat(told.status()).isEqualTo(200);
        assertThat(told.lines()).contains("warning tolerance-schematron Bundle.entry[2].resource.data");
    }

    @Test
    void theTableSaysWhichSchematronIsForATemplate() throws IOException {
        Told told = send("", lot(titled("Schematron synthese")));
        assertThat(told.sentences()).anyMatch(sentence -> sentence.startsWith("Schématron synthese.sch (synthese) : "));
        assertThat(send("", lot(Scene.levelOne(TITLE, "<title>Schematron synthese</title>")))
                        .status())
                .as("of another template")
                .isEqualTo(200);
    }

    @Test
    void aDocumentInsideTheStylesheetThatShowsItIsHeldToThem() throws IOException {
        Document cda = titled("Schematron faux");
        String text = new String(cda.content(), StandardCharsets.UTF_8);
        String presenting = "<xsl:stylesheet version=\"1.0\" xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\">"
                + "<d:document xmlns:d=\"urn:any\">" + text.substring(text.indexOf("<ClinicalDocument"))
                + "</d:document><xsl:template match=\"/\"/></xsl:stylesheet>";
        Told told = send("", lot(Scene.with(presenting.getBytes(StandardCharsets.UTF_8), cda)));
        assertThat(told.lines()).containsExactly(IN_LOT);
    }

    @Test
    void aDocumentTooLargeIsAcceptedAndItIsTold() throws IOException {
        String filling = "<!--" + "x".repeat(5 * 1024 * 1024) + "-->";
        Told told = send(
                "",
                lot(synthesis(
                        TITLE, "<title>Schematron faux</title>", "</structuredBody>", filling + "</structuredBody>")));
        assertThat(told.status()).as(told.lines().toString()).isEqualTo(200);
        assertThat(told.lines()).contains("warning schematron Bundle.entry[2].resource.data");
        assertThat(told.sentences()).anyMatch(sentence -> sentence.contains("n’est pas soumis aux schématrons"));
    }

    @Test
    void aPdfIsHeldToNone() throws IOException {
        assertThat(send("", lot(Scene.document())).status()).isEqualTo(200);
    }

    /** The answer may quote the document to its sender; nothing else does. */
    @ParameterizedTest
    @ValueSource(strings = {"", "handling=lenient"})
    void whatASentenceQuotesStaysOutOfLogAndTrace(String prefer) throws IOException {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        root.addAppender(log);
        Told told = send("", lot(titled("Schematron Zoelykraft")), "Prefer", prefer + ";x");
        root.detachAppender(log);
        assertThat(told.sentences()).anyMatch(sentence -> sentence.contains("Zoelykraft"));
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .noneMatch(line -> line.contains("Zoelykraft"));
        assertThat(Scene.SERVER
                        .bean(DSLContext.class)
                        .fetchSingle("select count(*) from carnet.trace t where t::text like '%Zoelykraft%'")
                        .get(0, Long.class))
                .isZero();
    }
}
