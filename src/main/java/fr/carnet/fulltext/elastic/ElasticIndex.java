package fr.carnet.fulltext.elastic;

import co.elastic.clients.elasticsearch._types.SortOptions;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.VersionType;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import co.elastic.clients.elasticsearch.core.search.Highlight;
import co.elastic.clients.elasticsearch.core.search.HighlighterOrder;
import co.elastic.clients.elasticsearch.core.search.HighlighterType;
import co.elastic.clients.elasticsearch.core.search.Hit;
import fr.carnet.fulltext.IndexEntry;
import fr.carnet.fulltext.IndexUnavailable;
import fr.carnet.fulltext.TextIndex;
import fr.carnet.fulltext.TextQuery;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@link TextIndex} in Elasticsearch, by its own client. */
public final class ElasticIndex implements TextIndex, AutoCloseable {

    private static final String BODY = "body";
    private static final int EXCERPTS = 2;
    private static final int EXCERPT = 150;
    private static final int AT_ONCE = 1_000;
    /** A newer version is there already. */
    private static final int CONFLICT = 409;
    /** With its whole index. */
    private static final int GONE = 404;

    private final Engine engine;
    private final Generations generations;
    private final String name;

    private ElasticIndex(Engine engine, ElasticSettings settings) {
        this.engine = engine;
        this.generations = new Generations(engine, settings);
        this.name = settings.name();
    }

    /** Connects when it is first asked: an engine that is down keeps no server from starting. */
    public static ElasticIndex of(ElasticSettings settings) {
        return new ElasticIndex(Engine.of(settings), settings);
    }

    @Override
    public boolean isLive() {
        return generations.isLive();
    }

    @Override
    public List<String> generations() {
        return generations.all();
    }

    @Override
    public String begin() {
        return generations.begin();
    }

    @Override
    public void publish(String generation) {
        generations.publish(generation);
    }

    @Override
    public Set<String> put(Collection<String> into, List<IndexEntry> entries) {
        return bulk(into.stream()
                        .flatMap(generation -> entries.stream().map(entry -> put(generation, entry)))
                        .toList())
                .filter(item -> item.status() != CONFLICT)
                .map(BulkResponseItem::id)
                .collect(Collectors.toSet());
    }

    private static BulkOperation put(String generation, IndexEntry entry) {
        return BulkOperation.of(operation -> operation.index(index -> index.index(generation)
                .id(entry.document())
                .routing(entry.patient())
                .version(entry.version())
                .versionType(VersionType.ExternalGte)
                .document(StoredText.of(entry))));
    }

    /** What was not done: an engine that has too much to do says so of each. */
    private Stream<BulkResponseItem> bulk(List<BulkOperation> operations) {
        if (operations.isEmpty()) {
            return Stream.empty();
        }
        return engine.ask(client -> client.bulk(bulk -> bulk.operations(operations))).items().stream()
                .filter(item -> item.error() != null);
    }

    @Override
    public void remove(Collection<String> from, String patient, Collection<String> documents) {
        bulk(from.stream()
                        .flatMap(generation -> documents.stream()
                                .map(id -> BulkOperation.of(operation -> operation.delete(delete ->
                                        delete.index(generation).id(id).routing(patient)))))
                        .toList())
                .filter(item -> item.status() != GONE)
                .findFirst()
                .ifPresent(item -> {
                    throw new IndexUnavailable(new IllegalStateException("not removed: " + item.status()));
                });
    }

    @Override
    public void removeRecord(Collection<String> from, String patient) {
        from.forEach(generation -> {
            List<String> found = idsOf(generation, patient);
            while (!found.isEmpty()) {
                remove(List.of(generation), patient, found);
                found = idsOf(generation, patient);
            }
        });
    }

    private List<String> idsOf(String generation, String patient) {
        engine.ask(client -> client.indices().refresh(refresh -> refresh.index(generation)));
        return ids(generation, patient, Queries.of(patient), AT_ONCE);
    }

    @Override
    public List<String> find(TextQuery query, String patient, Set<String> keys, int most) {
        return ids(name, patient, Queries.found(query, patient, keys), most);
    }

    private List<String> ids(String index, String patient, Query query, int most) {
        List<SortOptions> order = List.of(
                SortOptions.of(sort -> sort.score(score -> score.order(SortOrder.Desc))),
                SortOptions.of(sort -> sort.field(field -> field.field("date").order(SortOrder.Desc))));
        return engine
                .ask(client -> client.search(
                        search -> search.index(index)
                                .routing(patient)
                                .query(query)
                                .sort(order)
                                .size(most)
                                .source(source -> source.fetch(false)),
                        Void.class))
                .hits()
                .hits()
                .stream()
                .map(Hit::id)
                .toList();
    }

    @Override
    public Map<String, String> excerpts(TextQuery query, String patient, Collection<String> documents) {
        Highlight marked = Highlight.of(highlight -> highlight
                .type(HighlighterType.Unified)
                .preTags(String.valueOf(MARK_START))
                .postTags(String.valueOf(MARK_END))
                .numberOfFragments(EXCERPTS)
                .fragmentSize(EXCERPT)
                .noMatchSize(EXCERPT)
                .order(HighlighterOrder.Score)
                .highlightQuery(Queries.anyOf(query))
                .fields(BODY, field -> field.matchedFields(BODY, BODY + ".folded", BODY + ".words")));
        return engine
                .ask(client -> client.search(
                        search -> search.index(name)
                                .routing(patient)
                                .query(Queries.these(patient, documents))
                                .size(documents.size())
                                .source(source -> source.fetch(false))
                                .highlight(marked),
                        Void.class))
                .hits()
                .hits()
                .stream()
                .filter(hit -> hit.highlight().containsKey(BODY))
                .collect(Collectors.toMap(
                        Hit::id, hit -> String.join(" … ", hit.highlight().get(BODY))));
    }

    @Override
    public long size() {
        return engine.ask(client -> client.count(count -> count.index(name)).count());
    }

    @Override
    public void close() throws IOException {
        engine.close();
    }
}
