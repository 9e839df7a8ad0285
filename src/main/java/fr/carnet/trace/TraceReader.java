package fr.carnet.trace;

import static org.jooq.impl.DSL.noCondition;

import fr.carnet.shared.ActorCode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hl7.fhir.r4.model.AuditEvent;
import org.jooq.Condition;

/** Reads the traces as a viewer is shown them. */
public final class TraceReader {

    private final TraceStore store;
    private final DisclosedDocuments documents;
    private final String base;

    /**
     * @param store where the traces are
     * @param documents titles by viewer
     * @param base public FHIR base URL
     */
    public TraceReader(TraceStore store, DisclosedDocuments documents, String base) {
        this.store = store;
        this.documents = documents;
        this.base = base;
    }

    /**
     * Traces as shown.
     *
     * @param entries of the page
     * @param total how many there are on all pages
     * @param titles of what their lines name, by reference
     */
    public record Page(List<TraceEntry> entries, int total, Map<String, String> titles) {}

    Page page(TraceReading reading) {
        TraceQuery query = reading.query();
        ShownTraces shown = shown(reading.view(), TraceCriteria.window(query));
        Condition wanted = shown.rows().and(new TraceCriteria(base, shown).of(query));
        return page(shown, store.page(wanted, query.offset(), query.count()));
    }

    /** The newest traces of a view. */
    public Page newest(TraceView view, int count) {
        ShownTraces shown = shown(view, noCondition());
        return page(shown, store.page(shown.rows(), 0, count));
    }

    /**
     * Every trace of a view, newest first, one after another.
     *
     * @param reader of a trace and of the titles of what its lines name, by reference
     */
    public void forEach(TraceView view, BiConsumer<TraceEntry, Map<String, String>> reader) {
        ShownTraces shown = shown(view, noCondition());
        store.forEach(shown.rows(), entry -> shown.shown(entry).ifPresent(e -> reader.accept(e, shown.titles())));
    }

    /**
     * The same as events.
     *
     * @param professions French label of a profession, for display
     */
    public void forEachEvent(
            TraceView view, Function<ActorCode, Optional<String>> professions, Consumer<AuditEvent> reader) {
        var events = new AuditEvents(base, professions);
        forEach(view, (entry, titles) -> reader.accept(events.of(entry, titles)));
    }

    /**
     * Traces as events that the auditor is shown, in the order in which they were added.
     *
     * @param ids of the traces; those that are no more are left out
     * @param professions French label of a profession, for display
     */
    public List<AuditEvent> events(Collection<UUID> ids, Function<ActorCode, Optional<String>> professions) {
        var events = new AuditEvents(base, professions);
        return store.byIds(ids).stream()
                .map(entry -> events.of(entry, Map.of()))
                .toList();
    }

    Page one(TraceView view, String id) {
        Condition only = TraceCriteria.id(id);
        ShownTraces shown = shown(view, only);
        return page(shown, store.page(shown.rows().and(only), 0, 1));
    }

    private static Page page(ShownTraces shown, TracePage stored) {
        List<TraceEntry> entries = stored.entries().stream()
                .flatMap(entry -> shown.shown(entry).stream())
                .toList();
        return new Page(entries, stored.total(), shown.titles());
    }

    /** Titles of what the wanted rows name are enough. */
    private ShownTraces shown(TraceView view, Condition wanted) {
        boolean titled = !view.isAudit() && !view.isOfOwn();
        Map<String, String> titles = titled
                ? documents.titlesVisibleTo(
                        view,
                        store.sharedReferences(TraceRow.PATIENT
                                .eq(view.patient().orElseThrow())
                                .and(wanted)))
                : Map.of();
        return ShownTraces.to(view, titles);
    }
}
