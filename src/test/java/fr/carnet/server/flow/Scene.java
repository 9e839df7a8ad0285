package fr.carnet.server.flow;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.carnet.dmp.RecordRegistration;
import fr.carnet.fulltext.extract.Documents;
import fr.carnet.server.Conformity;
import fr.carnet.server.RunningServer;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Depositor;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.Lot;
import fr.carnet.server.cli.client.Person;
import fr.carnet.server.cli.client.UniqueId;
import fr.carnet.shared.CarnetUris;
import fr.carnet.shared.CodeSystems;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.Ins;
import fr.carnet.shared.InsDomain;
import fr.carnet.shared.ProfileUris;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DocumentReference.DocumentRelationshipType;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** People, documents and requests of these tests, on the one running server. */
final class Scene {

    static final RunningServer SERVER = RunningServer.get();
    static final String DR_MARTIN = "899700100011";
    static final String DR_LEROY = "899700100029";
    static final String NURSE_PETIT = "899700100037";
    static final Depositor LEROY =
            new Depositor(DR_LEROY, "Leroy", "Paul", "SM04", "1990000010", "Centre hospitalier H");
    static final Person ALICE = cast(
            "284057505601204", "MOREAU", "ALICE", "ALICE JEANNE", "1984-05-17", AdministrativeGender.FEMALE, "75056");
    static final Person BRUNO =
            cast("162113523804516", "LE GOFF", "BRUNO", "BRUNO", "1962-11-03", AdministrativeGender.MALE, "35238");
    static final Person DAVID =
            cast("179076912303314", "PETITJEAN", "DAVID", "DAVID", "1979-07-22", AdministrativeGender.MALE, "69123");
    static final Person EMMA = cast(
            "293016748201725", "SCHMITT", "EMMA", "EMMA LOUISE", "1993-01-09", AdministrativeGender.FEMALE, "67482");
    static final Person HUGO =
            cast("199083306302881", "LAFITTE", "HUGO", "HUGO", "1999-08-19", AdministrativeGender.MALE, "33063");
    static final Person NESSI = cast(
            "277076322082910", "NESSI", "RUTH", "RUTH ISABELLE", "1977-07-14", AdministrativeGender.FEMALE, "51215");
    static final Person DOMINIQUE = cast(
            "279035121518989",
            "PAT-TROIS",
            "DOMINIQUE",
            "DOMINIQUE MARIE-LOUISE",
            "1979-03-28",
            AdministrativeGender.FEMALE,
            "51215");
    static final Document.Kind CONSULTATION = Document.Kind.CONSULTATION;

    /** As the header of the synthesis says. */
    static final OffsetDateTime SYNTHESIS_MADE = OffsetDateTime.parse("2026-03-10T10:00:00+01:00");

    private static final String LEVEL_ONE_PDF = Base64.getEncoder()
            .encodeToString("%PDF-1.4\ntrailer<</Root 1 0 R>>\n%%EOF\n".getBytes(StandardCharsets.US_ASCII));
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final AtomicInteger PEOPLE = new AtomicInteger();
    private static final long KEY_MODULUS = 97;

    private Scene() {}

    private static Person cast(
            String ins,
            String name,
            String first,
            String givens,
            String birth,
            AdministrativeGender sex,
            String place) {
        return new Person(new Ins(InsDomain.TEST, ins), name, first, givens, birth, sex, place);
    }

    /** A person nobody has registered. */
    static Person stranger() {
        int index = PEOPLE.incrementAndGet();
        String number = String.format("19203691%05d", 23000 + index);
        String ins = number + String.format("%02d", KEY_MODULUS - Long.parseLong(number) % KEY_MODULUS);
        return cast(
                ins, "ESSAI", "JEAN", "JEAN PAUL", "1992-03-0" + (1 + index % 9), AdministrativeGender.MALE, "69123");
    }

    /** A new patient with an open record; his treating physician is dr-martin. */
    static Person patient() {
        return treated(stranger(), DR_MARTIN, "OPENED_ACTIVATED");
    }

    /** The record of this person in that state since yesterday, with that treating physician from now on. */
    static Person treated(Person person, String physician, String state) {
        Patient resource = in(state, Instant.now().minus(1, ChronoUnit.DAYS), person);
        resource.addExtension(
                ProfileUris.TREATING_PHYSICIAN,
                new Reference()
                        .setIdentifier(
                                new Identifier().setSystem(IdNatPs.SYSTEM).setValue(physician)));
        SERVER.bean(RecordRegistration.class).register(resource);
        return person;
    }

    /** A new patient whose record is in that state since then. */
    static Person patient(String state, Instant since) {
        return led(stranger(), state, since);
    }

    /** The record of this person as the server itself would lead it there, whatever it was. */
    static Person led(Person person, String state, Instant since) {
        SERVER.bean(RecordRegistration.class).register(in(state, since, person));
        return person;
    }

