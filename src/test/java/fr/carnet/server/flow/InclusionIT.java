package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.document;
import static fr.carnet.server.flow.Scene.get;
import static fr.carnet.server.flow.Scene.lot;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Person;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a search brings along: decided like a read, never counted, traced. */
class InclusionIT {

    private static Person patient;
    private static String martin;
    private static String petit;
    /** Replaced by {@link #second}. */
    private static String first;

    private static String firstLot;
    private static String second;
    private static String secondLot;
    /** A lot of its own that the holder masked. */
    private static String masked;

    private static String maskedLot;

    @BeforeAll
    static void twoVersionsAndAMaskedDocument() {
        patient = Scene.patient();
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        Scene.authorise("nurse-petit", Scene.NURSE_PETIT, patient);
        martin = token("dr-martin", patient);
        petit = token("nurse-petit", patient);
        List<String> before = created(lot(patient, document()));
        firstLot = before.get(0);
        first = before.get(1);
        List<String> after = created(Scene.replacing(first, lot(patient, document())));
        secondLot = after.get(0);
        second = after.get(1);
        List<String> hidden = created(lot(patient, document()));
        maskedLot = hidden.get(0);
        masked = hidden.get(1);
        String holder = token("hugo", patient, "subject", patient.ins().value());
        assertThat(Scene.SERVER.send(holder, Choices.masking(masked)).status()).isEqualTo(200);
    }

    private static List<String> created(Bundle lot) {
        return Scene.post(martin, lot).createdInTransaction().toList();
    }

    private static Stream<String> entries(Answer answer, String mode) {
        assertThat(answer.status()).as("%s", Scene.issues(answer)).isEqualTo(200);
        return StreamSupport.stream(answer.json().path("entry").spliterator(), false)
                .filter(e -> e.at("/search/mode").asText().equals(mode))
                .map(e -> e.path("resource"))
                .map(r -> r.path("resourceType").asText() + "/" + r.path("id").asText());
    }

    private static Answer search(String token, String query) {
        return Scene.SERVER.send(token, Call.get(query + "&" + Scene.of(patient)));
    }

    private static String id(String reference) {
        return reference.substring(reference.indexOf('/') + 1);
    }

    @Test
    void documentsComeWithTheirLots() {
        Answer answer = search(martin, "List?code=submissionset&status=current&_include=List:item&_id=" + id(firstLot));
        assertThat(entries(answer, "match")).containsExactly(firstLot);
        assertThat(entries(answer, "include")).containsExactly(first);
        assertThat(answer.total()).isEqualTo(1);
        JsonNode included = answer.json().at("/entry/1");
        assertThat(included.path("fullUrl").asText()).isEqualTo(Scene.SERVER.root() + "/fhir/" + first);
        assertThat(included.at("/resource/content/0/attachment/url").asText())
                .startsWith(Scene.SERVER.root() + "/fhir/Binary/");
    }

    @Test
    void lotsComeWithTheirDocuments() {
        Answer answer = search(martin, "DocumentReference?status=current&_revinclude=List:item&_id=" + id(second));
        assertThat(entries(answer, "match")).containsExactly(second);
        assertThat(entries(answer, "include")).containsExactly(secondLot);
        assertThat(answer.total()).isEqualTo(1);
    }

    @Test
    void versionsComeWithEachOther() {
        Answer newest = search(
                martin, "DocumentReference?status=current&_include=DocumentReference:relatesto&_id=" + id(second));
        assertThat(entries(newest, "match")).containsExactly(second);
        assertThat(entries(newest, "include")).containsExactly(first);
        Answer oldest = search(
                martin, "DocumentReference?status=superseded&_revinclude=DocumentReference:relatesto&_id=" + id(first));
        assertThat(entries(oldest, "include")).containsExactly(second);
    }

    @Test
    void whatMatchesIsNotIncludedAgain() {
        Answer both = search(
                martin,
                "DocumentReference?status=current,superseded&_include=DocumentReference:relatesto&_id=" + id(first)
                        + "," + id(second));
        assertThat(entries(both, "match")).containsExactlyInAnyOrder(first, second);
        assertThat(entries(both, "include")).isEmpty();
        assertThat(both.total()).isEqualTo(2);
    }

    @Test
    void whatIsHiddenDoesNotComeAlong() {
        Answer hers = search(
                petit, "DocumentReference?status=current&_revinclude=List:item&_include=DocumentReference:relatesto");
        String body = new String(hers.body(), StandardCharsets.UTF_8);
        assertThat(entries(hers, "match")).contains(second);
        assertThat(body).doesNotContain(id(masked), id(maskedLot));
        Answer lots = search(petit, "List?code=submissionset&status=current&_include=List:item");
        assertThat(new String(lots.body(), StandardCharsets.UTF_8)).doesNotContain(id(masked), id(maskedLot));
        Answer his = search(martin, "DocumentReference?status=current&_revinclude=List:item&_id=" + id(masked));
        assertThat(entries(his, "include")).containsExactly(maskedLot);
    }

