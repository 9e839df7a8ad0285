package fr.carnet.enforcement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import fr.carnet.policy.Action;
import fr.carnet.policy.CallerKeys;
import fr.carnet.policy.Cast;
import fr.carnet.policy.Decision.Permit;
import fr.carnet.policy.HabilitationMatrix;
import fr.carnet.policy.Judgement;
import fr.carnet.policy.PatientFacts;
import fr.carnet.policy.Policy;
import fr.carnet.policy.Rule;
import fr.carnet.shared.AccessContext;
import fr.carnet.shared.AccessMode;
import fr.carnet.shared.Fault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.junit.jupiter.api.Test;

/** What bears no facts by which it can be judged once more does not leave. */
class CircleSieveTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CircleSieve sieve = new CircleSieve(new Policy(HabilitationMatrix.load(), Cast.settings()), meters);

    private static ServletRequestDetails request(Action action) {
        PatientFacts alice = Cast.patient("alice").build();
        var context = new AccessContext(
                Optional.of(alice.ins()), Optional.of(AccessMode.NORMAL), AccessContext.EmergencyStatement.NONE, false);
        var request = new ServletRequestDetails();
        new Judgement(
                        Cast.caller("alice").build(),
                        context,
                        Optional.of(alice),
                        CallerKeys.NONE,
                        new Permit(List.of(Rule.R91_HOLDER), Set.of()),
                        Cast.NOW)
                .storeIn(request.getUserData());
        RequestNotes.of(request.getUserData()).asks(action);
        return request;
    }

    private void sift(Action action, IBaseResource answer) {
        sieve.sift(request(action), new ResponseDetails(answer));
    }

    private double drops() {
        return meters.get("carnet.sieve.drops").counter().count();
    }

    @Test
    void listLosesItAndTellsAnHonestTotal() {
        var bundle = new Bundle().setTotal(1);
        bundle.addEntry().setResource(new Consent());
        bundle.addEntry().setResource(new OperationOutcome());

        sift(Action.READ_CONSENTS, bundle);

        assertThat(bundle.getEntry()).singleElement().satisfies(entry -> assertThat(entry.getResource())
                .isInstanceOf(OperationOutcome.class));
        assertThat(bundle.getTotal()).isZero();
        assertThat(drops()).isEqualTo(1);
    }

    @Test
    void readIsAnsweredLikeSomethingAbsent() {
        assertThatThrownBy(() -> sift(Action.READ_TEAMS, new CareTeam()))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.status()).isEqualTo(404));
        assertThat(drops()).isEqualTo(1);
    }

    @Test
    void answerOfAWriteIsNotItsBusiness() {
        sift(Action.DECLARE_TEAM, new CareTeam());

        assertThat(drops()).isZero();
    }
}
