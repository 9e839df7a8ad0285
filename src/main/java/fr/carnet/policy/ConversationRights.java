package fr.carnet.policy;

import static fr.carnet.policy.Disclosures.hide;
import static fr.carnet.policy.Disclosures.say;

import fr.carnet.policy.Decision.Obligation;
import fr.carnet.policy.Decision.Permit;
import fr.carnet.shared.Caller;
import fr.carnet.shared.CallerKind;
import java.util.List;
import java.util.Set;

/** Decisions on conversations, once the record-level steps are done (R161–R165, R170). */
record ConversationRights(LegalCalendar calendar) {

    /** True for what bears on messages. */
    static boolean isOfMessages(Action action) {
        return switch (action) {
            case START_CONVERSATION, ANSWER_MESSAGE, MARK_MESSAGE, CLOSE_CONVERSATION -> true;
            default -> false;
        };
    }

    /** R161, R163, R164: professionals and establishments, each in his own conversations. */
    Decision asProfessional(AccessRequest request) {
        boolean starts = request.action() == Action.START_CONVERSATION;
        if (!hasMailbox(request.caller())) {
            return say(request, starts ? Rule.R161_NOT_ENTITLED : Rule.R163_NOT_ENTITLED);
        }
        boolean foreign = request.conversation()
                .filter(conversation -> !conversation.isHeldBy(request.caller()))
                .isPresent();
        if (starts) {
            return foreign
                    ? say(request, Rule.R161_NOT_ENTITLED)
                    : new Permit(List.of(Rule.R161_CONVERSATION), notices(request));
        }
        return foreign ? hide(Rule.R163_NOT_PARTY) : within(request);
    }

    private Decision within(AccessRequest request) {
        boolean closed =
                request.conversation().filter(ConversationFacts::closed).isPresent();
        return switch (request.action()) {
            case ANSWER_MESSAGE ->
                closed
                        ? say(request, Rule.R163_CONVERSATION_CLOSED)
                        : new Permit(List.of(Rule.R164_MAILBOX), notices(request));
            case CLOSE_CONVERSATION ->
                closed
                        ? say(request, Rule.R163_CONVERSATION_CLOSED)
                        : new Permit(List.of(Rule.R163_CLOSED), AccessModes.obligations(request));
            default -> new Permit(List.of(Rule.R163_PARTY), AccessModes.obligations(request));
        };
    }

    /**
     * R162–R164: the holder, and his representative where the conversation is not hidden from him.
     *
     * @param title by which the caller acts
     */
    Decision asHolder(AccessRequest request, Rule title) {
        boolean hidden = request.caller().kind() == CallerKind.REPRESENTATIVE
                && request.conversation()
                        .filter(ConversationFacts::hiddenFromRepresentatives)
                        .isPresent();
        if (hidden) {
            return hide(Rule.R170_HIDDEN);
        }
        Rule verdict =
                switch (request.action()) {
                    case START_CONVERSATION -> starting(request);
                    case ANSWER_MESSAGE ->
                        request.conversation()
                                .map(ConversationRights::answering)
                                .orElse(Rule.R163_PARTY);
                    case CLOSE_CONVERSATION -> Rule.R163_NOT_PROFESSIONAL;
                    default -> title;
                };
        return verdict.permits() ? new Permit(List.of(verdict), Set.of()) : say(request, verdict);
    }

    /** R162: with the organisational mailbox of an officine alone. */
    private static Rule starting(AccessRequest request) {
        return request.conversation()
                        .filter(conversation -> conversation.officine()
                                && conversation.takesReplies()
                                && conversation.professional().isEmpty())
                        .isPresent()
                ? Rule.R162_OFFICINE
                : Rule.R161_NOT_ENTITLED;
    }

    private static Rule answering(ConversationFacts conversation) {
        if (conversation.closed()) {
            return Rule.R163_CONVERSATION_CLOSED;
        }
        return conversation.takesReplies() ? Rule.R163_PARTY : Rule.R164_NO_REPLY;
    }

    /** R164: a professional's own, a structure's, or that of an establishment's software. */
    private static boolean hasMailbox(Caller caller) {
        return caller.isProfessional() || TeamRights.isEstablishment(caller);
    }

    /** R165, R170: only an activated space tells its holder, and what representatives must not know is not announced. */
    private Set<Obligation> notices(AccessRequest request) {
        PatientFacts patient = request.patient().orElseThrow();
        boolean activated = calendar.stateOf(patient, request.now()) == RecordState.OPENED_ACTIVATED;
        boolean hidden = request.context().secretConnection()
                || request.conversation()
                        .filter(ConversationFacts::hiddenFromRepresentatives)
                        .isPresent();
        boolean readByOthers = hidden && !calendar.isOfAge(patient, request.now());
        Set<Obligation> obligations = AccessModes.obligations(request);
        if (activated && !readByOthers) {
            obligations.add(Obligation.NOTIFY_HOLDER_OF_MESSAGE);
        }
        return obligations;
    }
}
