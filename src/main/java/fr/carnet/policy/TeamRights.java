package fr.carnet.policy;

import fr.carnet.policy.TeamFacts.Declarer;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.Caller;
import fr.carnet.shared.CallerKind;
import java.util.Optional;

/**
 * Who declares, changes, ends and sees a care team (R43): the operator a formal set with a health professional, a structure
 * its own staff, the holder those whom he recognises; a professional none, not even with others.
 */
final class TeamRights {

    /** Establishments speak by their automate; the staff of a structure is what its own certificate says. */
    private static final ActorCode ESTABLISHMENT = new ActorCode("A00:AUTOMATE");

    private TeamRights() {}

    /** The rule that lets him, or the one that refuses; the title of a holder and the record were looked at before. */
    static Rule verdict(AccessRequest request, TeamFacts team) {
        Caller caller = request.caller();
        return switch (request.action()) {
            case DECLARE_TEAM -> declaring(caller, team);
            case CHANGE_TEAM -> changing(caller, team);
            case END_TEAM -> ending(caller, team);
            case READ_TEAMS -> reading(caller, team);
            default -> throw new IllegalArgumentException("concerns no team");
        };
    }

    private static Rule declaring(Caller caller, TeamFacts team) {
        return switch (caller.kind()) {
            case OPERATOR -> team.healthProfessional() ? Rule.R43_FORMAL_SET : Rule.R43_NO_HEALTH_PROFESSIONAL;
            case SYSTEM -> isOfItsStructure(caller, team) ? Rule.R43_OWN_STAFF : Rule.R43_NOT_ENTITLED;
            case HOLDER -> team.ofOnePatient() ? Rule.R43_RECOGNISED : Rule.R43_NOT_ENTITLED;
            case PROFESSIONAL, REPRESENTATIVE, AUDITOR -> Rule.R43_NOT_ENTITLED;
        };
    }

    private static Rule changing(Caller caller, TeamFacts team) {
        if (!isDeclarer(caller, team)) {
            return Rule.R43_NOT_DECLARER;
        }
        return switch (caller.kind()) {
            case OPERATOR -> Rule.R43_FORMAL_SET;
            case SYSTEM -> Rule.R43_OWN_STAFF;
            default -> Rule.R43_RECOGNISED;
        };
    }

    /** The holder ends any team that names him (R91). */
    private static Rule ending(Caller caller, TeamFacts team) {
        boolean holders = caller.kind() == CallerKind.HOLDER && team.ofOnePatient();
        return holders || isDeclarer(caller, team) ? Rule.R43_ENDED : Rule.R43_NOT_DECLARER;
    }

    private static Rule reading(Caller caller, TeamFacts team) {
        boolean told =
                switch (caller.kind()) {
                    case OPERATOR -> true;
                    case HOLDER, REPRESENTATIVE -> true;
                    case SYSTEM -> isOfItsStructure(caller, team);
                    case PROFESSIONAL -> team.members().contains(caller.subject());
                    case AUDITOR -> false;
                };
        return told ? Rule.R43_TOLD : Rule.R43_NOT_TOLD;
    }

    /** The operator corrects whatever was declared. */
    private static boolean isDeclarer(Caller caller, TeamFacts team) {
        return switch (caller.kind()) {
            case OPERATOR -> true;
            case SYSTEM -> team.declarer().equals(Optional.of(Declarer.STRUCTURE)) && isOfItsStructure(caller, team);
            case HOLDER -> team.ofOnePatient() && team.declarer().equals(Optional.of(Declarer.HOLDER));
            case PROFESSIONAL, REPRESENTATIVE, AUDITOR -> false;
        };
    }

    /** True for the system of an establishment. */
    static boolean isEstablishment(Caller caller) {
        return caller.kind() == CallerKind.SYSTEM
                && caller.role().filter(ESTABLISHMENT::equals).isPresent()
                && caller.structure().isPresent();
    }

    private static boolean isOfItsStructure(Caller caller, TeamFacts team) {
        return isEstablishment(caller)
                && caller.structure().map(id -> id.value()).equals(team.structure());
    }
}
