package fr.carnet.messaging.conversation;

import ca.uhn.fhir.rest.annotation.Create;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import fr.carnet.dmp.Shown;
import fr.carnet.messaging.AttestedWrites;
import fr.carnet.messaging.Communications;
import fr.carnet.messaging.StoredCommunication;
import fr.carnet.policy.Judgement;
import fr.carnet.policy.PatientFacts;
import fr.carnet.shared.Caller;
import fr.carnet.shared.CallerKind;
import fr.carnet.shared.CarnetUris;
import fr.carnet.shared.Fault;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationPayloadComponent;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.springframework.stereotype.Component;

/** Messages between professionals and patients: written by POST, marked as read and closed by operations (R161–R164). */
@Component
class MessageProvider implements IResourceProvider {

    private static final int UNPROCESSABLE = 422;

    private final Conversations conversations;
    private final Communications communications;
    private final Enclosures enclosures;
    private final MessagingSettings settings;
    private final AttestedWrites writes;

    MessageProvider(
            Conversations conversations,
            Communications communications,
            Enclosures enclosures,
            MessagingSettings settings,
            AttestedWrites writes) {
        this.conversations = conversations;
        this.communications = communications;
        this.enclosures = enclosures;
        this.settings = settings;
        this.writes = writes;
    }

    @Override
    public Class<Communication> getResourceType() {
        return Communication.class;
    }

    /** Writes a message: the first of a conversation, or the answer to the one that {@code inResponseTo} names. */
    @Create
    public MethodOutcome create(@ResourceParam Communication body, RequestDetails request) {
        Judgement judgement = Judgement.of(request.getUserData());
        MessageRequest asked = MessageRequest.of(request.getUserData());
        PatientFacts patient = judgement.patient().orElseThrow();
        Post post = post(body, asked, judgement, patient);
        StoredCommunication stored = writes.perform(request, () -> asked.conversation()
                .map(conversation -> conversations.answer(conversation, post))
                .orElseGet(() -> conversations.start(patient.id(), asked.party(), post)));
        return new MethodOutcome(stored.resource().getIdElement(), true);
    }

    /** Notes that the caller has read a message that was written to him. */
    @Operation(name = "$mark-read")
    public Communication markRead(@IdParam IdType id, RequestDetails request) {
        Judgement judgement = Judgement.of(request.getUserData());
        boolean byPatient = judgement.caller().kind().isHoldersSide();
        StoredCommunication message = communications.byId(id.getIdPart()).orElseThrow();
        return shown(writes.perform(request, () -> conversations.mark(message, byPatient, judgement.now())));
    }

    /** Ends the conversation to which a message belongs, and answers its first message. */
    @Operation(name = "$close-conversation")
    public Communication close(@IdParam IdType id, RequestDetails request) {
        Judgement judgement = Judgement.of(request.getUserData());
        Conversation conversation =
                MessageRequest.of(request.getUserData()).conversation().orElseThrow();
        return shown(writes.perform(request, () -> conversations.close(conversation, judgement.now())));
    }

    private static Communication shown(StoredCommunication stored) {
        Communication answered = stored.resource().copy();
        Shown.mark(answered, stored.facts());
        return answered;
    }

    private Post post(Communication body, MessageRequest asked, Judgement judgement, PatientFacts patient) {
        List<String> texts = body.getPayload().stream()
                .filter(CommunicationPayloadComponent::hasContentStringType)
                .map(payload -> payload.getContentStringType().getValue())
                .toList();
        List<Attachment> files = body.getPayload().stream()
                .filter(CommunicationPayloadComponent::hasContentAttachment)
                .map(CommunicationPayloadComponent::getContentAttachment)
                .toList();
        enclosures.count(files.size());
        String text = String.join("\n\n", texts);
        if (text.length() > settings.maxText()) {
            throw Fault.of(UNPROCESSABLE, "message-too-long", settings.maxText());
        }
        if ((text.isBlank() && files.isEmpty()) || body.getPayload().size() > texts.size() + files.size()) {
            throw Fault.of(UNPROCESSABLE, "message-payload");
        }
        boolean fromPatient = judgement.caller().kind().isHoldersSide();
        return new Post(
                fromPatient,
                fromPatient ? representative(judgement.caller()) : Optional.empty(),
                text,
                files.stream().map(file -> enclosure(file, patient)).toList(),
                asked.message(),
                judgement.now());
    }

    private Enclosure enclosure(Attachment file, PatientFacts patient) {
        if (file.hasUrl() || !file.hasData() || !file.hasContentType()) {
            throw Fault.of(UNPROCESSABLE, "message-payload");
        }
        String title = file.hasTitle() ? file.getTitle() : "";
        return enclosures.accept(title, file.getContentType(), file.getData(), patient);
    }

    /** R151: what a representative writes bears his own name. */
    private static Optional<Reference> representative(Caller caller) {
        return Optional.of(caller)
                .filter(c -> c.kind() == CallerKind.REPRESENTATIVE)
                .map(c -> new Reference()
                        .setType("RelatedPerson")
                        .setIdentifier(
                                new Identifier().setSystem(CarnetUris.LOCAL_ID).setValue(c.subject()))
                        .setDisplay(c.name()));
    }
}
