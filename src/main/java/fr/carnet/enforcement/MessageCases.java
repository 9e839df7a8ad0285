package fr.carnet.enforcement;

import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import fr.carnet.enforcement.Judge.Hearing;
import fr.carnet.enforcement.Judge.Verdict;
import fr.carnet.messaging.Communications;
import fr.carnet.messaging.StoredCommunication;
import fr.carnet.messaging.conversation.Conversation;
import fr.carnet.messaging.conversation.Conversations;
import fr.carnet.messaging.conversation.MessageRequest;
import fr.carnet.messaging.conversation.Parties;
import fr.carnet.messaging.conversation.Party;
import fr.carnet.policy.Action;
import fr.carnet.policy.Decision;
import fr.carnet.policy.Decision.Deny;
import fr.carnet.policy.PatientFacts;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Communication;

/** Messages before the judge: written, marked as read, and the end of a conversation (R161–R164). */
final class MessageCases {

    /** What may be done with one message, beside reading it. */
    static final Map<String, Action> OPERATIONS =
            Map.of("$mark-read", Action.MARK_MESSAGE, "$close-conversation", Action.CLOSE_CONVERSATION);

    private final Patients patients;
    private final Communications communications;
    private final Conversations conversations;
    private final Parties parties;

    MessageCases(Patients patients, Communications communications, Conversations conversations, Parties parties) {
        this.patients = patients;
        this.communications = communications;
        this.conversations = conversations;
        this.parties = parties;
    }

    Verdict hear(Hearing hearing, RestOperationTypeEnum operation) {
        if (operation == RestOperationTypeEnum.EXTENDED_OPERATION_INSTANCE) {
            Action action = OPERATIONS.get(hearing.request().getOperation());
            return on(hearing, hearing.request().getId().getIdPart(), action);
        }
        Communication sent = hearing.body(Communication.class);
        return sent.hasInResponseTo() ? answer(hearing, sent) : start(hearing, sent);
    }

    private Verdict start(Hearing hearing, Communication sent) {
        hearing.asks(Action.START_CONVERSATION);
        Optional<PatientFacts> patient = patients.referred(sent.getSubject(), hearing);
        Court court = hearing.court(patient);
        Party party = parties.ofFirst(sent, hearing.caller(), hearing.context().secretConnection());
        Verdict verdict = new Verdict(patient, court.require(court.decide(Action.START_CONVERSATION, party.facts())));
        leave(hearing, Optional.empty(), party, Optional.empty());
        return verdict;
    }

    /** The patient is the one of the conversation, whomever the body names. */
    private Verdict answer(Hearing hearing, Communication sent) {
        return on(hearing, sent.getInResponseToFirstRep().getReferenceElement().getIdPart(), Action.ANSWER_MESSAGE);
    }

    /** To whoever may not read it, every refusal is the answer of a message that does not exist. */
    private Verdict on(Hearing hearing, String id, Action action) {
        hearing.asks(action);
        refuseWhateverTheId(hearing, action);
        StoredCommunication message =
                Optional.ofNullable(id).flatMap(communications::byId).orElseThrow(Refused::absent);
        Conversation conversation = conversations.of(message).orElseThrow(Refused::absent);
        Optional<PatientFacts> patient = patients.byId(message.patient(), hearing);
        Court court = hearing.court(patient);
        Decision decision = court.decide(action, conversation.party().facts());
        boolean read = court.decide(Action.READ_COMMUNICATIONS, message.facts()).permitted();
        if (!read && !decision.permitted()) {
            RequestNotes.of(hearing.request().getUserData()).refusedBy(((Deny) decision).reason());
            throw Refused.absent();
        }
        Verdict verdict = new Verdict(patient, court.require(decision));
        leave(hearing, Optional.of(conversation), conversation.party(), Optional.of(id));
        return verdict;
    }

    /** What is permitted there is looked at again in its conversation, which may oblige to less (R170). */
    private void refuseWhateverTheId(Hearing hearing, Action action) {
        if (hearing.context().patient().isPresent()) {
            Court court = hearing.court(patients.ofToken(hearing));
            if (court.decide(action) instanceof Deny deny) {
                court.require(deny);
            }
        }
    }

    private static void leave(
            Hearing hearing, Optional<Conversation> conversation, Party party, Optional<String> message) {
        new MessageRequest(conversation, party, message)
                .storeIn(hearing.request().getUserData());
    }
}
