package fr.carnet.messaging.notice;

import fr.carnet.messaging.Communications;
import fr.carnet.policy.CommunicationFacts;
import fr.carnet.shared.IdNatPs;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.springframework.stereotype.Component;

/** A notice as {@code Communication} in the record: whatever becomes of the mail, it is there to be read. */
@Component
class NoticesInRecord {

    private final Communications communications;
    private final NoticeTexts texts;

    NoticesInRecord(Communications communications, NoticeTexts texts) {
        this.communications = communications;
        this.texts = texts;
    }

    /** @param toRepresentatives whoever acts for him reads it too */
    void tellHolder(Notice notice, List<Sentence> sentences, Preference wish, boolean toRepresentatives) {
        var patient = new Reference("Patient/" + notice.patient());
        communications.add(
                notice.patient(),
                new CommunicationFacts(
                        toRepresentatives
                                ? Set.of(CommunicationFacts.HOLDER, CommunicationFacts.REPRESENTATIVES)
                                : Set.of(CommunicationFacts.HOLDER)),
                resource(notice, patient, texts.lines(sentences, wish.locale())));
    }

    void tellProfessional(Notice notice) {
        String professional = notice.professional().orElseThrow();
        var physician = new Reference()
                .setType("Practitioner")
                .setIdentifier(new Identifier().setSystem(IdNatPs.SYSTEM).setValue(professional));
        communications.add(
                notice.patient(),
                new CommunicationFacts(Set.of(CommunicationFacts.professional(professional))),
                resource(notice, physician, texts.lines(notice.sentences(), Locale.ROOT)));
    }

    private static Communication resource(Notice notice, Reference recipient, List<String> lines) {
        var resource = new Communication()
                .setStatus(CommunicationStatus.COMPLETED)
                .addCategory(new CodeableConcept(new Coding()
                        .setSystem(Communications.CATEGORY)
                        .setCode("notification")
                        .setDisplay("Notification")))
                .setSubject(new Reference("Patient/" + notice.patient()))
                .addRecipient(recipient)
                .setSent(Date.from(notice.made()));
        lines.forEach(line -> resource.addPayload().setContent(new StringType(line)));
        return resource;
    }
}
