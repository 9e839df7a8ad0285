package fr.carnet.trace;

import ca.uhn.fhir.rest.annotation.Count;
import ca.uhn.fhir.rest.annotation.Offset;
import ca.uhn.fhir.rest.annotation.OptionalParam;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import fr.carnet.shared.ActorCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;

/** The traces of a record as {@code AuditEvent} (ITI-81 in part): searched, newest first, never written. */
public final class AuditEventProvider implements IResourceProvider {

    private static final int DEFAULT_COUNT = 50;
    private static final int MAX_COUNT = 500;

    private final TraceStore store;
    private final DisclosedDocuments documents;
    private final RecordInView records;
    private final String base;
    private final AuditEvents events;

    /**
     * @param store where the traces are
     * @param documents titles by viewer
     * @param records the decision taken before
     * @param base public FHIR base URL, by which events and links name the server
     * @param professions French label of a profession, for display
     */
    public AuditEventProvider(
            TraceStore store,
            DisclosedDocuments documents,
            RecordInView records,
            String base,
            Function<ActorCode, Optional<String>> professions) {
        this.store = store;
        this.documents = documents;
        this.records = records;
        this.base = base;
        this.events = new AuditEvents(base, professions);
    }

    @Override
    public Class<AuditEvent> getResourceType() {
        return AuditEvent.class;
    }

    /**
     * Traces of one record.
     *
     * @param patient by id or {@code patient.identifier}; read by {@code enforcement}, which resolved and judged it
     * @param date window of {@code recorded}
     * @param count page size, 50 unless told, 500 at most; 0 asks for the total alone
     * @param offset how many to skip
     * @throws InvalidRequestException if a number is negative
     */
    @Search(allowUnknownParams = true)
    public Bundle search(
            @OptionalParam(
                            name = AuditEvent.SP_PATIENT,
                            chainWhitelist = {"", "identifier"})
                    ReferenceParam patient,
            @OptionalParam(name = AuditEvent.SP_DATE) DateRangeParam date,
            @Count Integer count,
            @Offset Integer offset,
            RequestDetails request) {
        TraceView view = records.of(request)
                .orElseThrow(() -> new IllegalStateException("traces are not served without a decision"));
        int size = Math.min(notNegative("_count", count, DEFAULT_COUNT), MAX_COUNT);
        int start = notNegative("_offset", offset, 0);
        TraceWindow window = window(view, date);
        ShownTraces shown = new ShownTraces(view, titles(view, window));
        TracePage page = store.page(window, shown.condition(), start, size);
        List<AuditEvent> answer = page.entries().stream()
                .flatMap(entry -> shown.shown(entry).stream())
                .map(entry -> events.of(entry, shown.titles()))
                .toList();
        return new TraceSearchset(base, view.patient(), start, size, page.total()).of(answer, request);
    }

    private Map<String, String> titles(TraceView view, TraceWindow window) {
        return view.isAudit() ? Map.of() : documents.titlesVisibleTo(view, store.sharedReferences(window));
    }

    private static int notNegative(String parameter, Integer value, int otherwise) {
        if (value != null && value < 0) {
            throw new InvalidRequestException(parameter + " must not be negative");
        }
        return value == null ? otherwise : value;
    }

    /** HAPI gives the last millisecond of the range. */
    private static TraceWindow window(TraceView view, DateRangeParam date) {
        Optional<DateRangeParam> range = Optional.ofNullable(date);
        return new TraceWindow(
                view.patient(),
                range.map(DateRangeParam::getLowerBoundAsInstant).map(lower -> lower.toInstant()),
                range.map(DateRangeParam::getUpperBoundAsInstant)
                        .map(upper -> upper.toInstant().plusMillis(1)));
    }
}