    /** An operation on a record; pairs of parameter and value. */
    static Call operation(String operation, Person patient, Object... more) {
        var parameters = new Parameters();
        parameters.addParameter().setName("identifier").setValue(patient.identifier());
        for (int i = 0; i < more.length; i += 2) {
            parameters.addParameter().setName((String) more[i]).setValue((Type) more[i + 1]);
        }
        return Call.write("POST", "Patient/$" + operation, parameters);
    }

    /** The operator's registration of a record said to be in that state. */
    static Call registration(Person person, String state, Instant since) {
        return Call.write(
                "PUT", "Patient?identifier=" + Call.escaped(person.ins().token()), in(state, since, person));
    }

    private static Patient in(String state, Instant since, Person person) {
        var extension = new Extension(CarnetUris.RECORD_STATE);
        extension.addExtension("state", new CodeType(state));
        extension.addExtension("since", new DateTimeType(Date.from(since)));
        Patient resource = person.resource();
        resource.addExtension(extension);
        return resource;
    }

    /** A token for this patient. */
    static String token(String actor, Person patient, String... more) {
        return SERVER.token(actor, naming(patient, more));
    }

    /** Fields of a token request that names this patient, and more in pairs. */
    static Map<String, String> naming(Person patient, String... more) {
        Map<String, String> fields =
                new TreeMap<>(Map.of("patient", patient.ins().value()));
        for (int i = 0; i < more.length; i += 2) {
            fields.put(more[i], more[i + 1]);
        }
        return fields;
    }

    /** Declares the patient's consent; the Consent's reference. */
    static String authorise(String actor, String idNatPs, Person patient) {
        return SERVER.send(token(actor, patient), Choices.authorisation(patient, idNatPs))
                .created()
                .orElseThrow();
    }

    static Document document() {
        return document(CONSULTATION);
    }

    static Document document(Document.Kind kind) {
        UniqueId id = UniqueId.random();
        byte[] bytes = ("%PDF-1.4\n% " + id.oid() + "\n%%EOF\n").getBytes(StandardCharsets.US_ASCII);
        return new Document(id, kind, now(), bytes);
    }

    /** A PDF of this text. */
    static Document worded(Document.Kind kind, String text) {
        return new Document(UniqueId.random(), kind, now(), Documents.pdf(text));
    }

    /** Brings what was published and changed so far into the index of texts. */
    static void indexed() {
        SERVER.index();
    }

    /** Rows of a table that fulfil a condition. */
    static int rows(String table, String condition) {
        return SERVER.bean(DSLContext.class).fetchCount(DSL.table(table), DSL.condition(condition));
    }

    /** The same document with other bytes. */
    static Document with(byte[] bytes, Document document) {
        OffsetDateTime made = document.kind().mediaType().equals("application/pdf") ? now() : SYNTHESIS_MADE;
        return new Document(document.id(), document.kind(), made, bytes);
    }

    /** The same around a PDF: a document of level 1. */
    static Document levelOne(String... edits) {
        String[] level = {
            "<templateId root=\"1.2.250.1.213.1.1.1.13\"/>",
            "<templateId root=\"1.3.6.1.4.1.19376.1.2.20\"/>",
            "<structuredBody>",
            "<nonXMLBody><text mediaType=\"application/pdf\" representation=\"B64\">" + LEVEL_ONE_PDF
                    + "</text></nonXMLBody><!--",
            "</structuredBody>",
            "-->"
        };
        Document cda =
                synthesis(Stream.concat(Stream.of(level), Stream.of(edits)).toArray(String[]::new));
        Document.Kind vsm = cda.kind();
        var kind = new Document.Kind(
                vsm.typeSystem(),
                vsm.typeCode(),
                vsm.classCode(),
                CONSULTATION.formatSystem(),
                CONSULTATION.formatCode(),
                vsm.mediaType(),
                vsm.title());
        return new Document(cda.id(), kind, SYNTHESIS_MADE, cda.content());
    }

