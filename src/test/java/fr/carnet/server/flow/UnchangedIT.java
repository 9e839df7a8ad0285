package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.LEROY;
import static fr.carnet.server.flow.Scene.SERVER;
import static fr.carnet.server.flow.Scene.document;
import static fr.carnet.server.flow.Scene.edited;
import static fr.carnet.server.flow.Scene.found;
import static fr.carnet.server.flow.Scene.issues;
import static fr.carnet.server.flow.Scene.lot;
import static fr.carnet.server.flow.Scene.post;
import static fr.carnet.server.flow.Scene.published;
import static fr.carnet.server.flow.Scene.replacing;
import static fr.carnet.server.flow.Scene.stored;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Depositor;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.Person;
import fr.carnet.server.cli.client.UniqueId;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DocumentReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same document sent again under another uniqueId (R123), and which id changes when (R132). */
class UnchangedIT {

    private static final OffsetDateTime CREATED = Scene.now();

    private final byte[] bytes = ("%PDF-1.4 " + UniqueId.random().oid()).getBytes(StandardCharsets.US_ASCII);
    private final Person patient = Scene.patient();
    private final String martin = token("dr-martin", patient);

    @BeforeEach
    void authorise() {
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
    }

    /** These bytes with these metadata, under a uniqueId of its own. */
    private Document same() {
        return new Document(UniqueId.random(), Document.Kind.CONSULTATION, CREATED, bytes);
    }

    private static void assertUnchanged(Answer answer) {
        assertThat(answer.status()).as(issues(answer).toString()).isEqualTo(409);
        assertThat(answer.codes()).containsExactly("R123");
    }

    @Test
    void sameContentAndMetadataAreNotStoredUnderAnotherId() {
        published(patient, same());
        List<Integer> before = stored();

        assertUnchanged(post(martin, lot(patient, same())));

        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void versionThatChangesNothingReplacesNothing() {
        String first = published(patient, same());
        List<Integer> before = stored();

        assertUnchanged(post(martin, replacing(first, lot(patient, same()))));

        assertThat(stored()).isEqualTo(before);
        assertThat(found(martin, "DocumentReference?status=current&" + Scene.of(patient)))
                .containsExactly(first);
    }

    @Test
    void otherMetadataOrOtherContentAreAChange() {
        String first = published(patient, same());
        Bundle corrected = edited(lot(patient, same()), d -> d.setDescription("corrigé"));

        String second = published("dr-martin", patient, replacing(first, corrected));

        assertThat(published(patient, document())).isNotEqualTo(second);
        // what a superseded version said is no longer said by anything: it may be said again
        assertThat(published("dr-martin", patient, replacing(second, lot(patient, same()))))
                .isNotEqualTo(first);
    }

    @Test
    void labelAloneIsNoChange() {
        String first = published(patient, same());
        assertThat(SERVER.send(martin, Choices.masking(first)).status()).isEqualTo(200);

        assertUnchanged(post(martin, lot(patient, same())));
        assertUnchanged(post(martin, replacing(first, lot(patient, same()))));
    }

    @Test
    void deletedDocumentMayBeSentAgain() {
        String first = published(patient, same());
        assertThat(SERVER.send(martin, Choices.deletion(first)).status()).isEqualTo(200);

        assertThat(published(patient, same())).isNotEqualTo(first);
    }

    @Test
    void nobodyLearnsWhatOthersDepositedBySendingIt() {
        Bundle ofLeroy = lot(patient, LEROY, same());
        published("dr-leroy", patient, ofLeroy);
        Bundle copied = lot(patient, LEROY, same());

        assertThat(post(martin, copied).status()).isEqualTo(200);
        assertThat(post(martin, lot(Scene.patient(), same())).status()).isEqualTo(403);
        Person other = Scene.patient();
        assertThat(post(token("dr-martin", other), lot(other, same())).status()).isEqualTo(200);
    }

    @Test
    void contentIsKnownAgainWithoutItsHash() {
        published("dr-martin", patient, withoutHash(lot(patient, same())));

        assertUnchanged(post(martin, withoutHash(lot(patient, same()))));
    }

    private static Bundle withoutHash(Bundle lot) {
        lot.getMeta()
                .getProfile()
                .get(0)
                .setValue("https://profiles.ihe.net/ITI/MHD/StructureDefinition/IHE.MHD.Comprehensive.ProvideBundle");
        lot.getEntry().forEach(e -> e.getResource().setMeta(null));
        Scene.reference(lot).getContentFirstRep().getAttachment().setHash(null).setSizeElement(null);
        return lot;
    }

    @Test
    void ofTwoSentAtOnceOneIsStored() throws Exception {
        List<Bundle> lots = List.of(lot(patient, same()), lot(patient, same()), lot(patient, same()));

        List<Integer> statuses =
                AtOnce.answers(3, index -> post(martin, lots.get(index)).status());

        assertThat(statuses).containsExactlyInAnyOrder(200, 409, 409);
        assertThat(found(martin, "DocumentReference?status=current&" + Scene.of(patient)))
                .hasSize(1);
    }

    @Test
    void updateChangesTheVersionAndNoId() {
        String document = published(patient, same());
        JsonNode before = SERVER.send(martin, Call.get(document)).json();

        SERVER.send(martin, Choices.masking(document));
        SERVER.send(martin, MetadataUpdateIT.archiving(document, true));

        JsonNode after = SERVER.send(martin, Call.get(document)).json();
        assertThat(before.at("/meta/versionId").asText()).isEqualTo("1");
        assertThat(after.at("/meta/versionId").asText()).isEqualTo("3");
        for (String id : List.of("id", "masterIdentifier", "identifier")) {
            assertThat(after.path(id).toString())
                    .isNotEmpty()
                    .isEqualTo(before.path(id).toString());
        }
    }

    @Test
    void updateOfAnIdIsRefused() {
        String document = published(patient, same());
        for (String path : List.of("masterIdentifier", "identifier/0")) {
            String patch = "[{\"op\":\"replace\",\"path\":\"/" + path + "/value\",\"value\":\"urn:oid:1.2.3.4\"}]";
            Answer answer = SERVER.send(
                    martin,
                    Call.write(
                            "PATCH", document, "application/json-patch+json", patch.getBytes(StandardCharsets.UTF_8)));
            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.codes()).containsExactly("patch-not-allowed");
        }
    }

