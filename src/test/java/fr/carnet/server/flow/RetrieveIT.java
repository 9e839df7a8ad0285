package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.get;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.Person;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hl7.fhir.r4.model.Binary;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** ITI-68, and the read of metadata and lots by id. */
class RetrieveIT {

    private static final FhirContext FHIR = FhirContext.forR4Cached();

    private static Person patient;
    private static String token;
    private static Document document;
    private static List<String> created;

    @BeforeAll
    static void oneDocument() {
        patient = Scene.patient();
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        token = token("dr-martin", patient);
        document = Scene.document();
        created = Scene.post(token, Scene.lot(patient, document))
                .createdInTransaction()
                .toList();
    }

    @Test
    void attachmentUrlGivesTheBytesWithTheirOwnType() {
        String json = text(get(created.get(1), token));
        String url = json.replaceAll("(?s).*\"url\":\"(http[^\"]*/Binary/[^\"]*)\".*", "$1");
        assertThat(url).startsWith(Scene.SERVER.root() + "/fhir/Binary/");
        HttpResponse<byte[]> answer = get(url, token, "Accept", "application/pdf");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/pdf");
        assertThat(answer.body()).isEqualTo(document.content());
    }

    @Test
    void anyTypeWillDo() {
        assertThat(get(created.get(2), token, "Accept", "*/*").body()).isEqualTo(document.content());
        assertThat(get(created.get(2), token).body()).isEqualTo(document.content());
        assertThat(get(created.get(2), token, "Accept", "text/html;q=0.9, application/*;q=0.2")
                        .body())
                .isEqualTo(document.content());
    }

    @Test
    void anotherTypeThanItsOwnIsNotToBeHad() {
        HttpResponse<byte[]> answer = get(created.get(2), token, "Accept", "image/png");
        assertThat(answer.statusCode()).isEqualTo(406);
        assertThat(text(answer)).contains("OperationOutcome").contains("application/pdf");
    }

    @Test
    void contentComesAsAResourceOnRequest() {
        HttpResponse<byte[]> json = get(created.get(2), token, "Accept", "application/fhir+json");
        assertThat(json.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/fhir+json");
        Binary binary = FHIR.newJsonParser().parseResource(Binary.class, text(json));
        assertThat(binary.getContentType()).isEqualTo("application/pdf");
        assertThat(binary.getData()).isEqualTo(document.content());
        HttpResponse<byte[]> xml = get(created.get(2), token, "Accept", "application/fhir+xml");
        assertThat(xml.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/fhir+xml");
        assertThat(FHIR.newXmlParser().parseResource(Binary.class, text(xml)).getData())
                .isEqualTo(document.content());
        HttpResponse<byte[]> weighed =
                get(created.get(2), token, "Accept", "application/pdf;q=0.3, application/fhir+json;q=0.7");
        assertThat(text(weighed)).contains("\"resourceType\":\"Binary\"");
    }

    @Test
    void metadataAndLotAreReadWithTheirVersion() {
        HttpResponse<byte[]> metadata = get(created.get(1), token);
        assertThat(metadata.statusCode()).isEqualTo(200);
        assertThat(metadata.headers().firstValue("ETag")).hasValue("W/\"1\"");
        assertThat(text(metadata))
                .contains("\"versionId\":\"1\"")
                .contains(document.id().urn());
        HttpResponse<byte[]> lot = get(created.get(0), token);
        assertThat(lot.headers().firstValue("ETag")).hasValue("W/\"1\"");
        assertThat(text(lot)).contains("submissionset").contains(created.get(1));
        HttpResponse<byte[]> xml = get(created.get(1), token, "Accept", "application/fhir+xml");
        assertThat(text(xml)).startsWith("<DocumentReference");
        assertThat(xml.headers().firstValue("ETag")).hasValue("W/\"1\"");
    }

    @Test
    void whatDoesNotExistIsNotFound() {
        for (String path : List.of("Binary/nothing", "DocumentReference/nothing", "List/nothing")) {
            HttpResponse<byte[]> answer = get(path, token);
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(text(answer)).contains("not-found");
        }
    }

    @Test
    void metadataAreNotReadUnderTheNameOfALot() {
        assertThat(get(created.get(1).replace("DocumentReference", "List"), token)
                        .statusCode())
                .isEqualTo(404);
        assertThat(get(created.get(0).replace("List", "DocumentReference"), token)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void historyAndVersionsAreNotServed() {
        assertThat(get(created.get(1) + "/_history", token).statusCode()).isIn(404, 405);
        assertThat(get(created.get(1) + "/_history/1", token).statusCode()).isIn(404, 405);
        assertThat(get("Binary?_id=x", token).statusCode()).isIn(400, 404, 405);
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
