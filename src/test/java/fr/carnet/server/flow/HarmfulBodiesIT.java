package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.document;
import static fr.carnet.server.flow.Scene.lot;
import static fr.carnet.server.flow.Scene.stored;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.faults.FaultReport;
import fr.carnet.faults.FaultTest;
import fr.carnet.server.RawSocket;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.FhirJson;
import fr.carnet.server.cli.client.Person;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bodies that were made to do harm: refused with a word before anything of them is stored, or kept to the byte. */
class HarmfulBodiesIT {

    private static final String JSON = "application/fhir+json";
    private static final String XML = "application/fhir+xml";

    private static Person patient;
    private static String martin;

    @BeforeAll
    static void people() {
        patient = Scene.patient();
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        martin = token("dr-martin", patient);
    }

    private HttpResponse<byte[]> post(byte[] body, String type) {
        return Scene.http("POST", "", body, "Authorization", "Bearer " + martin, "Content-Type", type);
    }

    /** Each is refused in one of these ways and in time, says so in our words, and leaves nothing; how many there were. */
    private int refused(Map<String, byte[]> bodies, String type, Integer... statuses) {
        List<Integer> before = stored();
        bodies.forEach((name, body) -> {
            Instant start = Instant.now();
            HttpResponse<byte[]> answer = post(body, type);
            String text = new String(answer.body(), StandardCharsets.UTF_8);
            assertThat(answer.statusCode()).as(name + ": " + text).isIn((Object[]) statuses);
            assertThat(text).as(name).contains("OperationOutcome").doesNotContain("Exception", "fr.carnet.", "ca.uhn");
            assertThat(Duration.between(start, Instant.now())).as(name).isLessThan(Duration.ofSeconds(10));
        });
        assertThat(stored()).isEqualTo(before);
        assertThat(Scene.SERVER
                        .send(martin, Call.get("DocumentReference?status=current&" + Scene.of(patient)))
                        .status())
                .as("the server goes on")
                .isEqualTo(200);
        return bodies.size();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String lotAsJson() {
        return FhirJson.text(lot(patient, document()));
    }

    /** A gigabyte is on its way: the answer comes when the limit is passed, long before its end. */
    @FaultTest(14)
    @Test
    void bodyWithoutEndIsRefusedEarly() throws IOException {
        long gigabyte = 1L << 30;
        long used = used();
        try (RawSocket socket = RawSocket.to(Scene.SERVER.root())) {
            socket.send("POST /fhir HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + martin
                    + "\r\nContent-Type: " + JSON + "\r\nTransfer-Encoding: chunked\r\n\r\n");
            long sent = socket.chunksUntilRefused(gigabyte);
            String answer = socket.rest();
            assertThat(answer).startsWith("HTTP/1.1 413").contains("OperationOutcome");
            assertThat(sent).isLessThan(gigabyte / 8);
            FaultReport.tell(
                    14,
                    "a chunked body of 1 GB without a length",
                    sent >> 20,
                    "MB taken by the network before the refusal",
                    "413; the heap has %d MB more".formatted(Math.max(0, (used() - used) >> 20)));
        }
        assertThat(used() - used).isLessThan(100L << 20);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @FaultTest({17, 19})
    @Test
    void whatIsNoSoundDocumentIsKeptToTheByteAndRunNowhere() throws IOException {
        byte[] nested = zip("a.zip", zip("b.zip", zip("zeros", new byte[50 << 20])));
        int bombs = kept(Map.of("zip bomb behind the head of a PDF", joined(bytes("%PDF-1.4\n"), nested)));
        FaultReport.tell(
                17,
                "50 MB of zeros, zipped three times over in %d bytes".formatted(nested.length),
                bombs,
                "document stored",
                "as it was sent; never unpacked");
        Map<String, byte[]> crooked = new LinkedHashMap<>();
        crooked.put("head alone", bytes("%PDF-1.7\n"));
        crooked.put("cut in the middle", bytes("%PDF-1.7\n1 0 obj\n<< /Length 100000 >>\nstream\nabc"));
        crooked.put(
                "program that runs when it is opened",
                bytes(
                        "%PDF-1.7\n1 0 obj\n<< /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>\nendobj\n%%EOF"));
        crooked.put(
                "page of a browser at the same time", bytes("%PDF-1.7\n<html><script>alert(1)</script></html>\n%%EOF"));
        FaultReport.tell(
                19,
                "PDF that are crooked, run a program, or are a page as well",
                kept(crooked),
                "documents stored",
                "served as sent, as attachments that no browser runs (nosniff, Content-Security-Policy: sandbox)");
    }

    private int kept(Map<String, byte[]> contents) {
        contents.forEach((name, bytes) -> {
            Document document = Scene.with(bytes, document());
            String reference = Scene.published(patient, document);
            String binary = Scene.SERVER
                    .send(martin, Call.get(reference))
                    .json()
                    .at("/content/0/attachment/url")
                    .asText();
            HttpResponse<byte[]> answer = Scene.get(binary, martin, "Accept", "application/pdf");
            assertThat(answer.body()).as(name).isEqualTo(bytes);
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
                    .startsWith("attachment");
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("sandbox");
        });
        return contents.size();
    }

    private static byte[] zip(String name, byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] joined(byte[] head, byte[] tail) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head);
        bytes.writeBytes(tail);
        return bytes.toByteArray();
    }

