package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.ALICE;
import static fr.carnet.server.flow.Scene.document;
import static fr.carnet.server.flow.Scene.issues;
import static fr.carnet.server.flow.Scene.lot;
import static fr.carnet.server.flow.Scene.post;
import static fr.carnet.server.flow.Scene.published;
import static fr.carnet.server.flow.Scene.replacing;
import static fr.carnet.server.flow.Scene.stored;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.faults.FaultReport;
import fr.carnet.faults.FaultTest;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Depositor;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.Lot;
import fr.carnet.server.cli.client.Person;
import fr.carnet.server.cli.client.UniqueId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;

/** ITI-65 sent again (R124), and new versions of what is there (R125–R127). */
class ResubmissionIT {

    @Test
    void sameLotGetsItsFirstAnswerAgain() {
        Bundle bundle = lot(ALICE, document());
        Answer first = post(token("dr-martin", ALICE), bundle);
        List<Integer> after = stored();
        Answer second = post(token("dr-martin", ALICE), bundle);
        assertThat(second.status()).isEqualTo(200);
        assertThat(Scene.withoutOutcomes(second)).isEqualTo(Scene.withoutOutcomes(first));
        assertThat(first.isOfAnEarlierSending()).isFalse();
        assertThat(second.isOfAnEarlierSending()).isTrue();
        assertThat(stored()).isEqualTo(after);
    }

