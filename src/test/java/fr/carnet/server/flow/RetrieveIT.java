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
    void headersKeepTheDocumentFromBeingRunOrKept() {
        HttpResponse<byte[]> answer = get(created.get(2), token, "Accept", "application/pdf");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("sandbox")
                .contains("default-src 'none'");
        assertThat(answer.headers().allValues("Vary")).contains("Accept");
        assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment;")
                .contains("Compte rendu de consultation.pdf");
    }

    @Test
    void nameOfTheFileCannotBeTakenForAPath() {
        var hostile = Scene.edited(
                Scene.lot(patient, Scene.document()),
                d -> d.getContentFirstRep().getAttachment().setTitle("../../été\"; filename=\"x.exe\\ \u202Efdp"));
        List<String> stored = Scene.post(token, hostile).createdInTransaction().toList();
        String disposition = get(stored.get(2), token, "Accept", "*/*")
                .headers()
                .firstValue("Content-Disposition")
                .orElseThrow();
        assertThat(disposition)
                .startsWith("attachment; ")
                .contains("filename*=UTF-8''%C3%A9t%C3%A9%20filename%20x%20exe%20fdp.pdf")
                .doesNotContain("..", "/", "\\", "x.exe");
    }

    @Test
    void partOfADocumentIsSent() {
        byte[] all = document.content();
        HttpResponse<byte[]> whole = get(created.get(2), token, "Accept", "*/*");
        assertThat(whole.headers().firstValue("Accept-Ranges")).hasValue("bytes");
        String etag = whole.headers().firstValue("ETag").orElseThrow();
        String modified = whole.headers().firstValue("Last-Modified").orElseThrow();
        assertPart(get(created.get(2), token, "Accept", "*/*", "Range", "bytes=0-7"), 0, 8, all);
        assertPart(get(created.get(2), token, "Accept", "*/*", "Range", "bytes=5-"), 5, all.length, all);
        assertPart(get(created.get(2), token, "Accept", "*/*", "Range", "bytes=-4"), all.length - 4, all.length, all);
        assertPart(get(created.get(2), token, "Accept", "*/*", "Range", "bytes=3-99999"), 3, all.length, all);
        for (String still : List.of(etag, modified)) {
            assertPart(get(created.get(2), token, "Accept", "*/*", "Range", "bytes=2-3", "If-Range", still), 2, 4, all);
        }
        for (String range : List.of("bytes=0-1,3-4", "lines=0-1", "bytes=x")) {
            assertWhole(get(created.get(2), token, "Accept", "*/*", "Range", range));
        }
        for (String gone : List.of("\"other\"", "W/" + etag, "Sat, 01 Jan 2000 00:00:00 GMT", "yesterday")) {
            assertWhole(get(created.get(2), token, "Accept", "*/*", "Range", "bytes=2-3", "If-Range", gone));
        }
        HttpResponse<byte[]> beyond = get(created.get(2), token, "Accept", "*/*", "Range", "bytes=99999-");
        assertThat(beyond.statusCode()).isEqualTo(416);
        assertThat(beyond.headers().firstValue("Content-Range")).hasValue("bytes */" + all.length);
        assertThat(text(beyond)).contains("range-unsatisfiable");
    }

    private static void assertPart(HttpResponse<byte[]> answer, int from, int to, byte[] all) {
        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.body()).isEqualTo(java.util.Arrays.copyOfRange(all, from, to));
        assertThat(answer.headers().firstValue("Content-Range"))
                .hasValue("bytes " + from + "-" + (to - 1) + "/" + all.length);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/pdf");
    }

    private static void assertWhole(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(document.content());
        assertThat(answer.headers().firstValue("Content-Range")).isEmpty();
    }

    @Test
    void whatTheClientHasIsNotSentAgain() {
        HttpResponse<byte[]> whole = get(created.get(2), token, "Accept", "*/*");
        String etag = whole.headers().firstValue("ETag").orElseThrow();
        String modified = whole.headers().firstValue("Last-Modified").orElseThrow();
        for (String[] known : new String[][] {
            {"If-None-Match", etag},
            {"If-None-Match", "\"other\", W/" + etag},
            {"If-Modified-Since", modified}
        }) {
            HttpResponse<byte[]> answer = get(created.get(2), token, "Accept", "*/*", known[0], known[1]);
            assertThat(answer.statusCode()).as(known[1]).isEqualTo(304);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.headers().firstValue("ETag")).hasValue(etag);
        }
        for (String[] unknown : new String[][] {
            {"If-None-Match", "\"other\""},
            {"If-Modified-Since", "Sat, 01 Jan 2000 00:00:00 GMT"},
            {"If-Match", etag}
        }) {
            assertWhole(get(created.get(2), token, "Accept", "*/*", unknown[0], unknown[1]));
        }
        HttpResponse<byte[]> failed = get(created.get(2), token, "Accept", "*/*", "If-Match", "\"other\"");
        assertThat(failed.statusCode()).isEqualTo(412);
        assertThat(text(failed)).contains("OperationOutcome");
    }

    @Test
    void headTellsWhatGetWouldSend() {
        HttpResponse<byte[]> whole = get(created.get(2), token, "Accept", "*/*");
        HttpResponse<byte[]> head =
                Scene.http("HEAD", created.get(2), new byte[0], "Authorization", "Bearer " + token, "Accept", "*/*");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        for (String header : List.of("Content-Type", "Content-Length", "ETag", "Last-Modified", "Accept-Ranges")) {
            assertThat(head.headers().firstValue(header))
                    .as(header)
                    .isPresent()
                    .isEqualTo(whole.headers().firstValue(header));
        }
    }

    @Test
    void answerWithoutContentIsTracedAsWhatItIs() {
        Person traced = Scene.patient();
        Scene.authorise("dr-martin", Scene.DR_MARTIN, traced);
        String mine = token("dr-martin", traced);
        List<String> stored = Scene.post(mine, Scene.lot(traced, Scene.document()))
                .createdInTransaction()
                .toList();
        String etag = "\"" + stored.get(2).substring("Binary/".length()) + "\"";
        for (String[] asked : new String[][] {
            {"If-None-Match", etag, "304"},
            {"Range", "bytes=0-3", "206"},
            {"Range", "bytes=99999-", "416"},
            {"If-Match", "\"other\"", "412"}
        }) {
            assertThat(get(stored.get(2), mine, "Accept", "*/*", asked[0], asked[1])
                            .statusCode())
                    .isEqualTo(Integer.parseInt(asked[2]));
            List<String> statuses = Scene.SERVER
                    .bean(org.jooq.DSLContext.class)
                    .resultQuery(
                            "select t.http_status::text from carnet.trace t join carnet.patient_facts p"
                                    + " on p.patient_id = t.record_patient"
                                    + " where p.ins_value = ? and t.ihe_transaction = 'ITI-68'"
                                    + " order by t.recorded_at desc limit 1",
                            traced.ins().value())
                    .fetch(0, String.class);
            assertThat(statuses).containsExactly(asked[2]);
        }
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
