package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.ALICE;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.carnet.server.RunningServer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.UniqueId;
import fr.carnet.shared.ProfileUris;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Resource;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

/** {@code $validate}: everything that a submission would meet, and nothing is stored. */
class DryRunIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final FhirContext FHIR = FhirContext.forR4Cached();

    @Test
    void soundLotWouldBeAcceptedAndIsNotStored() throws IOException {
        Bundle lot = Scene.lot(ALICE, Scene.document());
        List<Integer> before = stored();

        assertThat(validate("Bundle", lot)).contains("dry-run-accepted");

        assertThat(stored()).isEqualTo(before);
        assertThat(publish(lot).statusCode()).isEqualTo(200);
    }

    @Test
    void everyFindingIsToldAtOnceWhateverFindsIt() throws IOException {
        Bundle lot = Scene.lot(ALICE, Scene.synthesis());
        DocumentReference document = (DocumentReference) lot.getEntry().get(1).getResource();
        document.setCustodian(null).setType(new CodeableConcept().setText("x"));
        document.getContentFirstRep().getAttachment().setLanguage("en-US");

        List<String> codes = validate("Bundle", lot);

        assertThat(codes).contains("pdsm-comprehensive-document-reference", "R120");
    }

    @Test
    void leniencyIsAskedForByTheRequest() throws IOException {
        Bundle lot = Scene.lot(ALICE, Scene.document());
        ((DocumentReference) lot.getEntry().get(1).getResource()).setCustodian(null);

        assertThat(validate("Bundle", lot)).contains("pdsm-comprehensive-document-reference");
        assertThat(codes(send("Bundle/$validate", lot, "Prefer", "handling=lenient")))
                .contains("dry-run-accepted", "tolerance-custodian-missing");
    }

    @Test
    void whatIsToleratedClaimsNoProfileOnceItIsStored() throws IOException {
        Bundle lot = Scene.lot(ALICE, Scene.document());
        Scene.reference(lot).getMasterIdentifier().setUse(null);
        assertThat(send("", lot).statusCode()).isEqualTo(422);
        HttpResponse<byte[]> answer = send("", lot, "Prefer", "handling=lenient");
        assertThat(answer.statusCode()).isEqualTo(200);
        List<String> stored = new ArrayList<>();
        JSON.readTree(answer.body())
                .path("entry")
                .forEach(entry -> stored.add(entry.at("/response/location").asText()));
        JsonNode set = read(stored.get(0));
        JsonNode document = read(stored.get(1));
        assertThat(set.at("/meta/profile/0").asText()).isEqualTo(ProfileUris.SUBMISSION_SET);
        assertThat(document.at("/meta/profile").isMissingNode()).isTrue();
        assertThat(document.at("/masterIdentifier/use").asText()).isEqualTo("usual");
    }

    private static JsonNode read(String location) {
        String reference = location.replaceFirst(".*/fhir/", "").replaceFirst("/_history/.*", "");
        return Scene.SERVER.send(token("alice", ALICE), Call.get(reference)).json();
    }

    @Test
    void whatOnlyTheStoreKnowsIsTold() throws IOException {
        OffsetDateTime made = Scene.now();
        byte[] content = Scene.document().content();
        Bundle lot = Scene.lot(ALICE, new Document(UniqueId.random(), Scene.CONSULTATION, made, content));
        assertThat(publish(lot).statusCode()).isEqualTo(200);
        Bundle unchanged = Scene.lot(ALICE, new Document(UniqueId.random(), Scene.CONSULTATION, made, content));

        assertThat(validate("Bundle", unchanged)).contains("R123");
        assertThat(validate("Bundle", lot))
                .as("the same lot gets its first answer")
                .contains("dry-run-accepted");
    }

    @Test
    void policyRefusesAsItWouldRefuseTheSubmission() throws IOException {
        Bundle lot = Scene.lot(ALICE, Scene.document());
        HttpResponse<byte[]> answer = Scene.http(
                "POST",
                "Bundle/$validate",
                json(lot),
                "Authorization",
                "Bearer " + token("operator", ALICE),
                "Content-Type",
                "application/fhir+json");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(codes(answer)).doesNotContain("dry-run-accepted").anyMatch(code -> code.matches("R\\d+"));
    }

    @Test
    void simplifiedPublicationIsToldOfItself() throws IOException {
        Bundle lot = Scene.lot(ALICE, Scene.document());
        DocumentReference document = (DocumentReference) lot.getEntry().get(1).getResource();
        document.setIdentifier(List.of()).setMeta(null);
        document.getContentFirstRep()
                .getAttachment()
                .setUrl(null)
                .setData(((Binary) lot.getEntry().get(2).getResource()).getData());
        List<Integer> before = stored();

        HttpResponse<byte[]> sound = send("DocumentReference/$validate", document);
        assertThat(new String(sound.body(), StandardCharsets.UTF_8)).contains("dry-run-accepted");
        document.setType(null);
        HttpResponse<byte[]> answer = send("DocumentReference/$validate", document);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("\"DocumentReference.type\"");

        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void withoutAResourceThereIsNothingToValidate() {
        assertThat(send("Bundle/$validate", new Parameters()).statusCode()).isEqualTo(400);
        assertThat(send("Bundle/$validate", new DocumentReference()).statusCode())
                .isEqualTo(400);
        assertThat(send("List/$validate", new Parameters()).statusCode()).isEqualTo(405);
    }

    private static List<String> validate(String type, Resource body) throws IOException {
        HttpResponse<byte[]> answer = send(type + "/$validate", body);
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        return codes(answer);
    }

    private static HttpResponse<byte[]> publish(Bundle lot) {
        return send("", lot);
    }

    private static HttpResponse<byte[]> send(String path, Resource body, String... headers) {
        List<String> all = new ArrayList<>(List.of(
                "Authorization", "Bearer " + token("dr-martin", ALICE), "Content-Type", "application/fhir+json"));
        all.addAll(List.of(headers));
        return Scene.http("POST", path, json(body), all.toArray(String[]::new));
    }

    private static byte[] json(Resource resource) {
        return FHIR.newJsonParser().encodeResourceToString(resource).getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> codes(HttpResponse<byte[]> answer) throws IOException {
        List<String> codes = new ArrayList<>();
        for (JsonNode issue : JSON.readTree(answer.body()).path("issue")) {
            issue.at("/details/coding")
                    .forEach(coding -> codes.add(coding.path("code").asText()));
        }
        return codes;
    }

    private static List<Integer> stored() {
        DSLContext dsl = RunningServer.get().bean(DSLContext.class);
        return List.of(
                dsl.fetchCount(DSL.table("carnet.registry")),
                dsl.fetchCount(DSL.table("carnet.submission")),
                dsl.fetchCount(DSL.table("hfj_resource")));
    }
}
