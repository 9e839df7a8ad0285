package fr.carnet.trace;

import java.util.List;
import java.util.Map;
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
    record Page(List<TraceEntry> entries, int total, Map<String, String> titles) {}

    Page page(TraceReading reading) {
        TraceQuery query = reading.query();
        ShownTraces shown = shown(reading.view(), TraceCriteria.window(query));
        Condition wanted = shown.rows().and(new TraceCriteria(base, shown).of(query));
        return page(shown, store.page(wanted, query.offset(), query.count()));
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
