package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.ALICE;
import static fr.carnet.server.flow.Scene.document;
import static fr.carnet.server.flow.Scene.issues;
import static fr.carnet.server.flow.Scene.lot;
import static fr.carnet.server.flow.Scene.post;
import static fr.carnet.server.flow.Scene.published;
import static fr.carnet.server.flow.Scene.set;
import static fr.carnet.server.flow.Scene.stored;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import fr.carnet.document.RegistryRebuild;
import fr.carnet.server.Publication;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Depositor;
import fr.carnet.server.cli.client.Person;
import fr.carnet.server.cli.client.UniqueId;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.ListResource.ListStatus;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;

/** New versions of stored folders, by PUT within ITI-65: who may, what stays, who sees it. */
class FolderUpdateIT {

    private final Person patient = Scene.patient();
    private final String martin = token("dr-martin", patient);

    /**
     * A folder as it was published.
     *
     * @param resource as sent
     * @param reference {@code List/id}
     * @param document {@code DocumentReference/id} of the document in it
     * @param lot {@code List/id} of the lot with which it came
     */
    private record Made(ListResource resource, String reference, String document, String lot) {}

    private static Made folder(String token, Bundle lot) {
        Bundle bundle = Publication.withFolder(lot);
        List<String> created = accepted(post(token, bundle));
        var resource = (ListResource) bundle.getEntry().get(3).getResource();
        return new Made(resource, created.get(3), created.get(1), created.get(0));
    }

    private static List<String> accepted(Answer answer) {
        assertThat(answer.status()).as(issues(answer).toString()).isEqualTo(200);
        return answer.createdInTransaction().toList();
    }

    /** The lot, and with it the folder with these entries and the documents of the lot. */
    private static Bundle update(Bundle lot, Made made, String... entries) {
        ListResource fresh = made.resource().copy();
        fresh.getEntry().clear();
        for (String entry : entries) {
            fresh.addEntry().setItem(new Reference(entry));
        }
        set(lot).getEntry().forEach(e -> fresh.addEntry().setItem(e.getItem().copy()));
        lot.addEntry()
                .setFullUrl(Scene.SERVER.root() + "/fhir/" + made.reference())
                .setResource(fresh)
                .getRequest()
                .setMethod(HTTPVerb.PUT)
                .setUrl(made.reference());
        set(lot).addEntry().setItem(new Reference(Scene.SERVER.root() + "/fhir/" + made.reference()));
        return lot;
    }

    private static ListResource sent(Bundle update) {
        return (ListResource) update.getEntry().get(3).getResource();
    }

    private static Bundle.BundleEntryRequestComponent request(Bundle update) {
        return update.getEntry().get(3).getRequest();
    }

