package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.SERVER;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import fr.carnet.document.overview.Rubric.Side;
import fr.carnet.document.overview.Rubrics;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.Person;
import fr.carnet.server.cli.client.UniqueId;
import fr.carnet.shared.Visibility;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code Patient/$overview}: what each caller sees by rubric, the most useful first, and not a document more. */
class OverviewIT {

    private static final String[] BREAK_GLASS = {
        "purpose", "bris_de_glace", "reason", "inconscient", "unable_to_consent", "true", "immediate_risk", "true"
    };
    /** Documents of a rubric that are told at most, and of a page of a search. */
    private static final int MOST = 50;

    private static final int PAGE = 200;
    private static final Person PATIENT = Scene.patient();
    private static final String[] OWN = {"subject", PATIENT.ins().value()};
    private static final String MARTIN = token("dr-martin", PATIENT);
    private static final String HOLDER = token("alice", PATIENT, OWN);
    private static final Map<String, String> PUBLISHED = new HashMap<>();

    private static String id;

    @BeforeAll
    static void publish() {
        Scene.authorise("dr-martin", Scene.DR_MARTIN, PATIENT);
        Scene.authorise("nurse-petit", Scene.NURSE_PETIT, PATIENT);
        Scene.authorise("pharmacist-roche", Characters.idNatPs("pharmacist-roche"), PATIENT);
        published("vsm", "SYNTH", 300);
        published("psychiatric", "68599-0", 10);
        published("liaison", "74207-2", 200);
        published("prescription", "57833-6", 30);
        published("dispensation", "60593-1", 20);
        published("imaging order", "55115-0", 1);
        published("consultation", "11488-4", 5);
        published("older consultation", "11488-4", 50);
        published("imaging", "18748-4", 40);
        published("laboratory", "11502-2", 3);
        published("pathology", "60568-3", 4);
        published("masked", "11488-4", 2, Visibility.MASQUE_PS);
        published("to be announced", "60568-3", 2, Visibility.INVISIBLE_PATIENT);
        String archived = published("archived", "11488-4", 1);
        assertThat(SERVER.send(MARTIN, MetadataUpdateIT.archiving(archived, true))
                        .status())
                .isEqualTo(200);
        keep(
                "replacing",
                created(
                        MARTIN,
                        Scene.replacing(
                                PUBLISHED.get("older consultation"), Scene.lot(PATIENT, document("11488-4", 49)))));
        keep("directives", created(HOLDER, HolderDocumentsIT.own(PATIENT, "EXPPAT_3", "90")));
        keep("own", created(HOLDER, HolderDocumentsIT.own(PATIENT, "DOCPAT02", "42")));
        Answer found = SERVER.send(
                MARTIN,
                Call.get("Patient?identifier=" + Call.escaped(PATIENT.ins().token())));
        id = found.matches().findFirst().orElseThrow().path("id").asText();
    }

