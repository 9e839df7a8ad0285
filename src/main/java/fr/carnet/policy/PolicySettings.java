package fr.carnet.policy;

import fr.carnet.shared.InsDomain;
import java.time.Duration;
import java.time.Period;
import java.util.Objects;
import java.util.Set;

/**
 * The few switches and parameters of the policy; read once at start, part of what a trace records.
 *
 * @param roleBasedAccess the function-based columns of the matrix are in service (R35); default off, as deployed
 * @param writeEnforcement what a missing feeding cell does (rules.md §3); default warn
 * @param teamPresumption literal reading of the team's presumed consent (R39); default initial
 * @param cumulInvisiblePatientMasquePs both labels may go together (R102); default no
 * @param openExplanations whoever is authenticated has decisions explained, not the operator and the auditor alone (R92): for
 *     test servers; default no
 * @param ageMajorite in years (R119)
 * @param outOfTeamDeclaration how long a declaration outside the team serves (R40)
 * @param teamDeclaration how long a declaration of a team member or of the treating physician serves (R42)
 * @param openingDelay from information to automatic opening (R12)
 * @param announcementNotice from the deposit of a document hidden from the holder to the invitation to see a professional
 *     (R113)
 * @param announcementDelay from its deposit to its automatic visibility (R114)
 * @param acceptedInsDomains test and demonstration matricules only where configured (R1)
 */
public record PolicySettings(
        boolean roleBasedAccess,
        WriteEnforcement writeEnforcement,
        TeamPresumption teamPresumption,
        boolean cumulInvisiblePatientMasquePs,
        boolean openExplanations,
        int ageMajorite,
        Duration outOfTeamDeclaration,
        Period teamDeclaration,
        Period openingDelay,
        Period announcementNotice,
        Period announcementDelay,
        Set<InsDomain> acceptedInsDomains) {

    /** @throws NullPointerException if a component is missing */
    public PolicySettings {
        Objects.requireNonNull(writeEnforcement);
        Objects.requireNonNull(teamPresumption);
        Objects.requireNonNull(outOfTeamDeclaration);
        Objects.requireNonNull(teamDeclaration);
        Objects.requireNonNull(openingDelay);
        Objects.requireNonNull(announcementNotice);
        Objects.requireNonNull(announcementDelay);
        acceptedInsDomains = Set.copyOf(acceptedInsDomains);
    }

    /** Defaults of a production server. */
    public static PolicySettings production() {
        return new PolicySettings(
                false,
                WriteEnforcement.WARN,
                TeamPresumption.INITIAL,
                false,
                false,
                18,
                Duration.ofHours(12),
                Period.ofYears(1),
                Period.ofWeeks(6),
                Period.ofWeeks(2),
                Period.ofMonths(1),
                Set.of(InsDomain.NIR, InsDomain.NIA));
    }

    /** What a missing feeding cell does; R33, R134, R135 and actors without any {@code W} are refused in any case. */
    public enum WriteEnforcement {
        OFF,
        WARN,
        DENY
    }

    /** Reading of R38 and R39. */
    public enum TeamPresumption {
        /** Somebody of the team must have the holder's consent first. */
        INITIAL,
        /** Membership alone is enough. */
        PRESUMED
    }
}
