package fr.carnet.server.flow;

import static fr.carnet.server.flow.Patches.Change.DELETE;
import static fr.carnet.server.flow.Patches.Change.MASK;
import static fr.carnet.server.flow.Patches.Change.UNMASK;
import static fr.carnet.server.flow.Patches.Format.JSON_PATCH;
import static fr.carnet.server.flow.Scene.document;
import static fr.carnet.server.flow.Scene.issues;
import static fr.carnet.server.flow.Scene.lot;
import static fr.carnet.server.flow.Scene.post;
import static fr.carnet.server.flow.Scene.published;
import static fr.carnet.server.flow.Scene.replacing;
import static fr.carnet.server.flow.Scene.set;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.carnet.document.RegistryRebuild;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Person;
import fr.carnet.server.flow.Patches.Change;
import fr.carnet.shared.Visibility;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Reference;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an update of one version means for the others: what hides goes upwards, what deletes goes downwards (R125, R128). */
class VersionChainIT {

    private static final String MIDWIFE = "899700100078";

    private final Person patient = Scene.patient();
    private String martin;

    @BeforeEach
    void people() {
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        Scene.authorise("midwife", MIDWIFE, patient);
        martin = token("dr-martin", patient);
    }

    private Answer change(String token, Change change, String document) {
        return Scene.SERVER.send(token, Patches.call(JSON_PATCH, change, document));
    }

    private int midwifeReads(String document) {
        return Scene.SERVER.send(token("midwife", patient), Call.get(document)).status();
    }

    private String replaced(String document) {
        return published("dr-martin", patient, replacing(document, lot(patient, document())));
    }

    private static void assertRegistryEqualsResources(String... references) {
        List<String> ids = new ArrayList<>();
        for (String reference : references) {
            ids.add(reference.replaceAll(".*/", ""));
        }
        assertThat(Scene.SERVER.bean(RegistryRebuild.class).drift((done, total) -> {}))
                .doesNotContainAnyElementsOf(ids);
    }

    @Test
    void maskOfAnOldVersionHidesTheNewOnesToo() {
        String first = published(patient, document());
        String second = replaced(first);
        String third = replaced(second);
        assertThat(midwifeReads(third)).isEqualTo(200);
        Answer masked = change(martin, MASK, first);
        assertThat(masked.status()).as(issues(masked).toString()).isEqualTo(200);
        assertThat(masked.json().path("id").asText()).isEqualTo(first.replaceAll(".*/", ""));
        for (String version : List.of(first, second, third)) {
            assertThat(midwifeReads(version)).as(version).isEqualTo(404);
        }
        assertThat(change(martin, UNMASK, third).status()).isEqualTo(200);
        assertThat(midwifeReads(third)).isEqualTo(200);
        assertThat(midwifeReads(second)).isEqualTo(404);
        assertThat(midwifeReads(first)).isEqualTo(404);
        assertRegistryEqualsResources(first, second, third);
    }

    @Test
    void maskOfANewVersionLeavesTheOldOnes() {
        String first = published(patient, document());
        String second = replaced(first);
        assertThat(change(martin, MASK, second).status()).isEqualTo(200);
        assertThat(midwifeReads(second)).isEqualTo(404);
        assertThat(midwifeReads(first)).isEqualTo(200);
    }

    /** Who masked it once is who lifts it, in every version. */
    @Test
    void maskOfTheHolderIsHisInEveryVersion() {
        Person alice = Scene.ALICE;
        String first = published(alice, document());
        String second = published("dr-martin", alice, replacing(first, lot(alice, document())));
        assertThat(change(token("alice", alice), MASK, first).status()).isEqualTo(200);
        Answer refused = change(token("dr-martin", alice), UNMASK, second);
        assertThat(refused.status() + " " + issues(refused)).isEqualTo("403 [error R131]");
        assertThat(change(token("alice", alice), UNMASK, second).status()).isEqualTo(200);
    }

