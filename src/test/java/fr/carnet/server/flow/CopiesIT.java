package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.carnet.messaging.xdm.Archives;
import fr.carnet.outbox.OutboxLedger;
import fr.carnet.outbox.OutboxLedger.Line;
import fr.carnet.outbox.OutboxLedger.Selection;
import fr.carnet.outbox.State;
import fr.carnet.server.Channel;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.Person;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.ProfileUris;
import fr.carnet.shared.PromptJob;
import fr.carnet.shared.Visibility;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Copies that a depositor has sent to the patient and to the treating physician. */
class CopiesIT {

    private static final String DR_URG = Characters.idNatPs("dr-urg");

    private static void rounds() {
        Instant now = Instant.now();
        for (int i = 0; i < 2; i++) {
            Scene.SERVER.beans(PromptJob.class).forEach(job -> job.run(now));
        }
    }

    private static Bundle copied(Bundle lot, DomainResource... recipients) {
        for (DomainResource recipient : recipients) {
            String id = "recipient-" + recipient.fhirType();
            recipient.setId(id);
            Scene.set(lot).addContained(recipient);
            Scene.set(lot).addExtension(ProfileUris.INTENDED_RECIPIENT, new Reference("#" + id));
        }
        return lot;
    }

    private static Practitioner professional(String idNatPs) {
        Practitioner practitioner = new Practitioner();
        practitioner.addIdentifier().setSystem(IdNatPs.SYSTEM).setValue(idNatPs);
        return practitioner;
    }

    private static Answer deposit(Person patient, Bundle lot) {
        return Scene.post(token("dr-leroy", patient), lot);
    }

    private static Bundle lot(Person patient) {
        return Scene.lot(patient, Scene.LEROY, Scene.document());
    }

    private static List<String> texts(Person patient) {
        return texts("dr-leroy", patient);
    }

    private static List<String> texts(String actor, Person patient) {
        return messages(actor, patient)
                .map(message -> said(message)
                        + " "
                        + message.at("/payload/1/contentAttachment/contentType").asText())
                .toList();
    }

    private static List<Line> withdrawn() {
        return Scene.SERVER
                .bean(OutboxLedger.class)
                .lines(new Selection(Optional.of("copy-holder"), Optional.of(State.WITHDRAWN), false), 1000);
    }

    @Test
    @Tag("R169")
    void copiesReachPatientAndPhysicianOnceHoweverOftenTheLotIsSent() {
        Person patient = Scene.patient();
        try (TrustSpace space = new TrustSpace()) {
            Bundle lot = copied(lot(patient), patient.resource(), professional(Scene.DR_MARTIN));
            Answer stored = deposit(patient, lot);
            assertThat(stored.status()).as(Scene.issues(stored).toString()).isEqualTo(200);
            rounds();
            assertThat(deposit(patient, lot).status()).isEqualTo(200);
            rounds();

            assertThat(texts(patient)).singleElement().satisfies(text -> assertThat(text)
                    .contains(Document.Kind.CONSULTATION.title(), "application/pdf"));
            assertThat(space.received(TrustSpace.MARTIN))
                    .filteredOn(mail -> mail.contains(patient.ins().value()))
                    .singleElement()
                    .satisfies(mail -> assertThat(mail).contains("application/pdf", "From: postmaster@"));
        }
    }

    @Test
    @Tag("R169")
    @Channel(77)
    void hiddenDocumentDoesNotReachThePatient() {
        Person patient = Scene.patient();
        Bundle lot = Scene.edited(lot(patient), document -> document.addSecurityLabel(label("INVISIBLE_PATIENT")));
        int before = withdrawn().size();
        Answer stored = deposit(patient, copied(lot, patient.resource()));
        assertThat(stored.status()).as(Scene.issues(stored).toString()).isEqualTo(200);
        rounds();

        assertThat(texts(patient)).isEmpty();
        assertThat(withdrawn()).hasSize(before + 1);
        String document = document(stored);
        assertThat(tracesOfCopies(patient, document)).isZero();
        assertThat(Owed.ofMessagesInRecordWith(document)).isEmpty();
    }

    @Test
    @Tag("R169")
    @Tag("R90")
    @Channel(77)
    void copyThatLeavesIsTracedAndTold() {
        Person patient = Scene.patient();
        Answer stored = deposit(patient, copied(lot(patient), patient.resource()));
        assertThat(stored.status()).as(Scene.issues(stored).toString()).isEqualTo(200);
        rounds();

        String document = document(stored);
        assertThat(tracesOfCopies(patient, document)).isOne();
        assertThat(Owed.ofMessagesInRecordWith(document)).hasSize(1);
    }

