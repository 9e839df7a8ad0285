package fr.carnet.policy;

import static fr.carnet.policy.Disclosures.say;

import fr.carnet.policy.Decision.Obligation;
import fr.carnet.policy.Decision.Permit;
import fr.carnet.shared.CallerKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who may change a record as such: inform, oppose, activate, close, reopen, suspend, have it deleted (R10–R26). */
record RecordRights(LegalCalendar calendar) {

    /** What the operator alone does. */
    private static final Set<Action> OPERATORS =
            EnumSet.of(Action.INFORM, Action.SUSPEND, Action.RESUME, Action.CHANGE_INS);

    /** The operator, of his own and at the holder's request; a professional's consent box is not his (R25). */
    Decision asOperator(AccessRequest request) {
        return request.action() == Action.REACTIVATE ? say(request, Rule.R10_NOT_ENTITLED) : change(request);
    }

    /** The holder or who acts for him, whose title was checked; the irreversible is asked for by the holder alone. */
    Decision asHolder(AccessRequest request) {
        boolean himself = request.caller().kind() == CallerKind.HOLDER;
        return switch (request.action()) {
            case REACTIVATE -> say(request, Rule.R10_NOT_ENTITLED);
            case REQUEST_DELETION -> himself ? change(request) : say(request, Rule.R23_HOLDER_ONLY);
            default -> change(request);
        };
    }

    static boolean isOperators(Action action) {
        return OPERATORS.contains(action);
    }

    /** Everybody else: the refusal. */
    static Rule refusal(AccessRequest request) {
        if (isOperators(request.action())) {
            return Rule.R10_NOT_HABILITATED;
        }
        return request.caller().isProfessional() && request.action() == Action.REOPEN
                ? Rule.R25_NO_CONSENT
                : Rule.R10_NOT_ENTITLED;
    }

    /** R25: a professional, with the consent box ticked; where there is nothing to reactivate he learns no more than TD0.2 tells. */
    Decision reactivate(AccessRequest request) {
        boolean record = state(request).filter(RecordState::isRecord).isPresent();
        return record ? change(request) : say(request, Rule.R13_NO_DMP);
    }

    private Decision change(AccessRequest request) {
        Optional<RecordState> state = state(request);
        if (state.isEmpty()) {
            return say(request, Rule.R13_NO_DMP);
        }
        if (!RecordLife.allows(request.action(), state.get())) {
            return say(request, Rule.R10_TRANSITION_REFUSED);
        }
        return new Permit(List.of(reason(request.action(), state.get())), obligations(request));
    }

    private Optional<RecordState> state(AccessRequest request) {
        return request.patient().map(patient -> calendar.stateOf(patient, request.now()));
    }

    private static Rule reason(Action action, RecordState state) {
        return switch (action) {
            case INFORM -> Rule.R11_INFORMED;
            case OPPOSE -> state == RecordState.SUSPENDED ? Rule.R26_CONTESTED : Rule.R13_OPPOSED;
            case ACTIVATE -> state == RecordState.NOTIFIED ? Rule.R15_ACTIVATED : Rule.R16_ACTIVATED;
            case CLOSE -> Rule.R20_CLOSED;
            case REOPEN -> Rule.R24_REOPENED;
            case REACTIVATE -> Rule.R25_REACTIVATED;
            case SUSPEND -> Rule.R26_SUSPENDED;
            case RESUME -> Rule.R26_RESUMED;
            case REQUEST_DELETION -> Rule.R23_REQUESTED;
            case CHANGE_INS -> Rule.R9_INS_CHANGED;
            default -> throw new IllegalArgumentException("changes no record");
        };
    }

    /** R11, R26, and for what else somebody does with his record: the holder is told, unless he did it himself. */
    private static Set<Obligation> obligations(AccessRequest request) {
        if (request.action() == Action.INFORM) {
            return Set.of(Obligation.INFORM_HOLDER);
        }
        return request.caller().kind() == CallerKind.HOLDER ? Set.of() : Set.of(Obligation.NOTIFY_HOLDER_OF_RECORD);
    }
}