    /** He does not know of it, and would be told by a refusal (R102). */
    @Test
    void versionThatIsHiddenFromTheCallerIsNeitherChangedNorTold() {
        Person alice = Scene.ALICE;
        Scene.authorise("dr-martin", Scene.DR_MARTIN, alice);
        String first = published(alice, document());
        Bundle bundle = replacing(first, lot(alice, document()));
        Scene.reference(bundle)
                .addSecurityLabel(new CodeableConcept(new Coding(Visibility.SYSTEM, "INVISIBLE_PATIENT", null)));
        String hidden = published("dr-martin", alice, bundle);
        Answer masked = change(token("alice", alice), MASK, first);
        assertThat(masked.status()).as(issues(masked).toString()).isEqualTo(200);
        assertThat(Scene.SERVER
                        .send(token("dr-martin", alice), Call.get(hidden))
                        .json()
                        .path("securityLabel")
                        .findValuesAsText("code"))
                .containsExactlyInAnyOrder("N", "INVISIBLE_PATIENT");
    }

    /** Whichever comes first, the new version is masked as the old one is. */
    @Test
    void maskAndReplacementAtOnceLeaveNoVersionVisible() throws Exception {
        for (int round = 0; round < 10; round++) {
            String first = published(patient, document());
            Bundle bundle = replacing(first, lot(patient, document()));
            List<Answer> answers = AtOnce.answers(2, i -> i == 0 ? change(martin, MASK, first) : post(martin, bundle));
            assertThat(answers).allSatisfy(answer -> assertThat(answer.status())
                    .as(issues(answer).toString())
                    .isEqualTo(200));
            String second = answers.get(1)
                    .createdInTransaction()
                    .filter(r -> r.startsWith("DocumentReference/") && !r.equals(first))
                    .findFirst()
                    .orElseThrow();
            assertThat(midwifeReads(first)).isEqualTo(404);
            assertThat(midwifeReads(second)).isEqualTo(404);
            assertRegistryEqualsResources(first, second);
        }
    }

    @Test
    void maskOfTheFirstAndDeletionOfTheLastDoNotBlockEachOther() throws Exception {
        for (int round = 0; round < 10; round++) {
            String first = published(patient, document());
            String last = replaced(replaced(first));
            List<Answer> answers =
                    AtOnce.answers(2, i -> i == 0 ? change(martin, MASK, first) : change(martin, DELETE, last));
            assertThat(answers.get(0).status()).isIn(200, 404);
            assertThat(answers.get(1).status()).isEqualTo(200);
            assertThat(Scene.SERVER.send(martin, Call.get(first)).status()).isEqualTo(404);
        }
    }

    @Test
    void deletionTakesEveryVersionOutOfLotsAndFolders() {
        String first = published(patient, document());
        String other = published(patient, document());
        Bundle bundle = replacing(first, lot(patient, document()));
        set(bundle).addEntry().setItem(new Reference(other));
        Folders.add(bundle, first, other);
        List<String> created = post(martin, bundle).createdInTransaction().toList();
        String latest = created.get(1);
        String set = created.get(0);
        String folder = created.get(3);
        JsonNode before = read(folder);
        assertThat(items(before)).contains(first, latest, other);
        assertThat(change(martin, DELETE, latest).status()).isEqualTo(200);
        assertThat(items(read(folder))).containsExactly(other);
        assertThat(items(read(set))).contains(other).doesNotContain(latest);
        assertThat(read(folder).path("date").asText())
                .isGreaterThan(before.path("date").asText());
        assertThat(read(set).path("date").asText()).isNotEmpty();
        assertThat(Scene.found(martin, "List?status=current&code=folder&" + Scene.of(patient)))
                .containsExactly(folder);
        assertRegistryEqualsResources(first, latest, other, set, folder);
    }