    @Test
    void anAppendixDoesNotTellOfWhatItIsAppendedTo() {
        Bundle appendix = lot(patient, document());
        Scene.reference(appendix)
                .addRelatesTo()
                .setCode(org.hl7.fhir.r4.model.DocumentReference.DocumentRelationshipType.APPENDS)
                .setTarget(new org.hl7.fhir.r4.model.Reference(masked));
        String appended = created(appendix).get(1);
        for (String value : List.of(masked, id(masked), Scene.SERVER.root() + "/fhir/" + masked)) {
            assertThat(entries(search(martin, "DocumentReference?status=current&relatesto=" + value), "match"))
                    .containsExactly(appended);
            assertThat(entries(search(petit, "DocumentReference?status=current&relatesto=" + value), "match"))
                    .isEmpty();
        }
        String related = "DocumentReference?status=current&_include=DocumentReference:relatesto&_id=" + id(appended);
        assertThat(entries(search(martin, related), "include")).containsExactly(masked);
        Answer hers = search(petit, related);
        assertThat(entries(hers, "match")).containsExactly(appended);
        assertThat(entries(hers, "include")).isEmpty();
        assertThat(new String(hers.body(), StandardCharsets.UTF_8)).doesNotContain(id(masked));
    }

    @Test
    void whatIsIncludedIsTraced() {
        Person traced = Scene.patient();
        Scene.authorise("dr-martin", Scene.DR_MARTIN, traced);
        String token = token("dr-martin", traced);
        List<String> deposited = Scene.post(token, lot(traced, document()))
                .createdInTransaction()
                .toList();
        String search = "List?code=submissionset&status=current&_include=List:item&" + Scene.of(traced);
        assertThat(Scene.SERVER.send(token, Call.get(search)).status()).isEqualTo(200);
        Answer traces =
                Scene.SERVER.send(Scene.SERVER.token("auditor"), Call.get("AuditEvent?_count=1&" + Scene.of(traced)));
        assertThat(new String(traces.body(), StandardCharsets.UTF_8))
                .contains("ITI-66")
                .contains(deposited.get(0))
                .contains(deposited.get(1));
    }

    @ParameterizedTest
    @CsvSource({
        "List, code=submissionset&status=current&_include=List:item",
        "DocumentReference, status=current&_revinclude=List:item"
    })
    void inXmlAndByFormItIsTheSame(String type, String query) {
        String search = query + "&" + Scene.of(patient);
        String json = body(get(type + "?" + search, martin));
        String xml = body(get(type + "?" + search, martin, "Accept", "application/fhir+xml"));
        String form = body(Scene.http(
                "POST",
                type + "/_search",
                search.getBytes(StandardCharsets.US_ASCII),
                "Authorization",
                "Bearer " + martin,
                "Content-Type",
                "application/x-www-form-urlencoded"));
        var fhir = FhirContext.forR4Cached();
        Bundle expected = fhir.newJsonParser().parseResource(Bundle.class, json);
        assertThat(expected.getEntry())
                .filteredOn(e -> e.getSearch().getMode() == SearchEntryMode.INCLUDE)
                .isNotEmpty();
        for (Bundle other : List.of(
                fhir.newXmlParser().parseResource(Bundle.class, xml),
                fhir.newJsonParser().parseResource(Bundle.class, form))) {
            assertThat(other.getTotal()).isEqualTo(expected.getTotal());
            assertThat(other.getEntry().stream()
                            .map(e -> e.getFullUrl() + e.getSearch().getMode()))
                    .containsExactlyElementsOf(expected.getEntry().stream()
                            .map(e -> e.getFullUrl() + e.getSearch().getMode())
                            .toList());
        }
    }

    private static String body(java.net.http.HttpResponse<byte[]> answer) {
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        assertThat(answer.statusCode()).as(text).isEqualTo(200);
        return text;
    }

    @Test
    void listsNeedTheirCode() {
        Answer refused = search(martin, "List?status=current");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.codes()).containsExactly("code-required");
        assertThat(search(martin, "List?_id=" + id(firstLot)).total()).isEqualTo(1);
    }

    @Test
    void changesSinceAnInstantAreFound() {
        Answer read = Scene.SERVER.send(martin, Call.get(second));
        String updated = read.json().at("/meta/lastUpdated").asText();
        String since = "_lastUpdated=ge" + Call.escaped(updated);
        assertThat(entries(search(martin, "DocumentReference?status=current&" + since), "match"))
                .contains(second);
        assertThat(entries(
                        search(
                                martin,
                                "DocumentReference?status=current,superseded&_lastUpdated=lt" + Call.escaped(updated)),
                        "match"))
                .doesNotContain(second);
        assertThat(entries(search(martin, "List?code=submissionset&status=current&" + since), "match"))
                .contains(secondLot)
                .doesNotContain(firstLot);
    }
}
