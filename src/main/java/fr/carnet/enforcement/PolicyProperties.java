package fr.carnet.enforcement;

import fr.carnet.policy.PolicySettings;
import fr.carnet.policy.PolicySettings.TeamPresumption;
import fr.carnet.policy.PolicySettings.WriteEnforcement;
import fr.carnet.shared.InsDomain;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Switches of the policy in the configuration; durations and ages are those of {@link PolicySettings#production}.
 *
 * @param roleBasedAccess the function-based columns of the matrix are in service (R35)
 * @param writeEnforcement what a missing feeding cell does
 * @param teamPresumption how a team's presumed consent is read (R39)
 * @param cumulInvisiblePatientMasquePs both labels may go together (R102)
 * @param minorHandling the server handles minors, who may be treated in a secret connection (R141)
 * @param openExplanations whoever is authenticated has decisions explained (R92); for test servers
 * @param testIdentities test and demonstration matricules are accepted (R1)
 * @param statusChecksPerMinute TD0.2 that one caller has in a minute, on each node
 */
@ConfigurationProperties("carnet.policy")
record PolicyProperties(
        @DefaultValue("false") boolean roleBasedAccess,
        @DefaultValue("WARN") WriteEnforcement writeEnforcement,
        @DefaultValue("INITIAL") TeamPresumption teamPresumption,
        @DefaultValue("false") boolean cumulInvisiblePatientMasquePs,
        @DefaultValue("true") boolean minorHandling,
        @DefaultValue("false") boolean openExplanations,
        @DefaultValue("false") boolean testIdentities,
        @DefaultValue("120") int statusChecksPerMinute) {

    PolicySettings settings() {
        PolicySettings defaults = PolicySettings.production();
        Set<InsDomain> domains = EnumSet.of(InsDomain.NIR, InsDomain.NIA);
        if (testIdentities) {
            domains.add(InsDomain.TEST);
            domains.add(InsDomain.DEMONSTRATION);
        }
        return new PolicySettings(
                roleBasedAccess,
                writeEnforcement,
                teamPresumption,
                cumulInvisiblePatientMasquePs,
                minorHandling,
                openExplanations,
                defaults.ageMajorite(),
                defaults.outOfTeamDeclaration(),
                defaults.teamDeclaration(),
                defaults.openingDelay(),
                defaults.announcementNotice(),
                defaults.announcementDelay(),
                domains);
    }
}
