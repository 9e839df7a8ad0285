package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.carnet.server.RawHttp.Ask;
import fr.carnet.server.RawHttp.Reply;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.Document.Kind;
import fr.carnet.server.cli.client.FhirJson;
import fr.carnet.server.cli.client.Lot;
import fr.carnet.server.cli.client.Person;
import fr.carnet.server.cli.client.UniqueId;
import fr.carnet.shared.Ins;
import fr.carnet.shared.InsDomain;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DocumentReference.DocumentRelationshipType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a caller may not see is answered exactly as what never existed: status, headers, body. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HiddenDocumentIT {

    private static final RunningServer SERVER = RunningServer.get();
    private static final Person CHLOE = Published.CHLOE;
    private static final Person PATIENT = Published.DOMINIQUE;
    private static final Person ALICE = new Person(
            new Ins(InsDomain.TEST, "284057505601204"),
            "MOREAU",
            "ALICE",
            "ALICE JEANNE",
            "1984-05-17",
            AdministrativeGender.FEMALE,
            "75056");
    private static final String ANY_STATUS = "&status=current,superseded,entered-in-error";
    private static final String JSON_PATCH = "application/json-patch+json";
    private static final String TEST_OPERATION = "[{\"op\":\"test\",\"path\":\"/status\",\"value\":\"current\"}]";

    private final Consents consents = new Consents();
    private final List<Case> cases = new ArrayList<>();
    private Map<String, String> ownValues = Map.of();

    /**
     * A document and two callers.
     *
     * @param name of the reason to hide it
     * @param subject patient
     * @param stranger token of who may not see it
     * @param entitled token of who may; empty if nobody may
     * @param hidden the document
     */
    private record Case(String name, Person subject, String stranger, Optional<String> entitled, Published hidden) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    void publish() {
        consents.declare(PATIENT, "dr-martin", "899700100011");
        consents.declare(PATIENT, "nurse-petit", "899700100037");
        consents.declare(PATIENT, "pharmacist-roche", "899700100045");
        consents.declare(Published.NESSI, "dr-martin", "899700100011");
        String author = SERVER.token("dr-martin");
        String holder = SERVER.token("dominique");

        Published masked = Published.of(PATIENT, Kind.CONSULTATION, HiddenDocumentIT::rich);
        ownValues = values(RawHttp.get(author, masked.path()).json());
        both("masked by the holder", "nurse-petit", author, masked);
        done(SERVER.send(holder, Choices.masking(masked.path())));
        for (String other : List.of("secretary", "dr-leroy", "hospital-automate", "operator", "auditor", "alice")) {
            cases.add(new Case("masked, for " + other, PATIENT, SERVER.token(other), Optional.of(author), masked));
        }
        cases.add(new Case("masked, in an emergency", PATIENT, emergency(), Optional.of(author), masked));

        both(
                "refused by the matrix",
                "pharmacist-roche",
                author,
                Published.of(PATIENT, Kind.PSYCHIATRIC_SYNTHESIS, HiddenDocumentIT::rich));

        Published deleted = Published.of(PATIENT, Kind.CONSULTATION, HiddenDocumentIT::rich);
        assertThat(RawHttp.get(SERVER.token("nurse-petit"), deleted.path()).status())
                .isEqualTo(200);
        done(SERVER.send(author, deletion(deleted)));
        cases.add(new Case("deleted, for another", PATIENT, SERVER.token("nurse-petit"), Optional.empty(), deleted));
        cases.add(new Case("deleted, for its author", PATIENT, author, Optional.empty(), deleted));
        cases.add(new Case("deleted, for the holder", PATIENT, holder, Optional.empty(), deleted));

        Published announced = Published.of(PATIENT, Kind.CONSULTATION, bundle -> {
            rich(bundle);
            Published.document(bundle).addSecurityLabel(Published.label("INVISIBLE_PATIENT"));
        });
        both("not yet announced to the holder", "dominique", author, announced);

        consents.declare(CHLOE, "dr-martin", "899700100011");
        Published secret = Published.of(CHLOE, Kind.CONSULTATION, bundle -> {
            rich(bundle);
            Published.document(bundle).addSecurityLabel(Published.label("INVISIBLE_REPRESENTANTS_LEGAUX"));
        });
        String ofChloe = SERVER.token("dr-martin", Map.of("patient", CHLOE.ins().value()));
        cases.add(new Case(
                "not shown to representatives", CHLOE, SERVER.token("chloe-mother"), Optional.of(ofChloe), secret));

        Published elsewhere = Published.of(Published.NESSI, Kind.CONSULTATION, HiddenDocumentIT::rich);
        cases.add(new Case(
                "of another's patient", Published.NESSI, SERVER.token("nurse-petit"), Optional.of(author), elsewhere));
    }

    @AfterAll
    void endConsents() {
        consents.close();
    }

    private static String emergency() {
        return SERVER.token(
                "dr-urg",
                Map.of(
                        "patient", PATIENT.ins().value(),
                        "purpose", "bris_de_glace",
                        "reason", "inconscient",
                        "unable_to_consent", "true",
                        "immediate_risk", "true"));
    }

    private void both(String name, String stranger, String entitled, Published hidden) {
        cases.add(new Case(name, PATIENT, SERVER.token(stranger), Optional.of(entitled), hidden));
        cases.add(new Case(
                name + ", patient named by the token",
                PATIENT,
                SERVER.token(stranger, Map.of("patient", PATIENT.ins().value())),
                Optional.of(entitled),
                hidden));
    }

    private static void done(fr.carnet.server.cli.client.Answer answer) {
        assertThat(answer.status()).as(answer.sentence()).isEqualTo(200);
    }

    private static Call deletion(Published document) {
        return Call.write(
                "PATCH",
                document.path(),
                JSON_PATCH,
                "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"entered-in-error\"}]"
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** With something to be found by in every parameter. */
    private static void rich(Bundle bundle) {
        var context = Published.document(bundle).getContext();
        context.addEvent(new CodeableConcept(
                new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "ACCTRECEIVABLE", null)));
        context.addRelated(new Reference()
                .setIdentifier(
                        new Identifier().setSystem("urn:oid:1.2.250.1.999").setValue("EXAMEN-77")));
    }

    Stream<Case> cases() {
        return cases.stream();
    }

    // reads

    @Channel({1, 3, 9, 10, 21, 38})
    @ParameterizedTest
    @MethodSource("cases")
    void readsAreThoseOfWhatNeverExisted(Case c) {
        Map<String, Function<Published, Ask>> reads = new LinkedHashMap<>();
        reads.put("read", d -> Ask.get(d.path()));
        reads.put("read as XML", d -> Ask.get(d.path()).with("Accept", "application/fhir+xml"));
        reads.put("read, pretty", d -> Ask.get(d.path() + "?_pretty=true"));
        reads.put("read, elements", d -> Ask.get(d.path() + "?_elements=id"));
        reads.put("HEAD", d -> Ask.of("HEAD", d.path()));
        reads.put("content, raw", d -> Ask.get("Binary/" + d.binary()).with("Accept", "application/pdf"));
        reads.put("content, anything", d -> Ask.get("Binary/" + d.binary()).with("Accept", "*/*"));
        reads.put("content as FHIR", d -> Ask.get("Binary/" + d.binary()));
        reads.put("HEAD of the content", d -> Ask.of("HEAD", "Binary/" + d.binary())
                .with("Accept", "*/*"));
        reads.put("lot", d -> Ask.get("List/" + d.list()));
        reads.forEach((name, ask) -> indistinguishable(c, name, ask).ifPresent(shown -> assertThat(shown.status())
                .as("%s, entitled: %s", name, shown.body())
                .isEqualTo(200)));
    }

    @Channel(5)
    @ParameterizedTest
    @MethodSource("cases")
    void conditionalReadsAreThoseOfWhatNeverExisted(Case c) {
        for (String version : List.of("W/\"1\"", "W/\"2\"", "*")) {
            Function<Published, Ask> ask = d -> Ask.get(d.path()).with("If-None-Match", version);
            indistinguishable(c, "If-None-Match " + version, ask)
                    .ifPresent(shown -> assertThat(shown.status()).isIn(200, 304));
        }
        indistinguishable(c, "If-Modified-Since", d -> Ask.get(d.path())
                        .with("If-Modified-Since", "Sat, 01 Jan 2050 00:00:00 GMT"))
                .ifPresent(shown -> assertThat(shown.status()).isIn(200, 304));
        indistinguishable(c, "Range", d -> Ask.get("Binary/" + d.binary())
                        .with("Accept", "*/*")
                        .with("Range", "bytes=0-3"))
                .ifPresent(shown -> assertThat(shown.status()).isEqualTo(206));
        indistinguishable(c, "Range that is not there", d -> Ask.get("Binary/" + d.binary())
                        .with("Accept", "*/*")
                        .with("Range", "bytes=9999999-"))
                .ifPresent(shown -> assertThat(shown.status()).isEqualTo(416));
        for (String tag : List.of("*", "\"x\"")) {
            indistinguishable(c, "content, If-None-Match " + tag, d -> Ask.get("Binary/" + d.binary())
                            .with("Accept", "*/*")
                            .with("If-None-Match", tag))
                    .ifPresent(shown -> assertThat(shown.status()).isIn(200, 304));
            indistinguishable(c, "content, If-Match " + tag, d -> Ask.get("Binary/" + d.binary())
                            .with("Accept", "*/*")
                            .with("If-Match", tag))
                    .ifPresent(shown -> assertThat(shown.status()).isIn(200, 412));
        }
        indistinguishable(c, "content, If-None-Match its own", d -> Ask.get("Binary/" + d.binary())
                        .with("Accept", "*/*")
                        .with("If-None-Match", "\"" + d.binary() + "\""))
                .ifPresent(shown -> assertThat(shown.status()).isEqualTo(304));
        indistinguishable(c, "content, If-Modified-Since", d -> Ask.get("Binary/" + d.binary())
                        .with("Accept", "*/*")
                        .with("If-Modified-Since", "Sat, 01 Jan 2050 00:00:00 GMT"))
                .ifPresent(shown -> assertThat(shown.status()).isIn(200, 304));
    }

    @Channel({6, 21})
    @ParameterizedTest
    @MethodSource("cases")
    void otherFormatsAreThoseOfWhatNeverExisted(Case c) {
        for (String format : List.of("html/json", "html", "ttl", "ndjson", "text/csv", "application/fhir+turtle")) {
            indistinguishable(c, "_format " + format, d -> Ask.get(d.path() + "?_format=" + Call.escaped(format)));
            indistinguishable(c, "Accept " + format, d -> Ask.get(d.path()).with("Accept", format));
        }
    }

    @Channel(38)
    @ParameterizedTest
    @MethodSource("cases")
    void compressedAnswersAreThoseOfWhatNeverExisted(Case c) {
        indistinguishable(c, "compressed", d -> Ask.get(d.path()).with("Accept-Encoding", "gzip"));
        indistinguishable(c, "compressed content", d -> Ask.get("Binary/" + d.binary())
                .with("Accept", "*/*")
                .with("Accept-Encoding", "gzip"));
    }

    @Channel({2, 39, 43})
    @ParameterizedTest
    @MethodSource("cases")
    void versionsAndHistoryAreClosedToAll(Case c) {
        for (String path : List.of("/_history", "/_history/1", "/_history/2", "/$meta", "/$everything")) {
            indistinguishable(c, path, d -> Ask.get(d.path() + path))
                    .ifPresent(shown -> assertThat(shown.status()).isIn(404, 405));
        }
    }

    // searches

    @Channel({6, 20, 23, 25, 32})
    @ParameterizedTest
    @MethodSource("cases")
    void everyParameterIsBlindToIt(Case c) {
        searches(c).forEach((name, query) -> {
            List<String> forms = ownValues.containsKey(name)
                    ? List.of("")
                    : List.of("", "&_summary=count", "&_count=0", "&_elements=id", "&_sort=date&_count=1");
            for (String form : forms) {
                Function<Published, String> path =
                        d -> "DocumentReference?" + Published.of(c.subject()) + query.apply(d) + form;
                indistinguishable(c, name + form, d -> Ask.get(path.apply(d))).ifPresent(shown -> {
                    assertThat(shown.status()).as("%s: %s", name, shown.body()).isEqualTo(200);
                    assertThat(shown.total()).as("%s, entitled", name).isEqualTo(1);
                });
            }
            Function<Published, String> plain = d -> "DocumentReference?" + Published.of(c.subject()) + query.apply(d);
            indistinguishable(c, name + " by form", d -> Ask.form(plain.apply(d)))
                    .ifPresent(shown -> assertThat(shown.total()).as(name).isEqualTo(1));
        });
    }

    /** Each parameter with the row's own value, tied to the row by its id. */
    private Map<String, Function<Published, String>> searches(Case c) {
        Map<String, Function<Published, String>> searches = new LinkedHashMap<>();
        searches.put("_id", d -> "&_id=" + d.id());
        searches.put("identifier", d -> "&identifier=" + Call.escaped("urn:ietf:rfc:3986|" + d.uniqueId()));
        searches.put("identifier without system", d -> "&identifier=" + Call.escaped(d.uniqueId()));
        searches.put("author.family", d -> "&author.family=" + d.family() + ANY_STATUS);
        searches.put("author.family:exact", d -> "&author.family:exact=" + d.family() + ANY_STATUS);
        searches.put(
                "author.family:contains",
                d -> "&author.family:contains=" + d.family().substring(4) + ANY_STATUS);
        Map<String, String> values = new LinkedHashMap<>(ownValues);
        if (c.name().startsWith("refused by the matrix")) {
            values.remove("type");
            values.remove("category");
        }
        if (c.name().startsWith("not yet")) {
            values.put("security-label", "INVISIBLE_PATIENT");
        }
        values.forEach((parameter, value) ->
                searches.put(parameter, d -> "&_id=" + d.id() + "&" + parameter + "=" + Call.escaped(value)));
        return searches;
    }

    private static Map<String, String> values(JsonNode document) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("status", "current");
        values.put("isArchived", "false");
        values.put("type", token(document.at("/type/coding/0")));
        values.put("category", token(document.at("/category/0/coding/0")));
        values.put("format", token(document.at("/content/0/format")));
        values.put("facility", token(document.at("/context/facilityType/coding/0")));
        values.put("setting", token(document.at("/context/practiceSetting/coding/0")));
        values.put("event", token(document.at("/context/event/0/coding/0")));
        values.put("security-label", token(document.at("/securityLabel/0/coding/0")));
        values.put("related", "urn:oid:1.2.250.1.999|EXAMEN-77");
        values.put("author", Published.DR_MARTIN.idNatPs());
        values.put("author.identifier", Published.DR_MARTIN.idNatPs());
        values.put("author.given", Published.DR_MARTIN.given());
        values.put("date", "ge2020-01-01");
        values.put("creation", "ge2020-01-01");
        values.put("period", "ge2020-01-01");
        assertThat(values.values()).noneMatch(String::isBlank);
        return values;
    }

    private static String token(JsonNode coding) {
        return coding.path("system").asText() + "|" + coding.path("code").asText();
    }

    @Channel({23, 24})
    @ParameterizedTest
    @MethodSource("cases")
    void noBroadSearchCountsIt(Case c) {
        for (String query : List.of("", ANY_STATUS, "&type:not=none", "&isArchived=false,true")) {
            String path = "DocumentReference?" + Published.of(c.subject()) + query + "&_count=200";
            Reply found = RawHttp.get(c.stranger(), path);
            assertThat(found.body())
                    .doesNotContain(
                            c.hidden().id(), c.hidden().uniqueId(), c.hidden().family());
            if (found.status() == 200 && found.total() <= 200) {
                assertThat(found.ids()).as(query).doesNotHaveDuplicates().hasSize(found.total());
                assertThat(RawHttp.get(c.stranger(), path + "&_summary=count").total())
                        .isEqualTo(found.total());
            }
        }
    }

    @Channel({15, 25})
    @ParameterizedTest
    @MethodSource("cases")
    void lotsDoNotTellOfIt(Case c) {
        Map<String, Function<Published, String>> searches = new LinkedHashMap<>();
        searches.put("lot by _id", d -> "&_id=" + d.list());
        searches.put("lot by identifier", d -> "&identifier=" + Call.escaped("urn:ietf:rfc:3986|" + d.lotId()));
        searches.put("lot by source.family", d -> "&status=current&source.family=" + d.family());
        searches.forEach((name, query) -> {
            for (String form : List.of("", "&_summary=count")) {
                Function<Published, Ask> ask =
                        d -> Ask.get("List?code=submissionset&" + Published.of(c.subject()) + query.apply(d) + form);
                indistinguishable(c, name, ask)
                        .ifPresent(shown -> assertThat(shown.total()).as(name).isEqualTo(1));
            }
        });
        Reply all = RawHttp.get(c.stranger(), "List?code=submissionset&" + Published.of(c.subject()) + "&_count=200");
        assertThat(all.body()).doesNotContain(c.hidden().list(), c.hidden().id());
    }

    @Channel({12, 13, 15})
    @ParameterizedTest
    @MethodSource("cases")
    void whatComesAlongDoesNotTellOfIt(Case c) {
        Map<String, Function<Published, String>> asks = new LinkedHashMap<>();
        asks.put("lots and their documents", d -> "List?_id=" + d.list() + "&_include=List:item");
        asks.put("documents and their lots", d -> "DocumentReference?_id=" + d.id() + "&_revinclude=List:item");
        asks.put(
                "relations",
                d -> "DocumentReference?_id=" + d.id()
                        + "&_include=DocumentReference:relatesto&_revinclude=DocumentReference:relatesto");
        asks.put("relatesto", d -> "DocumentReference?status=current&relatesto=" + d.id());
        asks.put("relatesto by reference", d -> "DocumentReference?status=current&relatesto=" + d.path());
        asks.put("related", d -> "DocumentReference?status=current&related=" + d.path());
        asks.put("related by type", d -> "DocumentReference?status=current&related:DocumentReference=" + d.id());
        asks.put("_lastUpdated", d -> "DocumentReference?_id=" + d.id() + "&_lastUpdated=ge2020-01-01");
        asks.put("_lastUpdated of lots", d -> "List?_id=" + d.list() + "&_lastUpdated=ge2020-01-01");
        asks.forEach((name, path) -> indistinguishable(
                        c, name, d -> Ask.get(path.apply(d) + "&" + Published.of(c.subject())))
                .ifPresent(shown -> assertThat(shown.status()).as(name).isEqualTo(200)));
        for (String broad : List.of(
                "DocumentReference?_count=200&_revinclude=List:item&_include=DocumentReference:relatesto",
                "List?code=submissionset&_count=200&_include=List:item")) {
            Reply found = RawHttp.get(c.stranger(), broad + "&status=current&" + Published.of(c.subject()));
            assertThat(found.body())
                    .doesNotContain(
                            c.hidden().id(), c.hidden().uniqueId(), c.hidden().family());
        }
    }

    @Channel({12, 13, 15, 16, 17, 26, 27, 28})
    @ParameterizedTest
    @MethodSource("cases")
    void whatIsNotServedTellsNothing(Case c) {
        Map<String, Function<Published, String>> asks = new LinkedHashMap<>();
        asks.put("_include", d -> "DocumentReference?_id=" + d.id() + "&_include=DocumentReference:subject");
        asks.put("_revinclude", d -> "DocumentReference?_id=" + d.id() + "&_revinclude=AuditEvent:entity");
        asks.put("item", d -> "List?item=DocumentReference/" + d.id());
        asks.put("_has", d -> "Patient?_has:DocumentReference:patient:_id=" + d.id());
        asks.put("_list", d -> "DocumentReference?_list=" + d.list());
        asks.put("chain", d -> "List?item:DocumentReference.identifier=" + Call.escaped(d.uniqueId()));
        asks.put("_content", d -> "DocumentReference?_content=" + (d.text().isEmpty() ? "Rien" : d.text()));
        asks.put("compartment", d -> "Patient/x/DocumentReference?_id=" + d.id());
        asks.put("system", d -> "?_id=" + d.id());
        asks.forEach((name, path) -> indistinguishable(c, name, d -> {
                    String at = path.apply(d);
                    return Ask.get(
                            at.startsWith("Patient") || at.startsWith("?") ? at : at + "&" + Published.of(c.subject()));
                })
                .ifPresent(shown -> assertThat(shown.status()).as(name).isIn(400, 404, 405)));
    }

    @Channel(34)
    @ParameterizedTest
    @MethodSource("cases")
    void aPageLinkOfAnotherGivesNothing(Case c) {
        if (c.entitled().isEmpty()) {
            return;
        }
        Function<Published, Ask> follow = d -> Ask.get(RawHttp.get(
                        c.entitled().get(),
                        "DocumentReference?" + Published.of(c.subject()) + "&status=current&author.family="
                                + d.family())
                .link("self"));
        assertThat(RawHttp.send(c.entitled().get(), follow.apply(c.hidden())).total())
                .isEqualTo(1);
        indistinguishable(c, "page link", follow);
    }

    // writes as reads

    @Channel({53, 54, 55})
    @ParameterizedTest
    @MethodSource("cases")
    void patchesAreThoseOfWhatNeverExisted(Case c) {
        Function<Published, String> byIdentifier =
                d -> "DocumentReference?identifier=" + Call.escaped("urn:ietf:rfc:3986|" + d.uniqueId());
        String wrong = TEST_OPERATION.replace("current", "superseded");
        for (String body : List.of(TEST_OPERATION, wrong)) {
            for (Function<Published, String> path : List.of(Published::path, byIdentifier)) {
                indistinguishable(c, body, d -> Ask.of("PATCH", path.apply(d)).body(JSON_PATCH, body))
                        .ifPresent(shown ->
                                assertThat(shown.status()).as(shown.body()).isEqualTo(body.equals(wrong) ? 422 : 200));
            }
        }
        indistinguishable(c, "If-Match", d -> Ask.of("PATCH", d.path())
                .with("If-Match", "W/\"99\"")
                .body(JSON_PATCH, TEST_OPERATION));
        indistinguishable(c, "unreadable patch", d -> Ask.of("PATCH", d.path()).body(JSON_PATCH, "{"));
        indistinguishable(c, "PUT", d -> Ask.of("PUT", d.path()).body("application/fhir+json", "{}"));
        indistinguishable(c, "DELETE", d -> Ask.of("DELETE", d.path()));
    }

    @Channel({56, 57, 58, 59})
    @ParameterizedTest
    @MethodSource("cases")
    void aSubmissionThatNamesItIsAnsweredAsIfItNeverExisted(Case c) {
        for (DocumentRelationshipType code :
                List.of(DocumentRelationshipType.REPLACES, DocumentRelationshipType.APPENDS)) {
            same(c, code + " by id", d -> submission(c, code, new Reference(d.path())));
            same(
                    c,
                    code + " by match URL",
                    d -> submission(c, code, new Reference("DocumentReference?identifier=" + d.uniqueId())));
            same(
                    c,
                    code + " by identifier",
                    d -> submission(
                            c,
                            code,
                            new Reference()
                                    .setIdentifier(new Identifier()
                                            .setSystem("urn:ietf:rfc:3986")
                                            .setValue(d.uniqueId()))));
        }
    }

    @Channel({56, 58})
    @ParameterizedTest
    @MethodSource("cases")
    void aLotThatListsItIsAnsweredAsIfItNeverExisted(Case c) {
        same(c, "lot", d -> {
            Bundle bundle = Published.Draft.of(c.subject(), Kind.CONSULTATION).bundle();
            Published.list(bundle).addEntry().setItem(new Reference(d.path()));
            return Ask.of("POST", RunningServer.get().root() + "/fhir")
                    .body("application/fhir+json", FhirJson.text(bundle));
        });
    }

    @Channel(59)
    @Test
    void aReplacementOfWhatIsHiddenOrUnknownIsUnprocessable() {
        Case c = cases.get(0);
        for (Published target : List.of(c.hidden(), Published.never())) {
            Ask ask = submission(c, DocumentRelationshipType.REPLACES, new Reference(target.path()));
            Reply refused = RawHttp.send(SERVER.token("nurse-petit"), ask);
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.codes()).containsExactly("R125");
        }
        Published own = Published.of(PATIENT, Kind.CONSULTATION);
        Reply done = RawHttp.send(
                SERVER.token("dr-martin"), submission(c, DocumentRelationshipType.REPLACES, new Reference(own.path())));
        assertThat(done.status()).as(done.body()).isEqualTo(200);
    }

    private static Ask submission(Case c, DocumentRelationshipType code, Reference target) {
        Bundle bundle = Published.Draft.of(c.subject(), Kind.CONSULTATION).bundle();
        Published.document(bundle).addRelatesTo().setCode(code).setTarget(target);
        return Ask.of("POST", RunningServer.get().root() + "/fhir")
                .body("application/fhir+json", FhirJson.text(bundle));
    }

    @Channel(56)
    @Test
    void aCdaThatReplacesWhatIsHiddenIsAnsweredAsIfThatNeverExisted() throws IOException {
        Published deleted = cases.stream()
                .filter(c -> c.name().equals("deleted, for its author"))
                .map(Case::hidden)
                .findFirst()
                .orElseThrow();
        Published visible = Published.of(ALICE, Kind.CONSULTATION);
        String unknown = successorOf(Published.never().uniqueId());
        assertThat(unknown).contains("cda-replaces-unknown");
        assertThat(successorOf(deleted.uniqueId())).isEqualTo(unknown);
        assertThat(successorOf(visible.uniqueId())).contains("cda-replaces-not-stated");
    }

    /** Publishes a CDA whose header says that it replaces this uniqueId; the answer without what is of each. */
    private static String successorOf(String uniqueId) throws IOException {
        OffsetDateTime made =
                OffsetDateTime.now(ZoneOffset.UTC).minusMinutes(10).truncatedTo(ChronoUnit.SECONDS);
        UniqueId id = UniqueId.random();
        String related = "<relatedDocument typeCode=\"RPLC\"><parentDocument><id root=\""
                + uniqueId.substring("urn:oid:".length()) + "\"/></parentDocument></relatedDocument>";
        String cda;
        try (var in = HiddenDocumentIT.class.getResourceAsStream("/tour/vsm.xml")) {
            cda = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("{{id}}", id.oid())
                    .replace(
                            "{{time}}",
                            DateTimeFormatter.ofPattern("yyyyMMddHHmmssxx").format(made))
                    .replaceFirst("<documentationOf>", related + "<documentationOf>");
        }
        assertThat(cda).contains("relatedDocument");
        var lot = new Lot(
                UniqueId.random(),
                ALICE,
                Published.DR_MARTIN,
                new Document(id, Kind.VSM, made, cda.getBytes(StandardCharsets.UTF_8)));
        Reply done = RawHttp.send(
                SERVER.token("dr-martin"),
                Ask.of("POST", SERVER.root() + "/fhir").body("application/fhir+json", FhirJson.text(lot.bundle())));
        return done.status() + " " + done.comparable(Map.of());
    }

    /** Only the uniqueId is unique: another document may bear the identifier of a hidden one. */
    @Channel(53)
    @Test
    void anIdentifierThatAHiddenDocumentSharesNamesTheVisibleOneAlone() {
        Published hidden = Published.of(PATIENT, Kind.CONSULTATION);
        done(SERVER.send(SERVER.token("dominique"), Choices.masking(hidden.path())));
        Published twin = Published.of(PATIENT, Kind.CONSULTATION, bundle -> Published.document(bundle)
                .addIdentifier()
                .setSystem("urn:ietf:rfc:3986")
                .setValue(hidden.uniqueId()));
        Published alone = Published.of(PATIENT, Kind.CONSULTATION, bundle -> Published.document(bundle)
                .getIdentifierFirstRep()
                .setValue("urn:uuid:" + UUID.randomUUID()));
        String entry = RawHttp.get(SERVER.token("dr-martin"), alone.path())
                .json()
                .at("/identifier/0/value")
                .asText();
        String nurse = SERVER.token("nurse-petit");
        Reply shared = patch(nurse, hidden.uniqueId());
        Reply own = patch(nurse, entry);
        assertThat(shared.status()).as(shared.body()).isEqualTo(own.status()).isEqualTo(200);
        assertThat(shared.json().path("id").asText()).isEqualTo(twin.id());
        assertThat(patch(SERVER.token("dr-martin"), hidden.uniqueId()).status()).isEqualTo(412);
    }

    private static Reply patch(String token, String identifier) {
        String path = "DocumentReference?identifier=" + Call.escaped("urn:ietf:rfc:3986|" + identifier);
        return RawHttp.send(token, Ask.of("PATCH", path).body(JSON_PATCH, TEST_OPERATION));
    }

    // lots of several documents

    @Channel({15, 73})
    @Test
    void aLotLosesWhatTellsOfItsHiddenDocument() {
        List<Published> pair = Published.pair(PATIENT, Kind.CONSULTATION, "Titre Ratel", "Note Ratel");
        String nurse = SERVER.token("nurse-petit");
        String lot = "List/" + pair.get(0).list();
        String byTitle = "List?code=submissionset&" + Published.of(PATIENT) + "&status=current&title="
                + Call.escaped("Titre Ratel");
        assertThat(RawHttp.get(nurse, lot).body()).contains(pair.get(1).id(), "Titre Ratel", "Note Ratel");
        assertThat(RawHttp.get(nurse, byTitle).total()).isEqualTo(1);

        done(SERVER.send(SERVER.token("dominique"), Choices.masking(pair.get(1).path())));

        Reply cut = RawHttp.get(nurse, lot);
        assertThat(cut.status()).isEqualTo(200);
        assertThat(cut.body())
                .contains(pair.get(0).id())
                .doesNotContain(pair.get(1).id(), "Ratel");
        Reply found = RawHttp.get(
                nurse, "List?" + Published.of(PATIENT) + "&_id=" + pair.get(0).list());
        assertThat(found.total()).isEqualTo(1);
        assertThat(found.body()).doesNotContain(pair.get(1).id(), "Ratel");
        for (String title : List.of("title=Titre+Ratel", "title:exact=Titre+Ratel", "title:contains=Ratel")) {
            assertThat(RawHttp.get(
                                    nurse,
                                    "List?code=submissionset&" + Published.of(PATIENT) + "&status=current&" + title)
                            .total())
                    .as("the title is no oracle either: %s", title)
                    .isZero();
        }
        String author = SERVER.token("dr-martin");
        assertThat(RawHttp.get(author, lot).body()).contains(pair.get(1).id(), "Titre Ratel", "Note Ratel");
        assertThat(RawHttp.get(author, byTitle).total()).isEqualTo(1);

        done(SERVER.send(SERVER.token("dominique"), Choices.masking(pair.get(0).path())));
        assertThat(RawHttp.get(nurse, lot).status()).isEqualTo(404);
    }

    @Channel(73)
    @Test
    void aVisibleDocumentDoesNotPointToAHiddenOne() {
        Published old = Published.of(PATIENT, Kind.CONSULTATION);
        Published fresh = Published.of(PATIENT, Kind.CONSULTATION, bundle -> Published.document(bundle)
                .addRelatesTo()
                .setCode(DocumentRelationshipType.APPENDS)
                .setTarget(new Reference(old.path())));
        String nurse = SERVER.token("nurse-petit");
        assertThat(RawHttp.get(nurse, fresh.path()).body()).contains(old.id());
        done(SERVER.send(SERVER.token("dominique"), Choices.masking(old.path())));
        assertThat(RawHttp.get(nurse, fresh.path()).status()).isEqualTo(200);
        assertThat(RawHttp.get(nurse, fresh.path()).body()).doesNotContain(old.id());
        assertThat(RawHttp.get(SERVER.token("dr-martin"), fresh.path()).body()).contains(old.id());
    }

    @Channel(18)
    @Test
    void theHoldersTracesDoNotNameWhatHeMayNotKnow() {
        Case c = cases.stream()
                .filter(x -> x.name().startsWith("not yet"))
                .findFirst()
                .orElseThrow();
        Reply traces = RawHttp.get(SERVER.token("dominique"), "AuditEvent?" + Published.of(PATIENT) + "&_count=200");
        assertThat(traces.status()).isEqualTo(200);
        assertThat(traces.body())
                .doesNotContain(c.hidden().id(), c.hidden().list(), c.hidden().uniqueId());
    }

    /** Compares the stranger's answers; hands back what the entitled caller gets, if there is one. */
    private static Optional<Reply> indistinguishable(Case c, String channel, Function<Published, Ask> ask) {
        same(c, channel, ask);
        return c.entitled()
                .map(token -> RawHttp.send(token, ask.apply(c.hidden())))
                .map(shown -> {
                    assertThat(shown.status())
                            .as("%s: %s %s", c.name(), channel, shown.body())
                            .isLessThan(500);
                    return shown;
                });
    }

    /** Compares the stranger's answers, in each format. */
    private static void same(Case c, String channel, Function<Published, Ask> ask) {
        Twins.same(c.stranger(), c.hidden(), c.name() + ": " + channel, ask);
        if (ask.apply(c.hidden()).headers().get("Accept").equals("application/fhir+json")) {
            Twins.same(c.stranger(), c.hidden(), c.name() + " as XML: " + channel, d -> ask.apply(d)
                    .with("Accept", "application/fhir+xml"));
        }
    }
}
