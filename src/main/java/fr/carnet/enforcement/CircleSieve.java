package fr.carnet.enforcement;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import fr.carnet.dmp.Shown;
import fr.carnet.policy.Action;
import fr.carnet.policy.CircleFacts;
import fr.carnet.policy.CommunicationFacts;
import fr.carnet.policy.ConsentFacts;
import fr.carnet.policy.Decision;
import fr.carnet.policy.Policy;
import fr.carnet.trace.TraceLine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The second look at choices, teams, representatives, notices and messages that are read or listed: what the policy does not permit, and what
 * bears no facts, does not leave. Like the {@link Sieve}, it should never find anything to drop.
 */
@Interceptor
final class CircleSieve {

    private static final Logger LOG = LoggerFactory.getLogger(CircleSieve.class);

    private static final Set<Action> READING = EnumSet.of(
            Action.READ_CONSENTS,
            Action.READ_TEAMS,
            Action.READ_RELATED,
            Action.READ_COMMUNICATIONS,
            Action.EXPORT_RECORD);

    private final Policy policy;
    private final Counter drops;

    CircleSieve(Policy policy, MeterRegistry meters) {
        this.policy = policy;
        this.drops = Sieve.drops(meters);
    }

    /** Drops what the caller may not see, and notes what he will. */
    @Hook(value = Pointcut.SERVER_OUTGOING_RESPONSE, order = Sieve.ORDER)
    public void sift(RequestDetails request, ResponseDetails details) {
        Optional<Action> reading = reading(request);
        if (reading.isEmpty()) {
            return;
        }
        if (details.getResponseResource() instanceof Bundle bundle) {
            int before = bundle.getEntry().size();
            bundle.getEntry()
                    .removeIf(entry ->
                            isOurs(entry.getResource()) && !keeps(entry.getResource(), reading.get(), request));
            int dropped = before - bundle.getEntry().size();
            bundle.setTotal(bundle.getTotal() - dropped);
            alarm(dropped);
        } else if (details.getResponseResource() instanceof Resource resource
                && isOurs(resource)
                && !keeps(resource, reading.get(), request)) {
            alarm(1);
            throw Refused.absent();
        }
    }

    private static Optional<Action> reading(RequestDetails request) {
        return RequestNotes.of(request.getUserData()).action().filter(READING::contains);
    }

    private static boolean isOurs(Resource resource) {
        return resource instanceof Consent
                || resource instanceof CareTeam
                || resource instanceof RelatedPerson
                || resource instanceof Communication;
    }

    private boolean keeps(Resource resource, Action action, RequestDetails request) {
        Court court = Court.of(request.getUserData(), policy);
        Action reading = action == Action.EXPORT_RECORD ? readingOf(resource) : action;
        Optional<ConsentFacts> consent = Shown.facts(resource, ConsentFacts.class);
        boolean permitted = consent.map(facts -> court.decide(reading, facts))
                .or(() -> Shown.facts(resource, CircleFacts.class).map(facts -> court.decide(reading, facts)))
                .filter(Decision::permitted)
                .isPresent();
        // R144: a trace that a representative may read names nothing that he may not know of
        boolean holdersAlone = Shown.facts(resource, CircleFacts.class)
                .filter(CommunicationFacts.class::isInstance)
                .map(CommunicationFacts.class::cast)
                .filter(CommunicationFacts::isHoldersAlone)
                .isPresent();
        if (permitted && !holdersAlone && consent.filter(ConsentFacts::secret).isEmpty()) {
            note(resource, request);
        }
        return permitted;
    }

    /** Who takes the whole record with him reads each of them. */
    private static Action readingOf(Resource resource) {
        return switch (resource.fhirType()) {
            case "Consent" -> Action.READ_CONSENTS;
            case "CareTeam" -> Action.READ_TEAMS;
            case "Communication" -> Action.READ_COMMUNICATIONS;
            default -> Action.READ_RELATED;
        };
    }

    private static void note(Resource resource, RequestDetails request) {
        String version = resource.getIdElement().getVersionIdPart();
        RequestNotes.of(request.getUserData())
                .add(new TraceLine(
                        resource.fhirType() + "/" + resource.getIdElement().getIdPart(),
                        Optional.ofNullable(version).map(Integer::parseInt),
                        Optional.empty(),
                        TraceLine.Effect.DISCLOSED));
    }

    private void alarm(int dropped) {
        if (dropped > 0) {
            drops.increment(dropped);
            LOG.error("sieve dropped {} resources: SQL and policy disagree", dropped);
        }
    }
}
