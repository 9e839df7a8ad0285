package fr.carnet.trace;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.Fault;
import fr.carnet.shared.LinkSeal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;

/** The traces as {@code AuditEvent} (ITI-81): searched, newest first, or read one by one; never written. */
public final class AuditEventProvider implements IResourceProvider {

    private final TraceReader reader;
    private final String base;
    private final LinkSeal seal;
    private final AuditEvents events;

    /**
     * @param reader of the traces
     * @param base public FHIR base URL, by which events and links name the server
     * @param seal of what is personal in links
     * @param professions French label of a profession, for display
     */
    public AuditEventProvider(
            TraceReader reader, String base, LinkSeal seal, Function<ActorCode, Optional<String>> professions) {
        this.reader = reader;
        this.base = base;
        this.seal = seal;
        this.events = new AuditEvents(base, professions);
    }

    @Override
    public Class<AuditEvent> getResourceType() {
        return AuditEvent.class;
    }

    /** What {@code enforcement} has read of the parameters, and permitted. */
    @Search(allowUnknownParams = true)
    public Bundle search(RequestDetails request) {
        TraceReading reading = reading(request);
        TraceReader.Page page = reader.page(reading);
        List<AuditEvent> answer = page.entries().stream()
                .map(entry -> events.of(entry, page.titles()))
                .toList();
        return new TraceSearchset(base, seal, reading, page.total()).of(answer);
    }

    /**
     * One trace.
     *
     * @throws Fault 404 if there is none, or none that the viewer is shown
     */
    @Read
    public AuditEvent read(@IdParam IdType id, RequestDetails request) {
        TraceReader.Page page = reader.one(reading(request).view(), id.getIdPart());
        return page.entries().stream()
                .findFirst()
                .map(entry -> events.of(entry, page.titles()))
                .orElseThrow(() -> Fault.of(404, "not-found"));
    }

    private static TraceReading reading(RequestDetails request) {
        return TraceReading.of(request.getUserData())
                .orElseThrow(() -> new IllegalStateException("traces are not served without a decision"));
    }
}
