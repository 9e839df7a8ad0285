package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.ALICE;
import static fr.carnet.server.flow.Scene.stored;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import fr.carnet.faults.FaultReport;
import fr.carnet.faults.FaultTest;
import fr.carnet.server.cli.client.Call;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are too much for anybody: refused with a word, before memory or stack are used up. */
class LimitsIT {

    private static HttpResponse<byte[]> post(byte[] body, String type, String... headers) {
        String[] all = new String[4 + headers.length];
        all[0] = "Authorization";
        all[1] = "Bearer " + token("dr-martin", ALICE);
        all[2] = "Content-Type";
        all[3] = type;
        System.arraycopy(headers, 0, all, 4, headers.length);
        return Scene.http("POST", "", body, all);
    }

    private static void assertRefused(HttpResponse<byte[]> answer, Integer... statuses) {
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        assertThat(answer.statusCode()).as(text).isIn((Object[]) statuses);
        assertThat(text).contains("OperationOutcome").doesNotContain("Exception", "fr.carnet.", "ca.uhn");
        assertThat(Scene.SERVER
                        .send(token("alice", ALICE), Call.get("DocumentReference?status=current&" + Scene.of(ALICE)))
                        .status())
                .as("the server goes on")
                .isEqualTo(200);
    }

    @FaultTest(23)
    @ParameterizedTest
    @ValueSource(ints = {60, 900, 5_000, 200_000})
    void nestedJsonIsRefused(int depth) {
        String json =
                "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"resource\":{\"resourceType\":\"List\","
                        + "\"extension\":[{\"url\":\"urn:x\",".repeat(depth)
                        + "\"valueString\":\"x\""
                        + "}]".repeat(depth)
                        + "}}]}";
        List<Integer> before = stored();
        assertRefused(post(json.getBytes(StandardCharsets.UTF_8), "application/fhir+json"), 400, 413, 422);
        assertThat(stored()).isEqualTo(before);
        FaultReport.tell(23, "extensions within extensions", depth, "levels", "refused, nothing stored");
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 900, 5_000, 200_000})
    void nestedXmlIsRefused(int depth) {
        String xml = "<Bundle xmlns=\"http://hl7.org/fhir\"><type value=\"transaction\"/><entry><resource><List>"
                + "<extension url=\"urn:x\">".repeat(depth)
                + "<valueString value=\"x\"/>"
                + "</extension>".repeat(depth)
                + "</List></resource></entry></Bundle>";
        assertRefused(post(xml.getBytes(StandardCharsets.UTF_8), "application/fhir+xml"), 400, 413, 422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE Bundle [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>",
                "<!DOCTYPE Bundle SYSTEM \"http://127.0.0.1:1/x.dtd\">",
                "<!DOCTYPE Bundle [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;\"><!ENTITY e \"&b;&b;&b;&b;\">]>"
            })
    void documentTypeOfALotIsRefused(String doctype) {
        String xml = doctype + "<Bundle xmlns=\"http://hl7.org/fhir\"><type value=\"transaction\"/>"
                + "<entry><fullUrl value=\"&e;\"/></entry></Bundle>";
        assertRefused(post(xml.getBytes(StandardCharsets.UTF_8), "application/fhir+xml"), 400, 422);
    }

    /** Never unpacked: whatever would come of it. */
    @FaultTest(16)
    @Test
    void compressedBodyIsRefused() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            byte[] megabyte = new byte[1 << 20];
            for (int i = 0; i < 200; i++) {
                out.write(megabyte);
            }
        }
        assertRefused(post(bytes.toByteArray(), "application/fhir+json", "Content-Encoding", "gzip"), 415);
        FaultReport.tell(16, "200 MB of zeros, compressed", bytes.size(), "bytes sent", "415, never unpacked");
    }

    @Test
    void bodyBeyondTheLimitIsRefused() {
        byte[] body = new byte[(50 << 20) + 1];
        java.util.Arrays.fill(body, (byte) ' ');
        assertRefused(post(body, "application/fhir+json"), 413);
    }

    @Test
    void base64OfNoBytesIsUnreadable() {
        String lot =
                FhirContext.forR4Cached().newJsonParser().encodeResourceToString(Scene.lot(ALICE, Scene.document()));
        for (String wrong : List.of("=", "A", "AAAA=AAA", "é", "\\u0000")) {
            String spoilt = lot.replaceFirst("\"data\":\"[^\"]*\"", "\"data\":\"" + wrong.replace("\\", "\\\\") + "\"");
            List<Integer> before = stored();
            assertRefused(post(spoilt.getBytes(StandardCharsets.UTF_8), "application/fhir+json"), 400, 422);
            assertThat(stored()).isEqualTo(before);
        }
    }

    @Test
    void limitsAreAnnounced() {
        HttpResponse<byte[]> statement = Scene.http("GET", "metadata", new byte[0], "Accept", "application/fhir+json");
        assertThat(new String(statement.body(), StandardCharsets.UTF_8))
                .contains("20971520")
                .contains("100 entrées")
                .contains("52428800");
    }
}