    /** The fictional synthesis of alice, CDA, with an id of its own. */
    static Document synthesis(String... edits) {
        UniqueId id = UniqueId.random();
        try (InputStream in = Scene.class.getResourceAsStream("/tour/vsm.xml")) {
            String cda = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("{{id}}", id.oid())
                    .replace("{{time}}", "20260310100000+0100");
            for (int i = 0; i < edits.length; i += 2) {
                if (!cda.contains(edits[i])) {
                    throw new IllegalArgumentException("the document has no " + edits[i]);
                }
                cda = cda.replace(edits[i], edits[i + 1]);
            }
            return new Document(id, Document.Kind.VSM, SYNTHESIS_MADE, cda.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static OffsetDateTime now() {
        return Instant.now().minus(1, ChronoUnit.HOURS).atOffset(ZoneOffset.UTC);
    }

    static Bundle lot(Person patient, Document document) {
        return lot(patient, Depositor.DR_MARTIN, document);
    }

    static Bundle lot(Person patient, Depositor depositor, Document document) {
        return new Lot(UniqueId.random(), patient, depositor, document).bundle();
    }

    /** A lot that replaces a stored document, without PATCH entry. */
    static Bundle replacing(String target, Bundle lot) {
        reference(lot).addRelatesTo().setCode(DocumentRelationshipType.REPLACES).setTarget(new Reference(target));
        return lot;
    }

    static Bundle edited(Bundle lot, Consumer<DocumentReference> edit) {
        edit.accept(reference(lot));
        return lot;
    }

    static DocumentReference reference(Bundle lot) {
        return lot.getEntry().stream()
                .map(e -> e.getResource())
                .filter(DocumentReference.class::isInstance)
                .map(DocumentReference.class::cast)
                .findFirst()
                .orElseThrow();
    }

    /** The metadata of a document with the document inside, as ITI-105 takes them. */
    static DocumentReference simplified(Person patient, Document document) {
        DocumentReference published = reference(lot(patient, document));
        published.getMeta().getProfile().clear();
        published.getMeta().addProfile(ProfileUris.SIMPLIFIED_PUBLISH);
        published.setIdentifier(null);
        published
                .getContentFirstRep()
                .getAttachment()
                .setUrl(null)
                .setSizeElement(null)
                .setHash(null)
                .setData(document.content());
        return published;
    }

    /** Without the contained resources that nothing refers to any more (dom-3). */
    static <T extends DomainResource> T pruned(T resource) {
        boolean more = true;
        while (more) {
            String json = SERVER.bean(FhirContext.class).newJsonParser().encodeResourceToString(resource);
            more = resource.getContained()
                    .removeIf(contained -> !json.contains(
                            "\"#" + contained.getIdElement().getIdPart().replace("#", "") + "\""));
        }
        return resource;
    }

    static ListResource set(Bundle lot) {
        return (ListResource) lot.getEntry().get(0).getResource();
    }

    static Answer post(String token, Bundle lot) {
        return SERVER.send(token, Call.transaction(lot));
    }

    /** Publishes as dr-martin; {@code DocumentReference/id}. */
    static String published(Person patient, Document document) {
        return published("dr-martin", patient, lot(patient, document));
    }

    static String published(String actor, Person patient, Bundle lot) {
        Answer answer = post(token(actor, patient), lot);
        return answer.createdInTransaction()
                .filter(r -> r.startsWith("DocumentReference/"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(answer.status() + " " + issues(answer)));
    }

    /** {@code severity code expression} of each issue; the expression may lack. */
    static List<String> issues(Answer answer) {
        return StreamSupport.stream(answer.json().path("issue").spliterator(), false)
                .map(Scene::issue)
                .toList();
    }

    /** Warnings of a transaction's entries, as codes. */
    static List<String> warnings(Answer answer) {
        return answer.json().findValues("outcome").stream()
                .flatMap(outcome -> StreamSupport.stream(outcome.path("issue").spliterator(), false))
                .map(issue -> issue.at("/details/coding/0/code").asText())
                .toList();
    }

    /** Entries of a transaction's answer, but for their warnings: only the first answer lacks the word that it is not the first. */
    static JsonNode withoutOutcomes(Answer answer) {
        JsonNode entries = answer.json().path("entry");
        entries.forEach(entry -> ((ObjectNode) entry.path("response")).remove("outcome"));
        return entries;
    }

    /** {@code severity code expression} of an issue. */
    static String issue(JsonNode issue) {
        return (issue.path("severity").asText() + " "
                        + issue.at("/details/coding/0/code").asText() + " "
                        + issue.at("/expression/0").asText())
                .strip();
    }

    /** Of a search as this caller, in the order of the answer: {@code DocumentReference/id}. */
    static List<String> found(String token, String query) {
        Answer answer = SERVER.send(token, Call.get(query));
        if (answer.status() != 200) {
            throw new IllegalStateException(query + ": " + answer.status() + " " + issues(answer));
        }
        return answer.matches()
                .map(r -> r.path("resourceType").asText() + "/" + r.path("id").asText())
                .toList();
    }

    static String of(Person patient) {
        return "patient.identifier=" + Call.escaped(patient.ins().token());
    }

    static String identifier(UniqueId id) {
        return "identifier=" + Call.escaped(CodeSystems.URI + "|" + id.urn());
    }

    /** Number of rows stored of documents and lots, contents, lots, FHIR resources, uniqueIds. */
    static List<Integer> stored() {
        DSLContext dsl = SERVER.bean(DSLContext.class);
        return List.of("carnet.registry", "carnet.content", "carnet.submission", "hfj_resource", "carnet.unique_id")
                .stream()
                .map(table -> dsl.fetchCount(DSL.table(table)))
                .toList();
    }

    /** A request with headers of its own: pairs of name and value. */
    static HttpResponse<byte[]> http(String method, String path, byte[] body, String... headers) {
        String url = path.startsWith("http") ? path : SERVER.root() + "/fhir" + (path.isEmpty() ? "" : "/" + path);
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .headers(headers)
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            HttpResponse<byte[]> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
            Conformity.hold(method + " " + url, answer.statusCode(), answer.body());
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static HttpResponse<byte[]> get(String path, String token, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "Authorization";
        all[1] = "Bearer " + token;
        return http("GET", path, new byte[0], all);
    }

    /** Moves the clock of the sandbox. */
    static void clock(String form) {
        SERVER.sandbox().clock(form);
    }
}