    private static String created(String token, Bundle lot) {
        Answer answer = Scene.post(token, lot);
        return answer.createdInTransaction()
                .filter(reference -> reference.startsWith("DocumentReference/"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(answer.sentence()));
    }

    private static void keep(String name, String reference) {
        PUBLISHED.put(name, reference);
    }

    private static Document document(String type, int daysAgo) {
        UniqueId id = UniqueId.random();
        OffsetDateTime made = Scene.now().minusDays(daysAgo);
        return new Document(
                id,
                Characters.kind(type, Optional.empty()),
                made,
                ("%PDF-1.4\n% " + id.oid() + "\n%%EOF\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static String published(String name, String type, int daysAgo, Visibility... labels) {
        Bundle lot = Scene.edited(Scene.lot(PATIENT, document(type, daysAgo)), reference -> Stream.of(labels)
                .forEach(label -> reference.addSecurityLabel(
                        new CodeableConcept(new Coding(Visibility.SYSTEM, label.name(), null)))));
        String reference = created(MARTIN, lot);
        keep(name, reference);
        return reference;
    }

    private static Answer asked(String token, String query) {
        return SERVER.send(token, Call.get("Patient/" + id + "/$overview" + query));
    }

    private static Told told(String token, String query) {
        Answer answer = asked(token, query);
        assertThat(answer.status()).as(answer.sentence()).isEqualTo(200);
        return Told.of(answer.json());
    }

    private static List<String> names(Told.Rubric rubric) {
        Map<String, String> byReference = new HashMap<>();
        PUBLISHED.forEach((name, reference) -> byReference.put(reference, name));
        return rubric.references().stream().map(byReference::get).toList();
    }

    private static List<String> counts(Told told) {
        return told.rubrics().entrySet().stream()
                .map(rubric -> rubric.getKey() + " " + rubric.getValue().total())
                .toList();
    }

    // what is where

    @Test
    void treatingPhysicianSeesTheNineSpaces() {
        Told told = told(MARTIN, "");

        assertThat(counts(told))
                .containsExactly(
                        "SYNTHESE 3",
                        "TRAITEMENTS 3",
                        "COMPTES_RENDUS 3",
                        "IMAGERIE 1",
                        "ANALYSES 3",
                        "PREVENTION 0",
                        "CERTIFICATS 0",
                        "ESPACE_PERSONNEL 2",
                        "REMBOURSEMENT 0");
        assertThat(told.total()).isEqualTo(15);
        assertThat(told.emergency()).isEmpty();
        assertThat(names(told.rubrics().get("SYNTHESE"))).containsExactly("vsm", "psychiatric", "liaison");
        assertThat(names(told.rubrics().get("TRAITEMENTS")))
                .containsExactly("imaging order", "dispensation", "prescription");
        assertThat(names(told.rubrics().get("COMPTES_RENDUS"))).containsExactly("masked", "consultation", "replacing");
        assertThat(names(told.rubrics().get("ESPACE_PERSONNEL"))).containsExactly("directives", "own");
    }

    @Tag("R138")
    @Test
    void holderSeesHisRubricsWithWhatIsMaskedAndWithoutWhatIsHiddenFromHim() {
        Told told = told(HOLDER, "");

        assertThat(counts(told))
                .containsExactly(
                        "RESUME 3",
                        "ORDONNANCES 4",
                        "COMPTES_RENDUS 4",
                        "IMAGERIE 1",
                        "BIOLOGIE 1",
                        "PREVENTION 0",
                        "CERTIFICATS 0",
                        "PROFIL 0",
                        "ADMIN 0",
                        "AUTRES 1",
                        "HISTORIQUE_SOINS 0");
        assertThat(told.total()).isEqualTo(14);
        assertThat(names(told.rubrics().get("COMPTES_RENDUS")))
                .contains("masked", "pathology")
                .doesNotContain("to be announced", "archived", "older consultation");
    }

    @Test
    void representativeHasTheHoldersRubrics() {
        Person chloe = Characters.patient("chloe");
        Answer answer = SERVER.send(token("chloe-mother", chloe), Call.get("Patient/$overview?" + Scene.of(chloe)));

        assertThat(Told.of(answer.json()).rubrics().keySet())
                .isEqualTo(told(HOLDER, "").rubrics().keySet());
    }

    @Test
    void blockedProfessionalIsRefused() {
        Person alice = Characters.patient("alice");
        for (String[] more : List.of(new String[0], BREAK_GLASS)) {
            Answer refused =
                    SERVER.send(token("dr-blocked", alice, more), Call.get("Patient/$overview?" + Scene.of(alice)));
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.names("R44")).isTrue();
        }
    }

    @Test
    void nurseAndPharmacistSeeTheirRowOfTheMatrix() {
        for (String actor : List.of("nurse-petit", "pharmacist-roche")) {
            Told told = told(token(actor, PATIENT), "");
            assertThat(told.rubrics()).hasSize(9);
            assertThat(told.total()).isBetween(1, 13);
            assertThat(names(told.rubrics().get("SYNTHESE"))).doesNotContain("psychiatric");
        }
    }

    @Test
    void emergencyReadsTheSynthesisLiaisonDirectivesAndTreatmentsFirst() {
        Told told = told(token("dr-urg", PATIENT, BREAK_GLASS), "?_count=50");

        Told.Rubric first = told.emergency().orElseThrow();
        assertThat(first.label()).isEqualTo("À lire d’abord");
        assertThat(names(first))
                .startsWith("vsm", "liaison", "directives")
                .contains("dispensation", "prescription")
                .doesNotContain("imaging order", "consultation", "masked");
        assertThat(first.total()).isEqualTo(first.documents().size());
        // they stay where they are, and are counted there
        assertThat(names(told.rubrics().get("SYNTHESE"))).contains("vsm", "liaison");
        assertThat(told.total())
                .isEqualTo(told.rubrics().values().stream()
                        .mapToInt(Told.Rubric::total)
                        .sum());
        assertThat(told.total()).isEqualTo(told.documents().size());
    }

    @Test
    void regulatingPhysicianReadsThemFirstToo() {
        Told told = told(token("dr-samu", PATIENT, "purpose", "centre_15"), "?_count=2");

        assertThat(names(told.emergency().orElseThrow())).containsExactly("vsm", "liaison");
        assertThat(told.emergency().orElseThrow().total()).isGreaterThan(2);
    }

    @Test
    void labelsAreInTheReadersLanguage() {
        String french = get("Patient/" + id + "/$overview", MARTIN);
        String english = get("Patient/" + id + "/$overview", MARTIN, "Accept-Language", "en-GB,en;q=0.9");

        assertThat(french).contains("\"Comptes rendus\"").doesNotContain("\"Reports\"");
        assertThat(english).contains("\"Reports\"").doesNotContain("\"Comptes rendus\"");
    }

    private static String get(String path, String token, String... headers) {
        HttpResponse<byte[]> answer = Scene.get(path, token, headers);
        assertThat(answer.statusCode()).isEqualTo(200);
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    /** No such document is taken; one whose type has left the value set would still be counted. */
    @Test
    void documentOfATypeThatNoRubricHasStandsApart() {
        String document = PUBLISHED.get("imaging").substring("DocumentReference/".length());
        DSLContext dsl = SERVER.bean(DSLContext.class);
        int before = told(MARTIN, "").total();
        dsl.execute("update carnet.registry set type = 'GONE' where id = {0}", DSL.val(document));
        try {
            Told told = told(MARTIN, "");
            assertThat(told.total()).isEqualTo(before);
            assertThat(told.rubrics().get("IMAGERIE").total()).isZero();
            assertThat(names(told.rubrics().get("HORS_RUBRIQUE"))).containsExactly("imaging");
        } finally {
            dsl.execute("update carnet.registry set type = '18748-4' where id = {0}", DSL.val(document));
        }
    }

    // honest counts

    static Stream<Circumstances> everybody() {
        List<Person> patients = List.of(
                PATIENT,
                Characters.patient("alice"),
                Characters.patient("chloe"),
                Characters.patient("farid"),
                Characters.patient("david"),
                Characters.patient("emma"),
                Characters.patient("gina"),
                Scene.stranger());
        return patients.stream()
                .flatMap(patient -> Stream.concat(
                        Characters.actors().stream()
                                .filter(actor -> !actor.equals("operator") && !actor.equals("auditor"))
                                .map(actor -> Circumstances.of(actor, patient)),
                        Stream.of(
                                Circumstances.of("dr-urg", patient, BREAK_GLASS),
                                Circumstances.of("dr-samu", patient, "purpose", "centre_15"),
                                Circumstances.of("dr-blocked", patient, BREAK_GLASS),
                                Circumstances.of(
                                        "alice",
                                        patient,
                                        "subject",
                                        patient.ins().value()))));
    }

    /** A caller before a record: fields of his token. */
    record Circumstances(String actor, Person patient, Map<String, String> fields) {

        static Circumstances of(String actor, Person patient, String... more) {
            return new Circumstances(actor, patient, Scene.naming(patient, more));
        }
    }

    /** For everybody the overview of a record is what his search of it is: refused alike, or the same documents. */
    @ParameterizedTest
    @MethodSource("everybody")
    void overviewIsTheSearchOfTheSameCaller(Circumstances circumstances) {
        String token = SERVER.token(circumstances.actor(), circumstances.fields());
        String query = Scene.of(circumstances.patient());
        Answer search = SERVER.send(token, Call.get("DocumentReference?_count=" + PAGE + "&" + listed(query)));
        Answer overview = SERVER.send(token, Call.get("Patient/$overview?_count=" + MOST + "&" + query));

        assertThat(overview.status()).as(overview.sentence()).isEqualTo(search.status());
        assertThat(overview.codes().toList()).isEqualTo(search.codes().toList());
        if (search.status() != 200) {
            assertThat(overview.sentence()).isEqualTo(search.sentence());
            return;
        }
        Told told = Told.of(overview.json());
        assertThat(told.total()).isEqualTo(search.total());
        assertThat(told.rubrics().values().stream().mapToInt(Told.Rubric::total).sum())
                .isEqualTo(search.total());
        assertThat(told.rubrics().values())
                .allSatisfy(rubric -> assertThat(rubric.documents()).hasSize(Math.min(MOST, rubric.total())));
        assertThat(pages(token, query, search.total())).containsAll(told.documents());
        told.emergency().ifPresent(first -> assertThat(told.documents()).containsAll(first.documents()));
        countsAreThoseOfTheSearchByType(told, token, query);
    }

    /** All that the search finds: other tests publish into the same records. */
    private static List<JsonNode> pages(String token, String query, int total) {
        return IntStream.rangeClosed(0, total / PAGE)
                .mapToObj(page ->
                        Call.get("DocumentReference?_count=" + PAGE + "&_offset=" + page * PAGE + "&" + listed(query)))
                .flatMap(call -> SERVER.send(token, call).matches())
                .toList();
    }

    private static String listed(String query) {
        return "status=current&isArchived=false&" + query;
    }

    private static void countsAreThoseOfTheSearchByType(Told told, String token, String query) {
        Side side = told.rubrics().containsKey("RESUME") ? Side.HOLDER : Side.PROFESSIONAL;
        Rubrics.bundled().of(side).stream().filter(rubric -> !rubric.last()).forEach(rubric -> {
            String types = String.join(",", rubric.types().toList());
            Answer search = SERVER.send(
                    token, Call.get("DocumentReference?_summary=count&type=" + types + "&" + listed(query)));
            assertThat(told.rubrics().get(rubric.code()).total())
                    .as(rubric.code())
                    .isEqualTo(search.total());
        });
    }

    @Test
    void maskingChangesTheCountAtOnce() {
        Person patient = Scene.patient();
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        String document = Scene.published(patient, Scene.document());
        String nurse = token("nurse-petit", patient);
        Scene.authorise("nurse-petit", Scene.NURSE_PETIT, patient);
        String query = "Patient/$overview?" + Scene.of(patient);
        int before = Told.of(SERVER.send(nurse, Call.get(query)).json()).total();

        String holder = token("alice", patient, "subject", patient.ins().value());
        assertThat(SERVER.send(holder, Choices.masking(document)).status()).isEqualTo(200);

        Told masked = Told.of(SERVER.send(nurse, Call.get(query)).json());
        assertThat(masked.total()).isEqualTo(before - 1);
        assertThat(masked.rubrics().get("COMPTES_RENDUS").references()).doesNotContain(document);
        assertThat(Told.of(SERVER.send(holder, Call.get(query)).json()).total()).isEqualTo(1);
    }

    // refused

    @Test
    void unknownIdTokenOfAnotherAndStrangerAreAnsweredAsTheirSearchIs() {
        Person other = Scene.patient();
        String stranger = token("dr-leroy", PATIENT);
        for (String token :
                List.of(MARTIN, HOLDER, stranger, token("dr-martin", other), token("chloe-mother", other))) {
            for (String patient : List.of(id, "00000000-0000-0000-0000-000000000000", "x")) {
                Answer search = SERVER.send(token, Call.get("DocumentReference?status=current&patient=" + patient));
                Answer overview = SERVER.send(token, Call.get("Patient/" + patient + "/$overview"));
                assertThat(overview.status()).isEqualTo(search.status());
                assertThat(overview.codes().toList()).isEqualTo(search.codes().toList());
                assertThat(overview.sentence()).isEqualTo(search.sentence());
            }
        }
        assertThat(asked(stranger, "").status()).isEqualTo(403);
        assertThat(asked(token("dr-martin", other), "").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "?_count=51, invalid-number",
        "?_count=-1, invalid-number",
        "?_count=x, invalid-number",
        "?_count=99999999999, invalid-number",
        "?_count=1&_count=2, parameter-twice",
        "?type=11488-4, unknown-parameter",
        "?_summary=true, unknown-parameter",
        "?_elements=parameter, unknown-parameter",
        "?patient.identifier=urn:oid:1.2.250.1.213.1.4.10%7C284057505601204, one-patient"
    })
    void whatIsNotUnderstoodIsRefusedByName(String query, String code) {
        Answer refused = asked(MARTIN, query);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.codes()).containsExactly(code);
    }

    @Test
    void typeLevelNeedsThePatient() {
        assertThat(SERVER.send(MARTIN, Call.get("Patient/$overview")).codes()).containsExactly("patient-required");
        assertThat(SERVER.send(MARTIN, Call.get("Patient/$overview?patient.identifier=x"))
                        .codes())
                .containsExactly("invalid-identifier");
        assertThat(SERVER.send(MARTIN, Call.get("Patient/$overview?patient.identifier=urn:oid:1.2.3%7C42"))
                        .status())
                .isEqualTo(422);
    }

    // how it is asked and answered

    @Test
    void countBoundsWhatIsToldNotWhatIsCounted() {
        Told none = told(MARTIN, "?_count=0");
        assertThat(none.documents()).isEmpty();
        assertThat(counts(none)).isEqualTo(counts(told(MARTIN, "?_count=50")));
        assertThat(told(MARTIN, "?_count=1").rubrics().get("SYNTHESE").documents())
                .hasSize(1);
    }

    @Test
    void getAndPostTellTheSame() {
        JsonNode byGet = asked(MARTIN, "?_count=1").json();
        String one = "Patient/" + id + "/$overview";
        var bounded = new Parameters().addParameter("_count", new IntegerType(1));
        var named = new Parameters().addParameter("_count", new IntegerType(1));
        named.addParameter().setName("patient.identifier").setValue(PATIENT.identifier());

        assertThat(SERVER.send(MARTIN, Call.write("POST", one, bounded)).json()).isEqualTo(byGet);
        assertThat(SERVER.send(MARTIN, Call.write("POST", "Patient/$overview", named))
                        .json())
                .isEqualTo(byGet);
        assertThat(SERVER.send(MARTIN, Call.get("Patient/$overview?_count=1&" + Scene.of(PATIENT)))
                        .json())
                .isEqualTo(byGet);
        HttpResponse<byte[]> empty = Scene.http("POST", one, new byte[0], "Authorization", "Bearer " + MARTIN);
        assertThat(new String(empty.body(), StandardCharsets.UTF_8)).isEqualTo(get(one, MARTIN));
        assertThat(SERVER.send(MARTIN, Call.write("POST", one + "?_count=1", new Parameters()))
                        .codes())
                .containsExactly("unknown-parameter");
        assertThat(SERVER.send(MARTIN, Call.write("POST", one, named)).codes()).containsExactly("one-patient");
    }

    @Test
    void xmlAndPrettyTellTheSame() {
        FhirContext fhir = SERVER.bean(FhirContext.class);
        String path = "Patient/" + id + "/$overview";
        Parameters json = fhir.newJsonParser().parseResource(Parameters.class, get(path, MARTIN));
        Parameters xml = fhir.newXmlParser()
                .parseResource(Parameters.class, get(path, MARTIN, "Accept", "application/fhir+xml"));
        String pretty = get(path + "?_pretty=true", MARTIN);

        assertThat(xml.equalsDeep(json)).isTrue();
        assertThat(pretty).contains("\n  \"parameter\"");
        assertThat(fhir.newJsonParser().parseResource(Parameters.class, pretty).equalsDeep(json))
                .isTrue();
    }

    @Test
    void urlsAreAbsoluteAndLeadToTheContent() {
        JsonNode document =
                told(MARTIN, "").rubrics().get("IMAGERIE").documents().get(0);
        String url = document.at("/content/0/attachment/url").asText();

        assertThat(url).startsWith("http");
        assertThat(SERVER.send(MARTIN, Call.get(url)).status()).isEqualTo(200);
    }

    /** What a document relates to is told, or cut, as in a search. */
    @Test
    void relationsAreThoseOfASearch() {
        Answer search =
                SERVER.send(HOLDER, Call.get("DocumentReference?status=current&_count=200&" + Scene.of(PATIENT)));
        Map<String, JsonNode> searched = new HashMap<>();
        search.matches().forEach(document -> searched.put(document.path("id").asText(), document));
        Told told = told(HOLDER, "?_count=50");

        assertThat(told.documents()).isNotEmpty().allSatisfy(document -> assertThat(document)
                .isEqualTo(searched.get(document.path("id").asText())));
        assertThat(told.documents()).anyMatch(document -> document.has("relatesTo"));
    }

    // traced

    @Test
    void everyDocumentThatIsToldIsTracedOnce() {
        Instant before = Instant.now();
        String urgent = token("dr-urg", PATIENT, BREAK_GLASS);
        Told told = told(urgent, "?_count=1");
        List<String> shown = new ArrayList<>(told.emergency().orElseThrow().references());
        told.rubrics().values().forEach(rubric -> shown.addAll(rubric.references()));

        Answer traces = SERVER.send(
                HOLDER, Call.get("AuditEvent?date=ge" + Call.escaped(before.toString()) + "&" + Scene.of(PATIENT)));
        JsonNode event = traces.matches()
                .filter(trace -> trace.toString().contains(Characters.idNatPs("dr-urg")))
                .findFirst()
                .orElseThrow();
        List<String> traced = StreamSupport.stream(event.path("entity").spliterator(), false)
                .map(entity -> entity.at("/what/reference").asText())
                .filter(reference -> reference.contains("DocumentReference/"))
                .map(reference -> reference.replaceAll(".*(DocumentReference/[^/]+).*", "$1"))
                .toList();
        // R111: nor does the trace tell the holder of what is hidden from him
        assertThat(shown.remove(PUBLISHED.get("to be announced"))).isTrue();
        assertThat(traced).containsExactlyInAnyOrderElementsOf(Set.copyOf(shown));
    }
}
