package fr.carnet.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.carnet.policy.ConsentFacts.Kind;
import fr.carnet.policy.Decision.Permit;
import fr.carnet.policy.PatientFacts.Representative.Title;
import fr.carnet.policy.PolicySettings.TeamPresumption;
import fr.carnet.policy.PolicySettings.WriteEnforcement;
import fr.carnet.shared.AccessContext;
import fr.carnet.shared.AccessContext.EmergencyStatement;
import fr.carnet.shared.AccessMode;
import fr.carnet.shared.InsDomain;
import java.time.Duration;
import java.time.Period;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the values of the policy promise beside deciding: refused nonsense, no personal data in logs, documented defaults. */
class FactsTest {

    @Test
    void personalDataStaysOutOfLogs() {
        PatientFacts chloe = Cast.patient("chloe").blocks("petit").build();

        assertThat(chloe).hasToString("PatientFacts[chloe]");
        assertThat(chloe.choices()).hasToString("HolderChoices");
        assertThat(chloe.representatives()).hasToString("[Representative[" + Title.PARENT + "]]");
    }

    @Test
    void permitWithoutAReasonIsRefused() {
        assertThatThrownBy(() -> new Permit(List.of(), Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a permit names its rule");
    }

    @Test
    void choicesThatOpenSomethingAreTold() {
        assertThat(Arrays.stream(Kind.values()).filter(Kind::permits))
                .containsExactlyInAnyOrder(
                        Kind.AUTHORISATION,
                        Kind.TREATING_RIGHTS,
                        Kind.NURSING_HOME,
                        Kind.DIGITAL_SERVICE,
                        Kind.CURATOR);
    }

    @Test
    void requestThatNobodyJudgedGoesNowhere() {
        assertThatThrownBy(() -> Judgement.of(Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("request was not judged");
    }

    @Test
    void judgementComesBackFromTheRequest() {
        Map<Object, Object> request = new HashMap<>();
        Judgement judgement = new Judgement(
                Cast.caller("martin").build(),
                new AccessContext(Optional.empty(), Optional.of(AccessMode.NORMAL), EmergencyStatement.NONE, false),
                Optional.empty(),
                CallerKeys.NONE,
                new Permit(List.of(Rule.R42_STATUS), Set.of()),
                Cast.NOW);
        judgement.storeIn(request);

        assertThat(Judgement.of(request)).isSameAs(judgement);
    }

    /** The defaults of production, one by one: changing one is a decision. */
    @Test
    void defaultsOfProductionAreTheDocumentedOnes() {
        assertThat(PolicySettings.production())
                .isEqualTo(new PolicySettings(
                        false,
                        WriteEnforcement.WARN,
                        TeamPresumption.INITIAL,
                        false,
                        true,
                        false,
                        18,
                        Duration.ofHours(12),
                        Period.ofYears(1),
                        Period.ofWeeks(6),
                        Period.ofWeeks(2),
                        Period.ofMonths(1),
                        EnumSet.of(InsDomain.NIR, InsDomain.NIA)));
    }
}