    @FaultTest(28)
    @Test
    void sameLotSentFiftyTimesAtOnceIsStoredOnce() throws InterruptedException, ExecutionException {
        Bundle bundle = lot(ALICE, document());
        String token = token("dr-martin", ALICE);
        List<Integer> before = stored();
        List<Answer> answers = AtOnce.answers(50, i -> post(token, bundle));
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(Scene.withoutOutcomes(answer)).isEqualTo(Scene.withoutOutcomes(answers.get(0)));
        });
        assertThat(answers.stream().filter(answer -> !answer.isOfAnEarlierSending()))
                .hasSize(1);
        assertThat(stored().get(0) - before.get(0)).isEqualTo(2);
        assertThat(stored().get(1) - before.get(1)).isEqualTo(1);
        FaultReport.tell(
                28,
                "one lot sent 50 times at the same moment",
                answers.stream().filter(Answer::isOfAnEarlierSending).count(),
                "answers of an earlier sending",
                "one stored, all answers alike");
    }

    @Test
    void sameReplacementGetsItsFirstAnswerAgain() {
        Person patient = Scene.patient();
        String old = published(patient, document());
        Bundle bundle = replacing(old, lot(patient, document()));
        Answer first = post(token("dr-martin", patient), bundle);
        List<Integer> after = stored();
        Answer second = post(token("dr-martin", patient), bundle);
        assertThat(second.status()).as(issues(second).toString()).isEqualTo(200);
        assertThat(Scene.withoutOutcomes(second)).isEqualTo(Scene.withoutOutcomes(first));
        assertThat(stored()).isEqualTo(after);
    }

    @Test
    void otherBytesAreOtherContentAlsoWithoutAHash() {
        Document document = document();
        Bundle bundle = withoutHash(lot(ALICE, document));
        assertThat(post(token("dr-martin", ALICE), bundle).status()).isEqualTo(200);
        List<Integer> before = stored();
        ((Binary) bundle.getEntry().get(2).getResource()).setData("%PDF-1.4 other".getBytes(StandardCharsets.UTF_8));
        Answer answer = post(token("dr-martin", ALICE), bundle);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.codes()).containsExactly("R124");
        assertThat(stored()).isEqualTo(before);
    }

    private static Bundle withoutHash(Bundle bundle) {
        bundle.getMeta()
                .getProfile()
                .get(0)
                .setValue("https://profiles.ihe.net/ITI/MHD/StructureDefinition/IHE.MHD.Comprehensive.ProvideBundle");
        bundle.getEntry().forEach(e -> e.getResource().setMeta(null));
        Scene.reference(bundle)
                .getContentFirstRep()
                .getAttachment()
                .setHash(null)
                .setSizeElement(null);
        return bundle;
    }

    @Test
    void sameDocumentInAnotherLotIsADuplicateAndNothingIsToldOfTheFirst() {
        Document document = document();
        Person other = Scene.patient();
        published(other, document);
        List<Integer> before = stored();
        Answer answer = post(token("dr-martin", ALICE), lot(ALICE, document));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.codes()).containsExactly("R124");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .doesNotContain(document.id().oid())
                .doesNotContain(other.ins().value());
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void sameLotWithOtherContentIsADuplicate() {
        UniqueId lot = UniqueId.random();
        Bundle first = new Lot(lot, ALICE, Depositor.DR_MARTIN, document()).bundle();
        assertThat(post(token("dr-martin", ALICE), first).status()).isEqualTo(200);
        List<Integer> before = stored();
        Answer answer = post(token("dr-martin", ALICE), new Lot(lot, ALICE, Depositor.DR_MARTIN, document()).bundle());
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.codes()).containsExactly("R124");
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void lotOfSomebodyElseIsADuplicate() {
        Bundle bundle = lot(ALICE, document());
        post(token("dr-martin", ALICE), bundle);
        Answer answer = post(token("dr-leroy", ALICE), bundle);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.codes()).containsExactly("R124");
    }

    @FaultTest(29)
    @Test
    void ofTwoDocumentsWithOneIdSentAtOnceOneIsStored() throws InterruptedException, ExecutionException {
        Document document = document();
        String token = token("dr-martin", ALICE);
        List<Bundle> lots =
                List.of(lot(ALICE, document), lot(ALICE, document), lot(ALICE, document), lot(ALICE, document));
        List<Integer> before = stored();
        List<Answer> answers = AtOnce.answers(lots.size(), i -> post(token, lots.get(i)));
        assertThat(answers.stream().map(Answer::status)).containsExactlyInAnyOrder(200, 409, 409, 409);
        assertThat(stored().get(0) - before.get(0)).isEqualTo(2);
        assertThat(stored().get(1) - before.get(1)).isEqualTo(1);
        FaultReport.tell(
                29,
                "lots of one document's uniqueId sent at the same moment",
                answers.stream().filter(answer -> answer.status() == 409).count(),
                "duplicates refused",
                "exactly one stored");
    }

    @Test
    void replacementSupersedesWithOrWithoutPatchEntry() {
        Person patient = Scene.patient();
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        String token = token("dr-martin", patient);
        String first = published(patient, document());
        String second = published("dr-martin", patient, replacing(first, lot(patient, document())));
        Bundle withPatch = replacing(second, lot(patient, document()));
        supersession(withPatch, second);
        Answer answer = post(token, withPatch);
        assertThat(issues(answer)).isEmpty();
        assertThat(answer.entryStatuses()).containsExactly("201 Created", "201 Created", "201 Created", "200 OK");
        String third = answer.createdInTransaction().toList().get(1);
        assertThat(Scene.found(token, "DocumentReference?status=current&" + Scene.of(patient)))
                .containsExactly(third);
        assertThat(Scene.found(token, "DocumentReference?status=superseded&" + Scene.of(patient)))
                .containsExactlyInAnyOrder(first, second);
        Answer old = Scene.SERVER.send(token, Call.get(second));
        assertThat(old.json().at("/meta/versionId").asText()).isEqualTo("2");
    }

    @Test
    void patchEntryOfAnotherDocumentIsRefused() {
        Person patient = Scene.patient();
        Document old = document();
        published(patient, old);
        String other = published(patient, document());
        Bundle bundle = lot(patient, document());
        Scene.reference(bundle)
                .addRelatesTo()
                .setCode(org.hl7.fhir.r4.model.DocumentReference.DocumentRelationshipType.REPLACES)
                .getTarget()
                .setIdentifier(new org.hl7.fhir.r4.model.Identifier()
                        .setSystem(fr.carnet.shared.CodeSystems.URI)
                        .setValue(old.id().urn()));
        supersession(bundle, other);
        List<Integer> before = stored();
        Answer answer = post(token("dr-martin", patient), bundle);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(issues(answer)).containsExactly("error constr-cdr-rempl Bundle.entry[3].resource");
        assertThat(stored()).isEqualTo(before);
    }

    private static void supersession(Bundle bundle, String target) {
        Parameters patch = new Parameters();
        var operation = patch.addParameter().setName("operation");
        operation.addPart().setName("type").setValue(new CodeType("replace"));
        operation.addPart().setName("path").setValue(new StringType("DocumentReference.status"));
        operation.addPart().setName("value").setValue(new CodeType("superseded"));
        bundle.addEntry()
                .setFullUrl("urn:uuid:5f0b2a34-6f0a-4a57-9e87-6d3d3d5f0009")
                .setResource(patch)
                .getRequest()
                .setMethod(Bundle.HTTPVerb.PATCH)
                .setUrl(target);
    }

    @Test
    void onlyTheAuthorReplaces() {
        Person patient = Scene.patient();
        String document = published(patient, document());
        Answer hidden = replacement("dr-leroy", patient, document, Scene.LEROY);
        assertThat(hidden.status()).isEqualTo(422);
        assertThat(hidden.codes()).containsExactly("R125");
        Answer unknown = replacement("dr-leroy", patient, "DocumentReference/nothing", Scene.LEROY);
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.codes()).containsExactly("R125");
        Scene.authorise("dr-leroy", Scene.DR_LEROY, patient);
        Answer readable = replacement("dr-leroy", patient, document, Scene.LEROY);
        assertThat(readable.status()).isEqualTo(403);
        assertThat(readable.codes()).containsExactly("R127");
    }

    @Test
    void onlyTheCurrentVersionIsReplaced() {
        Person patient = Scene.patient();
        String first = published(patient, document());
        published("dr-martin", patient, replacing(first, lot(patient, document())));
        Answer answer = replacement("dr-martin", patient, first, Depositor.DR_MARTIN);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.codes()).containsExactly("R126");
    }

    @Test
    void ofTenReplacementsAtOnceOneIsStored() throws InterruptedException, ExecutionException {
        Person patient = Scene.patient();
        String first = published(patient, document());
        List<Integer> before = stored();
        List<Answer> answers = AtOnce.answers(10, i -> replacement("dr-martin", patient, first, Depositor.DR_MARTIN));
        assertThat(answers.stream().filter(a -> a.status() == 200)).hasSize(1);
        assertThat(answers.stream().filter(a -> a.status() != 200))
                .allSatisfy(a -> assertThat(a.status()).isIn(409, 422));
        assertThat(stored().get(1) - before.get(1)).isEqualTo(1);
    }

    @Test
    void newVersionKeepsTheHoldersMaskAndTheArchive() {
        Scene.authorise("dr-martin", Scene.DR_MARTIN, ALICE);
        String first = published(ALICE, document());
        String archive = "[{\"op\":\"add\",\"path\":\"/extension\",\"value\":[{\"url\":"
                + "\"https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition/pdsm-ext-is-archived\","
                + "\"valueBoolean\":true}]}]";
        Answer archived = Scene.SERVER.send(
                token("dr-martin", ALICE),
                Call.write("PATCH", first, "application/json-patch+json", archive.getBytes(StandardCharsets.UTF_8)));
        assertThat(archived.status()).as(issues(archived).toString()).isEqualTo(200);
        assertThat(Scene.SERVER
                        .send(token("alice", ALICE), Choices.masking(first))
                        .status())
                .isEqualTo(200);
        String fresh = published("dr-martin", ALICE, replacing(first, lot(ALICE, document())));
        Answer read = Scene.SERVER.send(token("alice", ALICE), Call.get(fresh));
        assertThat(read.json().path("securityLabel").toString()).contains("MASQUE_PS");
        assertThat(read.json().path("extension").toString()).contains("is-archived\",\"valueBoolean\":true");
        Answer unmasked = Scene.SERVER.send(token("dr-martin", ALICE), Choices.unmasking(fresh));
        assertThat(unmasked.status()).isEqualTo(403);
        assertThat(unmasked.codes()).containsExactly("R131");
    }

    private static Answer replacement(String actor, Person patient, String target, Depositor depositor) {
        return post(token(actor, patient), replacing(target, lot(patient, depositor, document())));
    }
}