    private static JsonNode read(String token, String reference) {
        Answer answer = Scene.SERVER.send(token, Call.get(reference));
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> entries(JsonNode list) {
        return list.path("entry").findValuesAsText("reference");
    }

    private void refused(String token, Bundle update, int status, String expected) {
        List<Integer> before = stored();
        Answer answer = post(token, update);
        assertThat(answer.status() + " " + issues(answer)).isEqualTo(status + " [" + expected + "]");
        assertThat(answer.sentence()).isNotBlank();
        assertThat(stored()).isEqualTo(before);
    }

    private static void noDrift(String... references) {
        assertThat(Scene.SERVER.bean(RegistryRebuild.class).drift((done, total) -> {}))
                .doesNotContainAnyElementsOf(java.util.Arrays.stream(references)
                        .map(r -> r.replaceAll(".*/", ""))
                        .toList());
    }

    @Test
    void documentIsAddedToAStoredFolder() {
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        Made made = folder(martin, lot(patient, document()));
        Bundle update = update(lot(patient, document()), made, made.document());
        Answer answer = post(martin, update);
        List<String> created = accepted(answer);
        assertThat(answer.entryStatuses()).containsExactly("201 Created", "201 Created", "201 Created", "200 OK");
        assertThat(answer.json().at("/entry/3/response/location").asText()).endsWith(made.reference() + "/_history/2");
        JsonNode folder = read(martin, made.reference());
        assertThat(entries(folder)).containsExactly(made.document(), created.get(1));
        assertThat(folder.at("/meta/versionId").asText()).isEqualTo("2");
        assertThat(folder.path("identifier").findValuesAsText("use")).containsExactly("usual", "official");
        assertThat(entries(read(martin, created.get(0)))).containsExactly(created.get(1), made.reference());
        assertThat(Scene.found(martin, "List?status=current&code=folder&" + Scene.of(patient)))
                .containsExactly(made.reference());
        noDrift(made.reference(), created.get(0), created.get(1));
    }

    @Test
    void folderIsFoundByItsUniqueIdAsInTheExampleOfMhd() {
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        Made made = folder(martin, lot(patient, document()));
        Bundle update = update(lot(patient, document()), made, made.document());
        request(update).setUrl("List");
        accepted(post(martin, update));
        assertThat(entries(read(martin, made.reference()))).hasSize(2);
    }

    @Test
    void folderIsUpdatedInXml() {
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        Made made = folder(martin, lot(patient, document()));
        Bundle update = update(lot(patient, document()), made, made.document());
        set(update).getEntry().get(1).getItem().setReference(made.reference());
        byte[] xml = FhirContext.forR4Cached()
                .newXmlParser()
                .encodeResourceToString(update)
                .getBytes(StandardCharsets.UTF_8);
        HttpResponse<byte[]> answer = Scene.http(
                "POST",
                "",
                xml,
                "Authorization",
                "Bearer " + martin,
                "Content-Type",
                "application/fhir+xml",
                "Accept",
                "application/fhir+xml");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(entries(read(martin, made.reference()))).hasSize(2);
    }

    @Test
    void folderIsUpdatedWithoutAnyDocument() {
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        String other = published(patient, document());
        Made made = folder(martin, lot(patient, document()));
        Bundle update = update(lot(patient, document()), made, made.document(), other);
        String gone = update.getEntry().get(1).getFullUrl();
        update.getEntry().remove(2);
        update.getEntry().remove(1);
        set(update).getEntry().remove(0);
        ListResource fresh = (ListResource) update.getEntry().get(1).getResource();
        fresh.getEntry().removeIf(e -> gone.equals(e.getItem().getReference()));
        fresh.setTitle("Autre titre");
        Answer answer = post(martin, update);
        accepted(answer);
        assertThat(answer.entryStatuses()).containsExactly("201 Created", "200 OK");
        assertThat(entries(read(martin, made.reference()))).containsExactly(made.document(), other);
        List<Integer> before = stored();
        assertThat(post(martin, update).isOfAnEarlierSending()).isTrue();
        assertThat(stored()).isEqualTo(before);
        update.getEntry().remove(1);
        set(update).getEntry().clear();
        set(update).getIdentifierFirstRep().setValue(UniqueId.random().urn());
        refused(martin, update, 422, "error mhd-provide-bundle Bundle.entry");
    }

    @Test
    void entryThatIsLeftOutIsGone() {
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        Made made = folder(martin, lot(patient, document()));
        List<String> created = accepted(post(martin, update(lot(patient, document()), made)));
        assertThat(entries(read(martin, made.reference()))).containsExactly(created.get(1));
        assertThat(read(martin, made.document()).path("status").asText()).isEqualTo("current");
    }

    @Test
    void entryOfWhichTheSenderDoesNotKnowStays() {
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        Scene.authorise("dr-leroy", Scene.DR_LEROY, patient);
        String leroy = token("dr-leroy", patient);
        String ofMartin = published(patient, document());
        Bundle lot = lot(patient, Scene.LEROY, document());
        set(lot).addEntry().setItem(new Reference(ofMartin));
        Made made = folder(leroy, lot);
        assertThat(entries(read(leroy, made.reference()))).hasSize(2);
        assertThat(Scene.SERVER.send(martin, Choices.masking(ofMartin)).status())
                .isEqualTo(200);
        assertThat(entries(read(leroy, made.reference()))).containsExactly(made.document());

        List<String> created =
                accepted(post(leroy, update(lot(patient, Scene.LEROY, document()), made, made.document())));

        assertThat(entries(read(leroy, made.reference()))).containsExactly(made.document(), created.get(1));
        assertThat(read(leroy, made.reference()).has("title")).isFalse();
        assertThat(entries(read(martin, made.reference()))).containsExactly(made.document(), created.get(1), ofMartin);
        noDrift(made.reference());
        refused(
                leroy,
                update(lot(patient, Scene.LEROY, document()), made, made.document(), ofMartin),
                422,
                "error mhd-provide-bundle Bundle.entry[3].resource.entry[1].item");
    }

    @Test
    void folderOfAnotherIsNotChangedAndAHiddenOneIsUnknown() {
        Made made = folder(martin, lot(patient, document()));
        String leroy = token("dr-leroy", patient);
        String unknown = "error mhd-provide-bundle Bundle.entry[3].resource";
        refused(leroy, update(lot(patient, Scene.LEROY, document()), made), 422, unknown);
        Made never = new Made(made.resource(), "List/nothing", made.document(), made.lot());
        refused(leroy, update(lot(patient, Scene.LEROY, document()), never), 422, unknown);
        refused(martin, update(lot(patient, document()), never), 422, unknown);
        Scene.authorise("dr-leroy", Scene.DR_LEROY, patient);
        refused(leroy, update(lot(patient, Scene.LEROY, document()), made), 403, "error R127");
        Person stranger = Scene.patient();
        refused(token("dr-martin", stranger), update(lot(stranger, document()), of(stranger, made)), 422, unknown);
    }

    private static Made of(Person other, Made made) {
        ListResource resource = made.resource().copy();
        resource.setSubject(new Reference(other.reference()));
        return new Made(resource, made.reference(), made.document(), made.lot());
    }

    @Test
    void versionIsWhatTheSenderExpects() {
        Made made = folder(martin, lot(patient, document()));
        Bundle stale = update(lot(patient, document()), made, made.document());
        request(stale).setIfMatch("W/\"7\"");
        refused(martin, stale, 412, "error version-mismatch");
        request(stale).setIfMatch("*");
        refused(martin, stale, 422, "error mhd-provide-bundle Bundle.entry[3].request.ifMatch");
        request(stale).setIfMatch("W/\"1\"");
        accepted(post(martin, stale));
    }

    @Test
    void folderKeepsItsIdentifierAndIsClosedOnce() {
        Made made = folder(martin, lot(patient, document()));
        Bundle renamed = update(lot(patient, document()), made, made.document());
        sent(renamed).getIdentifierFirstRep().setValue(UniqueId.random().urn());
        refused(martin, renamed, 422, "error mhd-provide-bundle Bundle.entry[3].resource");
        Bundle closing = update(lot(patient, document()), made, made.document());
        sent(closing).setStatus(ListStatus.RETIRED);
        accepted(post(martin, closing));
        refused(martin, update(lot(patient, document()), made, made.document()), 422, "error R126");
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        assertThat(Scene.found(martin, "List?status=current&code=folder&" + Scene.of(patient)))
                .isEmpty();
        assertThat(Scene.found(martin, "List?status=retired&code=folder&" + Scene.of(patient)))
                .containsExactly(made.reference());
    }

    @Test
    void newFolderIsNotBornClosedAndAnEntryIsNoCondition() {
        Bundle born = Publication.withFolder(lot(patient, document()));
        sent(born).setStatus(ListStatus.RETIRED);
        refused(martin, born, 422, "error pdsm-folder-comprehensive Bundle.entry[3].resource.status");
        Made made = folder(martin, lot(patient, document()));
        Bundle conditional = update(lot(patient, document()), made, made.document());
        request(conditional).setUrl("List?identifier=1");
        refused(martin, conditional, 422, "error mhd-provide-bundle Bundle.entry[3].request.url");
    }

    @Test
    void holdersFolderIsHisAloneWithItsNameInTheLot() {
        String alice = token("alice", ALICE);
        String consent = Scene.authorise("dr-martin", Scene.DR_MARTIN, ALICE);
        String martinOfAlice = token("dr-martin", ALICE);
        Made made = folder(alice, HolderDocumentsIT.own(ALICE, "DOCPAT01", "11"));
        assertThat(entries(read(alice, made.lot()))).containsExactly(made.document(), made.reference());
        assertThat(entries(read(martinOfAlice, made.lot()))).containsExactly(made.document());
        assertThat(Scene.SERVER.send(martinOfAlice, Call.get(made.reference())).status())
                .isEqualTo(404);
        refused(
                martinOfAlice,
                update(lot(ALICE, Depositor.DR_MARTIN, document()), made, made.document()),
                422,
                "error mhd-provide-bundle Bundle.entry[3].resource");
        accepted(post(alice, update(HolderDocumentsIT.own(ALICE, "DOCPAT01", "11"), made, made.document())));
        assertThat(entries(read(alice, made.reference()))).hasSize(2);
        Scene.SERVER.send(martinOfAlice, Choices.ending(consent));
    }
}
