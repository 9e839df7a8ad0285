package fr.carnet.policy;

import static fr.carnet.policy.Disclosures.hide;
import static fr.carnet.policy.Disclosures.say;

import fr.carnet.policy.Decision.Obligation;
import fr.carnet.policy.Decision.Permit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decisions on the people around a patient: his care teams (R43) and who acts for him (R147, R149). */
record CircleRights(RecordSteps steps) {

    /** True for what concerns a care team. */
    static boolean isOfTeams(Action action) {
        return switch (action) {
            case DECLARE_TEAM, CHANGE_TEAM, END_TEAM, READ_TEAMS -> true;
            default -> false;
        };
    }

    /** True for what concerns those who act for a patient. */
    static boolean isOfRelated(Action action) {
        return switch (action) {
            case REGISTER_RELATED, CHANGE_RELATED, READ_RELATED -> true;
            default -> false;
        };
    }

    /** The operator keeps both, whatever the state of the record. */
    Decision asOperator(AccessRequest request) {
        boolean known = request.patient().isPresent()
                || request.team().filter(team -> !team.ofOnePatient()).isPresent();
        Optional<Rule> refusal =
                steps.identity(request).or(() -> known ? Optional.empty() : Optional.of(Rule.R13_NO_DMP));
        if (refusal.isPresent()) {
            return say(request, refusal.get());
        }
        if (isOfTeams(request.action())) {
            return team(request, Rule.R43_TOLD);
        }
        Set<Obligation> told =
                request.action() == Action.READ_RELATED || request.related().isEmpty()
                        ? Set.of()
                        : EnumSet.of(Obligation.NOTIFY_HOLDER_OF_RECORD);
        return new Permit(List.of(Rule.R147_OPERATOR), told);
    }

    /** A structure's own system; the team of one patient needs his record. */
    Decision asStructure(AccessRequest request) {
        if (!TeamRights.isEstablishment(request.caller())) {
            return say(request, Rule.R43_NOT_ENTITLED);
        }
        boolean ofOnePatient = request.team().map(TeamFacts::ofOnePatient).orElse(true);
        Optional<Rule> refusal =
                steps.identity(request).or(() -> ofOnePatient ? steps.open(request) : Optional.empty());
        return refusal.<Decision>map(rule -> say(request, rule)).orElseGet(() -> team(request, Rule.R43_TOLD));
    }

    /** On one team, or on the record as a whole when none is named. */
    static Decision team(AccessRequest request, Rule onRecord) {
        Rule asked = request.action() == Action.READ_TEAMS ? onRecord : Rule.R43_NOT_ENTITLED;
        Rule verdict =
                request.team().map(team -> TeamRights.verdict(request, team)).orElse(asked);
        if (verdict.permits()) {
            return new Permit(List.of(verdict), Set.of());
        }
        return verdict == Rule.R43_NOT_TOLD ? hide(verdict) : say(request, verdict);
    }

    /** By a representative: sharing (R147), of which the holder is told. */
    static Decision related(AccessRequest request, Rule title) {
        if (request.action() == Action.READ_RELATED) {
            return new Permit(List.of(title), Set.of());
        }
        Rule verdict = request.related()
                .map(related -> RelatedRights.sharing(request, title, related))
                .orElse(Rule.R147_NOT_ENTITLED);
        return verdict.permits()
                ? new Permit(List.of(verdict), EnumSet.of(Obligation.NOTIFY_HOLDER_OF_RECORD))
                : say(request, verdict);
    }
}
