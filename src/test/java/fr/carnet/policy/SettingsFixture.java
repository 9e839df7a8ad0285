package fr.carnet.policy;

import fr.carnet.policy.PolicySettings.TeamPresumption;
import fr.carnet.policy.PolicySettings.WriteEnforcement;
import fr.carnet.shared.InsDomain;
import java.time.Duration;
import java.time.Period;
import java.util.Set;

/** Settings in the making; the defaults are those of production. */
public final class SettingsFixture {

    private static final PolicySettings DEFAULTS = PolicySettings.production();
    private boolean roles;
    private boolean cumul;
    private boolean minors = DEFAULTS.minorHandling();
    private boolean explains;
    private WriteEnforcement write = DEFAULTS.writeEnforcement();
    private TeamPresumption presumption = DEFAULTS.teamPresumption();
    private Set<InsDomain> domains = DEFAULTS.acceptedInsDomains();
    private int majority = DEFAULTS.ageMajorite();
    private Duration outOfTeam = DEFAULTS.outOfTeamDeclaration();
    private Period team = DEFAULTS.teamDeclaration();
    private Period opening = DEFAULTS.openingDelay();
    private Period notice = DEFAULTS.announcementNotice();
    private Period delay = DEFAULTS.announcementDelay();

    /** The columns of functions are in service. */
    public SettingsFixture roleBasedAccess() {
        roles = true;
        return this;
    }

    /** Both labels may go together. */
    public SettingsFixture cumul() {
        cumul = true;
        return this;
    }

    /** Minors are not handled. */
    public SettingsFixture withoutMinors() {
        minors = false;
        return this;
    }

    /** Decisions are explained to whoever asks. */
    public SettingsFixture openExplanations() {
        explains = true;
        return this;
    }

    /** With that write enforcement. */
    public SettingsFixture write(WriteEnforcement value) {
        write = value;
        return this;
    }

    /** The team's consent is presumed. */
    public SettingsFixture presumed() {
        presumption = TeamPresumption.PRESUMED;
        return this;
    }

    /** Accepting these domains. */
    public SettingsFixture domains(Set<InsDomain> value) {
        domains = Set.copyOf(value);
        return this;
    }

    /** Of age from that birthday on. */
    public SettingsFixture majority(int years) {
        majority = years;
        return this;
    }

    /** Declarations that last so long outside and inside the team. */
    public SettingsFixture declarations(Duration outside, Period inside) {
        outOfTeam = outside;
        team = inside;
        return this;
    }

    /** Opening so long after the information. */
    public SettingsFixture opening(Period value) {
        opening = value;
        return this;
    }

    /** Inviting the holder, then showing him, so long after the deposit. */
    public SettingsFixture announcement(Period inviting, Period showing) {
        notice = inviting;
        delay = showing;
        return this;
    }

    /** The settings. */
    public PolicySettings build() {
        return new PolicySettings(
                roles,
                write,
                presumption,
                cumul,
                minors,
                explains,
                majority,
                outOfTeam,
                team,
                opening,
                notice,
                delay,
                domains);
    }
}