    private static int tracesOfCopies(Person patient, String document) {
        return Scene.SERVER
                .send(
                        Scene.SERVER.token("auditor"),
                        Call.get("AuditEvent?subtype=COPY_TO_HOLDER&entity=" + document + "&" + Scene.of(patient)))
                .total();
    }

    private static String document(Answer stored) {
        return stored.createdInTransaction()
                .filter(created -> created.startsWith("DocumentReference/"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Tag("R169")
    @Channel(77)
    void recipientWhoIsNeitherPatientNorPhysicianIsKeptWithTheLotAndGetsNothing() {
        Person patient = Scene.patient();
        try (TrustSpace space = new TrustSpace()) {
            Answer stored = deposit(patient, copied(lot(patient), professional(Scene.NURSE_PETIT)));
            assertThat(stored.status()).as(Scene.issues(stored).toString()).isEqualTo(200);
            rounds();

            assertThat(texts(patient)).isEmpty();
            assertThat(space.received(TrustSpace.MARTIN))
                    .noneMatch(mail -> mail.contains(patient.ins().value()));
        }
    }

    @Test
    @Tag("R168")
    void documentThatCameByMailIsNotCopiedASecondTime() {
        try (TrustSpace space = new TrustSpace()) {
            Document document = Scene.synthesis();
            mailed(space, Scene.ALICE, "Votre synthèse", Archives.of(document.content()));
            assertThat(enclosing(Scene.ALICE, document)).singleElement().isEqualTo("Votre synthèse");

            copiedToHolder(Scene.ALICE, document);
            assertThat(enclosing(Scene.ALICE, document)).singleElement().isEqualTo("Votre synthèse");
            assertThat(withdrawn()).last().satisfies(line -> assertThat(line.lastError())
                    .contains("already-there"));
        }
    }

    @Test
    @Tag("R168")
    void mailWithADocumentThatWasCopiedGoesOnInItsConversation() {
        try (TrustSpace space = new TrustSpace()) {
            Document document = Scene.synthesis();
            copiedToHolder(Scene.ALICE, document);
            String copy = enclosing(Scene.ALICE, document).get(0);
            assertThat(copy).contains("Voici la copie");

            String words = "À lire avant la consultation " + document.id().oid();
            mailed(space, Scene.ALICE, words, Archives.of(document.content()));
            mailed(space, Scene.ALICE, "", Archives.of(document.content()));
            assertThat(enclosing(Scene.ALICE, document)).containsExactly(copy);
            assertThat(messages("alice", Scene.ALICE).filter(m -> said(m).equals(words)))
                    .singleElement()
                    .satisfies(m -> assertThat(m.path("partOf")).hasSize(1));
            assertThat(space.received(TrustSpace.MARTIN).stream().filter(mail -> mail.contains("Action: delivered")))
                    .hasSize(2);
        }
    }

    @Test
    @Tag("R168")
    void documentThatIsNoCdaIsCountedByTheUniqueIdOfItsMetadata() {
        Person patient = Scene.patient();
        Document document = Scene.document();
        byte[] like = Scene.synthesis().content();
        try (TrustSpace space = new TrustSpace()) {
            byte[] foreign = Archives.of(document.content(), like, document.id().oid(), Scene.ALICE.ins());
            mailed(space, patient, "Celui d’une autre", foreign);
            assertThat(texts(patient)).isEmpty();

            byte[] archive = Archives.of(document.content(), like, document.id().oid(), patient.ins());
            mailed(space, patient, "Votre compte rendu", archive);
            copiedToHolder(patient, document);
            assertThat(texts("dr-martin", patient)).singleElement().asString().contains("Votre compte rendu");
        }
    }

    private static void mailed(TrustSpace space, Person patient, String text, byte[] archive) {
        String id = "<" + UUID.randomUUID() + "@cabinet.mssante.example>";
        space.send(space.mail(
                TrustSpace.MARTIN,
                TrustSpace.address(patient),
                id,
                text,
                TrustSpace.file("IHE_XDM.ZIP", "application/zip", archive)));
        rounds();
    }

    private static void copiedToHolder(Person patient, Document document) {
        Answer stored =
                Scene.post(token("dr-martin", patient), copied(Scene.lot(patient, document), patient.resource()));
        assertThat(stored.status()).as(Scene.issues(stored).toString()).isEqualTo(200);
        rounds();
    }

    /** What the messages say that a patient finds this document with. */
    private static List<String> enclosing(Person patient, Document document) {
        String hash = Base64.getEncoder().encodeToString(Document.sha1(document.content()));
        return messages("alice", patient)
                .filter(message -> message.findValuesAsText("hash").contains(hash))
                .map(CopiesIT::said)
                .toList();
    }

    private static String said(JsonNode message) {
        return message.at("/payload/0/contentString").asText();
    }

    private static Stream<JsonNode> messages(String actor, Person patient) {
        return Scene.SERVER
                .send(token(actor, patient), Call.get("Communication?category=message&" + Scene.of(patient)))
                .matches();
    }

    @Test
    @Tag("R170")
    void copyOrderedInASecretConnectionDoesNotReachAMailboxThatTheMotherReads() {
        Person chloe = Characters.patient("chloe");
        Document document = Scene.document();
        int before = withdrawn().size();
        long told = messages("chloe", chloe).count();
        Answer stored = Scene.post(
                token("dr-leroy", chloe, "secret", "true"),
                copied(
                        Scene.edited(
                                Scene.lot(chloe, Scene.LEROY, document),
                                reference -> reference.addSecurityLabel(label("INVISIBLE_REPRESENTANTS_LEGAUX"))),
                        chloe.resource()));
        assertThat(stored.status()).as(Scene.issues(stored).toString()).isEqualTo(200);
        rounds();

        assertThat(withdrawn()).hasSize(before + 1);
        assertThat(messages("chloe", chloe)).hasSize((int) told);
        assertThat(messages("chloe-mother", chloe))
                .noneMatch(message -> said(message).contains("Voici la copie"));
    }

    @Test
    @Tag("R169")
    void nothingIsCopiedOfARecordThatWasClosedInTheMeantime() {
        Person patient = Scene.patient();
        try (TrustSpace space = new TrustSpace()) {
            Answer stored = deposit(patient, copied(lot(patient), patient.resource(), professional(Scene.DR_MARTIN)));
            assertThat(stored.status()).as(Scene.issues(stored).toString()).isEqualTo(200);
            Scene.treated(patient, Scene.DR_MARTIN, "CLOSED");
            rounds();
            Scene.treated(patient, Scene.DR_MARTIN, "OPENED_ACTIVATED");
            rounds();

            assertThat(texts(patient)).isEmpty();
            assertThat(mailsAbout(patient, space)).isEmpty();
        }
    }

    @Test
    @Tag("R169")
    void copyGoesToWhoeverIsTheTreatingPhysicianWhenItLeaves() {
        Person former = Scene.treated(Scene.stranger(), DR_URG, "OPENED_ACTIVATED");
        Person left = Scene.patient();
        try (TrustSpace space = new TrustSpace()) {
            assertThat(deposit(former, copied(lot(former), professional(DR_URG)))
                            .status())
                    .isEqualTo(200);
            assertThat(deposit(left, copied(lot(left), professional(Scene.DR_MARTIN)))
                            .status())
                    .isEqualTo(200);
            Scene.treated(former, Scene.DR_MARTIN, "OPENED_ACTIVATED");
            Scene.treated(left, DR_URG, "OPENED_ACTIVATED");
            rounds();

            assertThat(mailsAbout(former, space)).hasSize(1);
            assertThat(mailsAbout(left, space)).isEmpty();
        }
    }

    @Test
    @Tag("R169")
    void copyToAPhysicianWhoseMailboxIsUnknownIsGivenUpAndLeavesOnceItIsReplayed() {
        Person patient = Scene.treated(Scene.stranger(), DR_URG, "OPENED_ACTIVATED");
        try (TrustSpace space = new TrustSpace()) {
            Set<UUID> before = dead().map(Line::id).collect(Collectors.toSet());
            assertThat(deposit(patient, copied(lot(patient), professional(DR_URG)))
                            .status())
                    .isEqualTo(200);
            rounds();
            Line line = dead().filter(l -> !before.contains(l.id())).findFirst().orElseThrow();
            assertThat(line.lastError()).contains("no-address");

            Scene.treated(patient, Scene.DR_MARTIN, "OPENED_ACTIVATED");
            Scene.SERVER.bean(OutboxLedger.class).replay(Optional.empty(), Optional.of(line.id()), Instant.now());
            rounds();
            assertThat(mailsAbout(patient, space)).singleElement().satisfies(mail -> assertThat(mail)
                    .contains("Message-ID: <" + line.id() + "@"));
        }
    }

    private static Stream<Line> dead() {
        return Scene.SERVER
                .bean(OutboxLedger.class)
                .lines(new Selection(Optional.of("copy-physician"), Optional.of(State.DEAD), false), 1000)
                .stream();
    }

    private static List<String> mailsAbout(Person patient, TrustSpace space) {
        return space.received(TrustSpace.MARTIN).stream()
                .filter(mail -> mail.contains(patient.ins().value()))
                .toList();
    }

    private static CodeableConcept label(String code) {
        return new CodeableConcept(new Coding(Visibility.SYSTEM, code, null));
    }
}
