package fr.carnet.policy;

import fr.carnet.policy.Decision.Obligation;
import fr.carnet.shared.AccessMode;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.AuthenticationMode;
import fr.carnet.shared.Caller;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Step 7: modes of access and of authentication (R50–R56, R71–R73), and the secret connection (R141, R146). */
record AccessModes(LegalCalendar calendar) {

    /** R50, R71, R141: the mode is one, nobody authenticates on behalf of somebody else, and there are secrets only of minors. */
    Optional<Rule> assertion(AccessRequest request) {
        if (request.context().mode().isEmpty()) {
            return Optional.of(Rule.R50_MODE_UNKNOWN);
        }
        if (request.context().secretConnection() && !calendar.settings().minorHandling()) {
            return Optional.of(Rule.R141_SECRET_CONNECTION);
        }
        return isAuthenticated(request, AuthenticationMode.DELEGUEE)
                ? Optional.of(Rule.R71_MODE_NOT_ALLOWED)
                : Optional.empty();
    }

    /** R51, R52, R54, R55, R59: who may come in which emergency, and unless the holder opposed it. */
    Optional<Rule> emergency(AccessRequest request) {
        return switch (mode(request)) {
            case NORMAL -> Optional.empty();
            case BREAK_GLASS -> breakGlass(request);
            case REGULATION -> regulation(request);
        };
    }

    /** R72: an establishment's certificate alone consults nothing. */
    Optional<Rule> consulting(AccessRequest request) {
        return isAuthenticated(request, AuthenticationMode.INDIRECTE)
                ? Optional.of(Rule.R72_MODE_NOT_ALLOWED)
                : Optional.empty();
    }

    /** R52, R56, R73: the holder opposed, the call centre only reads, AIR only reads. */
    Optional<Rule> feeding(AccessRequest request) {
        if (mode(request) == AccessMode.BREAK_GLASS && opposes(request, HolderChoices::opposesBreakGlass)) {
            return Optional.of(Rule.R52_OPPOSED_BRIS_DE_GLACE);
        }
        return changing(request);
    }

    /** R56, R73: neither the call centre's mode nor AIR changes anything. */
    Optional<Rule> changing(AccessRequest request) {
        if (mode(request) == AccessMode.REGULATION) {
            return Optional.of(Rule.R56_MODE_NOT_ALLOWED);
        }
        return isAuthenticated(request, AuthenticationMode.INDIRECTE_RENFORCEE)
                ? Optional.of(Rule.R73_MODE_NOT_ALLOWED)
                : Optional.empty();
    }

    /** R25: in no emergency mode, where nobody consents, and not by AIR, which only reads (R73). */
    Optional<Rule> normal(AccessRequest request) {
        return mode(request).isEmergency() ? Optional.of(Rule.R25_NO_CONSENT) : changing(request);
    }

    /** R146: a secret connection is for minors. */
    Optional<Rule> secretConnection(AccessRequest request) {
        boolean adult = request.patient()
                .filter(p -> calendar.isOfAge(p, request.now()))
                .isPresent();
        return request.context().secretConnection() && adult
                ? Optional.of(Rule.R146_SECRET_CONNECTION)
                : Optional.empty();
    }

    /** R57: holder and treating physician learn of every access in an emergency. */
    static Set<Obligation> obligations(AccessRequest request) {
        Set<Obligation> obligations = EnumSet.noneOf(Obligation.class);
        if (request.context().mode().orElseThrow().isEmergency()) {
            obligations.add(Obligation.TRACE_EMERGENCY);
            obligations.add(Obligation.NOTIFY_HOLDER_OF_EMERGENCY);
            request.patient()
                    .flatMap(PatientFacts::treatingPhysician)
                    .ifPresent(physician -> obligations.add(Obligation.NOTIFY_TREATING_PHYSICIAN));
        }
        return obligations;
    }

    private static Optional<Rule> breakGlass(AccessRequest request) {
        Caller caller = request.caller();
        boolean healthProfessional = caller.isProfessional()
                && caller.role().filter(ActorCode::isHealthProfessional).isPresent();
        if (!healthProfessional) {
            return Optional.of(Rule.R51_MODE_NOT_ALLOWED);
        }
        if (!request.context().emergency().isComplete()) {
            return Optional.of(Rule.R51_STATEMENT_MISSING);
        }
        return opposes(request, HolderChoices::opposesBreakGlass)
                ? Optional.of(Rule.R52_OPPOSED_BRIS_DE_GLACE)
                : Optional.empty();
    }

    private static Optional<Rule> regulation(AccessRequest request) {
        Caller caller = request.caller();
        boolean regulatingPhysician = caller.isProfessional()
                && caller.regulator()
                && caller.role().filter(ActorCode::isPhysician).isPresent();
        if (!regulatingPhysician) {
            return Optional.of(Rule.R54_MODE_NOT_ALLOWED);
        }
        return opposes(request, HolderChoices::opposesRegulation)
                ? Optional.of(Rule.R55_OPPOSED_CENTRE_15)
                : Optional.empty();
    }

    private static boolean opposes(AccessRequest request, Predicate<HolderChoices> opposition) {
        return request.patient().map(PatientFacts::choices).filter(opposition).isPresent();
    }

    private static boolean isAuthenticated(AccessRequest request, AuthenticationMode mode) {
        return request.caller().authentication() == mode;
    }

    private static AccessMode mode(AccessRequest request) {
        return request.context().mode().orElse(AccessMode.NORMAL);
    }
}