    /** A listener stands where they point to: nobody comes. */
    @FaultTest(18)
    @Test
    void nothingThatXmlPointsToIsFetched() throws Exception {
        try (var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var calls = new AtomicInteger();
            Thread ear = new Thread(() -> {
                while (!listener.isClosed()) {
                    try {
                        listener.accept().close();
                        calls.incrementAndGet();
                    } catch (IOException e) {
                        // closed
                    }
                }
            });
            ear.setDaemon(true);
            ear.start();
            String url = "http://127.0.0.1:" + listener.getLocalPort() + "/x";
            int lots = refused(hostile(url, "Bundle xmlns=\"http://hl7.org/fhir\"", "Bundle"), XML, 400, 422);
            int documents = 0;
            for (Map.Entry<String, byte[]> one : hostile(
                            url, "ClinicalDocument xmlns=\"urn:hl7-org:v3\"", "ClinicalDocument")
                    .entrySet()) {
                List<Integer> before = stored();
                var answer = Scene.post(martin, lot(patient, Scene.with(one.getValue(), Scene.levelOne())));
                assertThat(answer.status()).as(one.getKey()).isEqualTo(422);
                assertThat(stored()).isEqualTo(before);
                documents++;
            }
            Thread.sleep(200);
            assertThat(calls).hasValue(0);
            // the ear hears
            new java.net.Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort()).close();
            Thread.sleep(200);
            assertThat(calls).hasValue(1);
            FaultReport.tell(
                    18,
                    "external DTD and entities, entities of entities, XInclude, stylesheets",
                    lots + documents,
                    "lots and CDA refused",
                    "400 or 422, nothing stored, no call to the listener that they point to");
        }
    }

    private static Map<String, byte[]> hostile(String url, String open, String close) {
        String laughs = "<!ENTITY l0 \"ha\">";
        for (int i = 1; i < 10; i++) {
            laughs += "<!ENTITY l" + i + " \"" + ("&l" + (i - 1) + ";").repeat(10) + "\">";
        }
        String root = close;
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put("external DTD", bytes("<!DOCTYPE " + root + " SYSTEM \"" + url + "\"><" + open + "></" + close + ">"));
        all.put(
                "external entity",
                bytes("<!DOCTYPE " + root + " [<!ENTITY e SYSTEM \"" + url + "\">]><" + open + ">&e;</" + close + ">"));
        all.put(
                "parameter entity",
                bytes("<!DOCTYPE " + root + " [<!ENTITY % e SYSTEM \"" + url + "\"> %e;]><" + open + "></" + close
                        + ">"));
        all.put("billion laughs", bytes("<!DOCTYPE " + root + " [" + laughs + "]><" + open + ">&l9;</" + close + ">"));
        all.put(
                "XInclude",
                bytes("<" + open + "><xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"" + url
                        + "\" parse=\"text\"/></" + close + ">"));
        all.put(
                "stylesheet, and nothing of a lot",
                bytes("<?xml-stylesheet type=\"text/xsl\" href=\"" + url + "\"?><" + open + "></" + close + ">"));
        return all;
    }

    @FaultTest(20)
    @Test
    void crookedBase64IsRefused() {
        Map<String, byte[]> bodies = new LinkedHashMap<>();
        for (String wrong :
                List.of("=", "A", "AAAA=AAA", "AAAA====", "AA-_", "é", "\\u0000", "AAAA\\u0000AAAA", "%41")) {
            bodies.put(
                    wrong,
                    bytes(lotAsJson()
                            .replaceFirst("\"data\":\"[^\"]*\"", "\"data\":\"" + wrong.replace("\\", "\\\\") + "\"")));
        }
        FaultReport.tell(
                20,
                "base64 with wrong padding, of the URL alphabet, with NUL and letters of no alphabet",
                refused(bodies, JSON, 400, 422),
                "lots refused",
                "400 or 422, nothing stored");
    }

    @FaultTest(21)
    @Test
    void hashAndSizeThatAreNotThoseOfTheBytesAreRefusedByName() {
        Map<String, Consumer<DocumentReference>> wrong = new LinkedHashMap<>();
        wrong.put(
                "XDSNonIdenticalHash",
                d -> d.getContentFirstRep().getAttachment().setHash(new byte[20]));
        wrong.put(
                "XDSNonIdenticalSize",
                d -> d.getContentFirstRep().getAttachment().setSize(7));
        wrong.put(
                "XDSNonIdenticalSize ",
                d -> d.getContentFirstRep().getAttachment().setSize(0));
        List<Integer> before = stored();
        wrong.forEach((code, edit) -> {
            var answer = Scene.post(martin, Scene.edited(lot(patient, document()), edit));
            assertThat(answer.status()).as(code).isEqualTo(422);
            assertThat(answer.codes()).as(code).contains(code.strip());
        });
        assertThat(stored()).isEqualTo(before);
        FaultReport.tell(
                21,
                "hash, size, size 0 that are not those of the bytes",
                wrong.size(),
                "lots refused",
                "XDSNonIdenticalHash, XDSNonIdenticalSize, nothing stored");
    }

    @FaultTest(22)
    @Test
    void tooManyEntriesAndReferencesAreRefused() {
        Bundle entries = lot(patient, document());
        for (int i = 0; i < 10_000; i++) {
            entries.addEntry(entries.getEntry().get(2).copy().setFullUrl("urn:uuid:" + java.util.UUID.randomUUID()));
        }
        Bundle references = lot(patient, document());
        for (int i = 0; i < 10_000; i++) {
            Scene.reference(references).getContext().addRelated(new Reference("Patient/" + i));
        }
        FaultReport.tell(
                22,
                "10 000 entries; 10 000 references in one resource",
                refused(
                        Map.of(
                                "entries",
                                bytes(FhirJson.text(entries)),
                                "references",
                                bytes(FhirJson.text(references))),
                        JSON,
                        400,
                        413,
                        422),
                "lots refused",
                "by a limit, nothing stored");
    }

    @FaultTest(23)
    @Test
    void deepLongAndEndlessJsonIsRefused() {
        Map<String, byte[]> bodies = new LinkedHashMap<>();
        bodies.put("100 000 levels", bytes("[".repeat(100_000) + "]".repeat(100_000)));
        bodies.put(
                "100 000 levels of objects",
                bytes("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":"
                        + "[{\"resource\":{\"contained\":".repeat(100_000)));
        bodies.put(
                "a million elements",
                bytes("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[" + "{},".repeat(999_999)
                        + "{}]}"));
        bodies.put(
                "40 MB of one string",
                bytes("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"id\":\"" + "a".repeat(40 << 20)
                        + "\"}"));
        bodies.put(
                "a number of a million digits",
                bytes("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"total\":" + "9".repeat(1_000_000)
                        + "}"));
        bodies.put(
                "1e999999999", bytes("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"total\":1e999999999}"));
        FaultReport.tell(
                23,
                "JSON of 100 000 levels, a million elements, 40 MB in one string, endless numbers",
                refused(bodies, JSON, 400, 413, 422),
                "lots refused",
                "with a word each; no stack is used up");
    }

    @FaultTest(24)
    @Test
    void textThatIsNoUtf8IsRefusedAndTheRestIsKeptToTheLetter() {
        String json = lotAsJson();
        Map<String, byte[]> bodies = new LinkedHashMap<>();
        bodies.put("lone byte", spoilt(json, new byte[] {(byte) 0xFF}));
        bodies.put("overlong slash", spoilt(json, new byte[] {(byte) 0xC0, (byte) 0xAF}));
        bodies.put("surrogate in UTF-8", spoilt(json, new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}));
        bodies.put("cut sequence", spoilt(json, new byte[] {(byte) 0xE2, (byte) 0x82}));
        bodies.put("UTF-16", json.getBytes(Charset.forName("UTF-16")));
        bodies.put("control character", spoilt(json, new byte[] {1}));
        bodies.put("lone surrogate, escaped", spoilt(json, bytes("\\ud800")));
        int refused = refused(bodies, JSON, 400, 422);

        List<String> titles = List.of("sens \u202Einverse\u202C", "zéro\u200Blargeur", "e\u0301 et é", "\uD83D\uDE80");
        for (String title : titles) {
            Bundle bundle = lot(patient, document());
            Scene.reference(bundle).getContentFirstRep().getAttachment().setTitle(title);
            var answer = Scene.post(martin, bundle);
            if (answer.status() == 200) {
                String reference = fr.carnet.server.Publication.documents(answer)
                        .findFirst()
                        .orElseThrow();
                assertThat(Scene.SERVER
                                .send(martin, Call.get(reference))
                                .json()
                                .at("/content/0/attachment/title")
                                .asText())
                        .isEqualTo(title);
            } else {
                assertThat(answer.status()).as(title).isIn(400, 422);
            }
        }
        FaultReport.tell(
                24,
                "bytes that are no UTF-8, UTF-16, control characters, lone surrogates",
                refused,
                "lots refused",
                "marks of direction, of no width, combined and beyond 16 bits come back to the letter");
    }

    /** Where the title stands. */
    private static byte[] spoilt(String json, byte[] with) {
        String title = "Compte rendu";
        int at = json.lastIndexOf(title) + 3;
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(bytes(json.substring(0, at)));
        bytes.writeBytes(with);
        bytes.writeBytes(bytes(json.substring(at)));
        return bytes.toByteArray();
    }

    @FaultTest(25)
    @Test
    void aKeyTwiceIsRefused() {
        Map<String, byte[]> bodies = new LinkedHashMap<>();
        for (String key : List.of("subject", "securityLabel", "status", "masterIdentifier")) {
            String json = lotAsJson();
            int at = json.indexOf("\"resourceType\":\"DocumentReference\"");
            String value = key.equals("status") ? "\"current\"" : key.equals("securityLabel") ? "[]" : "{}";
            bodies.put(key, bytes(json.substring(0, at) + "\"" + key + "\":" + value + "," + json.substring(at)));
        }
        bodies.put("resourceType", bytes(lotAsJson().replaceFirst("\\{", "{\"resourceType\":\"Patient\",")));
        FaultReport.tell(
                25,
                "a key twice in one object: subject, securityLabel, status, masterIdentifier, resourceType",
                refused(bodies, JSON, 400, 422),
                "lots refused",
                "nothing stored");
    }

    /** What regular expressions walk for ever in: the fields that are held to one. */
    @FaultTest(26)
    @Test
    void stringsThatMakeExpressionsWalkAreRefusedInTime() {
        String walk = "1.".repeat(20_000) + "!";
        String spaces = " ".repeat(50_000) + "!";
        List<Call> calls = new ArrayList<>();
        for (String value : List.of(walk, "a".repeat(30_000) + "!", spaces, "0".repeat(30_000) + "x")) {
            for (String parameter :
                    List.of("date", "identifier", "_id", "type", "patient", "_sort", "_count", "text")) {
                calls.add(Call.get("DocumentReference?" + Scene.of(patient) + "&" + parameter + "="
                        + Call.escaped(value.substring(0, Math.min(value.length(), 2_000)) + "!")));
            }
        }
        long slow = 0;
        for (Call call : calls) {
            Instant start = Instant.now();
            assertThat(Scene.SERVER.send(martin, call).status())
                    .as(call.path().substring(0, 120))
                    .isIn(200, 400);
            slow = Math.max(slow, Duration.between(start, Instant.now()).toMillis());
        }
        HttpResponse<byte[]> words = Scene.http(
                "POST",
                "DocumentReference/_search",
                bytes(Scene.of(patient) + "&text=" + "1%2C".repeat(10_000)),
                "Authorization",
                "Bearer " + martin,
                "Content-Type",
                "application/x-www-form-urlencoded");
        assertThat(words.statusCode()).isIn(200, 400);
        Map<String, byte[]> bodies = new LinkedHashMap<>();
        bodies.put("oid", bytes(FhirJson.text(Scene.edited(lot(patient, document()), d -> d.getMasterIdentifier()
                .setValue("urn:oid:" + walk)))));
        bodies.put(
                "date",
                bytes(lotAsJson().replaceFirst("\"date\":\"[^\"]*\"", "\"date\":\"" + "2026-".repeat(10_000) + "\"")));
        bodies.put("code", bytes(lotAsJson().replaceFirst("\"code\":\"11488-4\"", "\"code\":\"" + spaces + "\"")));
        refused(bodies, JSON, 400, 422);
        String bomb = "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"operation\",\"part\":["
                + "{\"name\":\"type\",\"valueCode\":\"delete\"},{\"name\":\"path\",\"valueString\":\"DocumentReference"
                + ".descendants()".repeat(12) + "\"}]}]}";
        Instant start = Instant.now();
        HttpResponse<byte[]> patched = Scene.http(
                "PATCH",
                Scene.published(patient, document()),
                bytes(bomb),
                "Authorization",
                "Bearer " + martin,
                "Content-Type",
                JSON);
        assertThat(patched.statusCode()).isIn(400, 422);
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
        assertThat(slow).as("milliseconds of the slowest search").isLessThan(3_000);
        FaultReport.tell(
                26,
                "strings that regular expressions walk in, a FHIRPath of descendants of descendants",
                calls.size() + bodies.size() + 1,
                "requests",
                "answered or refused, the slowest search within %d ms".formatted(slow));
    }
}
