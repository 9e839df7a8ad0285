package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.Optional;
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
        return Scene.SERVER
                .send(token("dr-leroy", patient), Call.get("Communication?category=message&" + Scene.of(patient)))
                .matches()
                .map(message -> message.at("/payload/0/contentString").asText()
                        + " "
                        + message.at("/payload/1/contentAttachment/contentType").asText())
                .toList();
    }

    private static List<Line> withdrawn() {
        return Scene.SERVER
                .bean(OutboxLedger.class)
                .lines(new Selection(Optional.of("copy-holder"), Optional.of(State.WITHDRAWN), false), 100);
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
        Bundle lot = Scene.edited(lot(patient), document -> document.addSecurityLabel(invisible()));
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

    private static CodeableConcept invisible() {
        return new CodeableConcept(new Coding(Visibility.SYSTEM, "INVISIBLE_PATIENT", null));
    }
}