    private JsonNode read(String list) {
        Answer answer = Scene.SERVER.send(martin, Call.get(list));
        assertThat(answer.status()).as(issues(answer).toString()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> items(JsonNode list) {
        return list.findValues("item").stream()
                .map(item -> item.path("reference").asText())
                .toList();
    }

    @Test
    void deletionsAtOnceInOneLotAreAllTakenOut() throws Exception {
        Bundle bundle = lot(patient, document());
        for (int i = 0; i < 4; i++) {
            Bundle more = lot(patient, document());
            set(bundle).addEntry(set(more).getEntryFirstRep());
            bundle.addEntry(more.getEntry().get(1));
            bundle.addEntry(more.getEntry().get(2));
        }
        List<String> created = post(martin, bundle).createdInTransaction().toList();
        List<String> documents =
                created.stream().filter(r -> r.startsWith("Doc")).toList();
        List<Answer> answers = AtOnce.answers(4, i -> change(martin, DELETE, documents.get(i)));
        assertThat(answers).allSatisfy(answer -> assertThat(answer.status())
                .as(issues(answer).toString())
                .isEqualTo(200));
        assertThat(items(read(created.get(0)))).containsExactly(documents.get(4));
        assertRegistryEqualsResources(created.get(0));
    }

    /** For good, and by every way to it. */
    @Test
    void whatIsDeletedIsGone() {
        String first = published(patient, document());
        Bundle bundle = replacing(first, lot(patient, document()));
        List<String> created = post(martin, bundle).createdInTransaction().toList();
        String latest = created.get(1);
        String content = created.get(2);
        String firstContent = Scene.SERVER
                .send(martin, Call.get(first))
                .json()
                .at("/content/0/attachment/url")
                .asText();
        assertThat(change(martin, DELETE, latest).status()).isEqualTo(200);
        for (String gone : List.of(first, latest, content, firstContent, created.get(0))) {
            assertThat(Scene.SERVER.send(martin, Call.get(gone, "*/*")).status())
                    .as(gone)
                    .isEqualTo(404);
        }
        for (String closed : List.of(latest + "/_history/1", latest + "/_history", first + "/_history/2")) {
            assertThat(Scene.SERVER.send(martin, Call.get(closed)).status())
                    .as(closed)
                    .isIn(404, 405);
        }
        String identifier = "identifier="
                + Call.escaped("urn:ietf:rfc:3986|"
                        + Scene.reference(bundle).getMasterIdentifier().getValue());
        for (String search : List.of(
                "status=current,superseded",
                "status=current,superseded&isArchived=true",
                "status=current,superseded&isArchived=false",
                identifier,
                "status=entered-in-error")) {
            Answer answer =
                    Scene.SERVER.send(martin, Call.get("DocumentReference?" + search + "&" + Scene.of(patient)));
            assertThat(answer.total()).as(search).isZero();
        }
        String undelete = "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"current\"}]";
        assertThat(Scene.SERVER
                        .send(martin, Patches.of(JSON_PATCH, latest, undelete))
                        .status())
                .isEqualTo(404);
        assertThat(Scene.SERVER
                        .bean(DSLContext.class)
                        .fetchValue(
                                "select count(*) from carnet.trace where action = 'DELETE' and record_patient ="
                                        + " (select patient_id from carnet.registry where id = ?)",
                                latest.replaceAll(".*/", "")))
                .isEqualTo(1L);
    }

    @Test
    void transformationOfADeletedDocumentStays() {
        String first = published(patient, document());
        Bundle bundle = lot(patient, document());
        Scene.reference(bundle)
                .addRelatesTo()
                .setCode(org.hl7.fhir.r4.model.DocumentReference.DocumentRelationshipType.TRANSFORMS)
                .setTarget(new Reference(first));
        String transformed = published("dr-martin", patient, bundle);
        assertThat(change(martin, DELETE, first).status()).isEqualTo(200);
        Answer read = Scene.SERVER.send(martin, Call.get(transformed));
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.json().has("relatesTo")).isFalse();
    }
}