    @Tag("R132")
    @Test
    void newVersionBearsIdsOfItsOwn() {
        Document first = document();
        Bundle lot = lot(patient, first);
        String old = published("dr-martin", patient, lot);
        Bundle sameUniqueId =
                replacing(old, edited(lot(patient, document()), d -> d.setMasterIdentifier(masterIdentifier(lot))));
        Bundle sameEntryUuid = replacing(
                old,
                edited(
                        lot(patient, document()),
                        d -> d.setIdentifier(Scene.reference(lot).getIdentifier())));

        Answer duplicate = post(martin, sameUniqueId);
        Answer reused = post(martin, sameEntryUuid);
        String fresh = published("dr-martin", patient, replacing(old, lot(patient, Depositor.DR_MARTIN, document())));

        assertThat(duplicate.status()).isEqualTo(409);
        assertThat(duplicate.codes()).containsExactly("R124");
        assertThat(reused.status()).isEqualTo(422);
        assertThat(reused.codes()).containsExactly("R132");
        JsonNode before = SERVER.send(martin, Call.get(old)).json();
        JsonNode after = SERVER.send(martin, Call.get(fresh)).json();
        for (String id : List.of("id", "masterIdentifier", "identifier")) {
            assertThat(after.path(id).toString())
                    .isNotEmpty()
                    .isNotEqualTo(before.path(id).toString());
        }
        assertThat(after.at("/meta/versionId").asText()).isEqualTo("1");
    }

    private static org.hl7.fhir.r4.model.Identifier masterIdentifier(Bundle lot) {
        DocumentReference reference = Scene.reference(lot);
        return reference.getMasterIdentifier();
    }
}
