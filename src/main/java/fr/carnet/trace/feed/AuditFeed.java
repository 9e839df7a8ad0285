package fr.carnet.trace.feed;

import ca.uhn.fhir.context.FhirContext;
import fr.carnet.outbox.Courier;
import fr.carnet.outbox.Delivery;
import fr.carnet.outbox.Parcel;
import fr.carnet.shared.ActorCode;
import fr.carnet.trace.TraceReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.hl7.fhir.r4.model.AuditEvent;

/**
 * Carries traces to the audit repository, those of a round in one request, as the auditor is shown them. At least once: the
 * repository tells a repetition by the event's id, which is the trace's.
 */
public final class AuditFeed implements Courier {

    /** Channel of its entries; the payload is the id of a trace. */
    public static final String CHANNEL = "audit-feed";

    private final Optional<AuditRepository> repository;
    private final TraceReader traces;
    private final Function<ActorCode, Optional<String>> professions;

    /**
     * @param settings where the repository is
     * @param traces from which the events are made
     * @param fhir that keeps the versions in {@code AuditEvent.entity.what}
     * @param base public FHIR base URL
     * @param professions French label of a profession, for display
     */
    public AuditFeed(
            FeedSettings settings,
            TraceReader traces,
            FhirContext fhir,
            String base,
            Function<ActorCode, Optional<String>> professions) {
        this.repository = settings.isOn() ? Optional.of(new AuditRepository(settings, fhir, base)) : Optional.empty();
        this.traces = traces;
        this.professions = professions;
    }

    @Override
    public String channel() {
        return CHANNEL;
    }

    @Override
    public boolean isOpen() {
        return repository.isPresent();
    }

    @Override
    public Errand prepare(List<Parcel> parcels, Instant now) {
        List<UUID> ids = parcels.stream()
                .map(parcel -> UUID.fromString(parcel.payload()))
                .toList();
        List<AuditEvent> events = traces.events(ids, professions);
        return new Errand() {
            private Map<String, Delivery> answers;

            /** All of the round go with the first, whose attempt is counted by then. */
            @Override
            public Delivery deliver(Parcel parcel) {
                if (answers == null) {
                    answers = events.isEmpty()
                            ? Map.of()
                            : repository.orElseThrow().send(events);
                }
                return answers.getOrDefault(parcel.payload(), new Delivery.Withdrawn("no-such-trace"));
            }
        };
    }
}
