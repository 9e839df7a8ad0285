package fr.carnet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.policy.Decision.Permit;
import fr.carnet.policy.PatientFacts.Authorisation;
import fr.carnet.policy.PatientFacts.Authorisation.Basis;
import fr.carnet.shared.AccessContext;
import fr.carnet.shared.AccessContext.EmergencyStatement;
import fr.carnet.shared.AccessMode;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which Consent a permit names: the declaration by which this professional consults, and no other. */
class AuthorisingConsentTest {

    private static final Policy POLICY = new Policy(HabilitationMatrix.load(), Cast.settings());

    private static Authorisation declared(String consent, String name, Basis basis, int days) {
        return new Authorisation(
                Optional.of(consent),
                Cast.subject(name),
                Cast.NOW.minus(Duration.ofDays(days)),
                basis,
                Optional.empty());
    }

    private static Decision search(String name, PatientFixture patient, AccessMode mode) {
        PatientFacts facts = patient.build();
        var stated = new EmergencyStatement(Optional.of("inconscient"), true, true);
        return POLICY.decide(new AccessRequest(
                Cast.caller(name).build(),
                new AccessContext(Optional.of(facts.ins()), Optional.of(mode), stated, false),
                Action.SEARCH,
                Optional.of(facts),
                Optional.empty(),
                Optional.empty(),
                Cast.NOW));
    }

    private static Optional<String> consent(Decision decision) {
        return ((Permit) decision).consent();
    }

    @Test
    void latestDeclarationInForceIsNamed() {
        PatientFixture alice = Cast.patient("alice")
                .withoutConsents()
                .declared(declared("c-leroy", "leroy", Basis.CONSENT, 1))
                .declared(declared("c-older", "martin", Basis.CONSENT, 20))
                .declared(declared("c-newer", "martin", Basis.CONSENT, 10))
                .declared(declared("c-elsewhere", "martin", Basis.AGREEMENT, 1));

        assertThat(consent(search("martin", alice, AccessMode.NORMAL))).contains("c-newer");
    }

    @Test
    void memberOfATeamIsAuthorisedByHisOwnDeclaration() {
        PatientFixture alice = Cast.patient("alice")
                .withoutConsents()
                .declared(declared("c-leroy", "leroy", Basis.CONSENT, 10))
                .declared(declared("c-nurse", "nurse-h", Basis.TEAM, 5));

        assertThat(consent(search("nurse-h", alice, AccessMode.NORMAL))).contains("c-nurse");
    }

    @Test
    void emergencyRestsOnNoConsent() {
        PatientFixture alice =
                Cast.patient("alice").withoutConsents().declared(declared("c-urgel", "urgel", Basis.CONSENT, 0));

        Decision decision = search("urgel", alice, AccessMode.BREAK_GLASS);

        assertThat(((Permit) decision).reasons()).contains(Rule.R53_BREAK_GLASS);
        assertThat(consent(decision)).isEmpty();
    }

    @Test
    void holderReadsUnderNobodysConsent() {
        assertThat(consent(search("alice", Cast.patient("alice"), AccessMode.NORMAL)))
                .isEmpty();
    }
}
