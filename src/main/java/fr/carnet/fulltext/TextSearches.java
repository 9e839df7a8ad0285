package fr.carnet.fulltext;

import fr.carnet.document.TextSearch;
import fr.carnet.policy.CallerKeys;
import fr.carnet.shared.Fault;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/**
 * Asks the index, on behalf of requests. So many at once and no more, and once most questions fail it is left alone for some
 * seconds: an engine that hangs must not hold the threads that serve everything else.
 */
final class TextSearches implements TextSearch {

    private static final int AT_ONCE = 24;
    private static final Duration TURN = Duration.ofSeconds(1);
    private static final int LAST = 20;
    private static final int AT_LEAST = 5;
    private static final Duration LEFT_ALONE = Duration.ofSeconds(5);
    /** Of one record: more cannot be ranked. */
    private static final int MOST_FOUND = 10_000;

    private final TextIndex index;
    private final TextQueries queries;
    private final Bulkhead places;
    private final CircuitBreaker breaker;
    private final Timer searches;

    TextSearches(TextIndex index, TextQueries queries, MeterRegistry meters) {
        this.index = index;
        this.queries = queries;
        this.places = Bulkhead.of(
                "text-index",
                BulkheadConfig.custom()
                        .maxConcurrentCalls(AT_ONCE)
                        .maxWaitDuration(TURN)
                        .build());
        this.breaker = CircuitBreaker.of(
                "text-index",
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(LAST)
                        .minimumNumberOfCalls(AT_LEAST)
                        .waitDurationInOpenState(LEFT_ALONE)
                        .recordExceptions(IndexUnavailable.class)
                        .build());
        this.searches = Timer.builder("carnet.fulltext.search")
                .description("Time of a question to the index of texts, and of its turn")
                .register(meters);
        Gauge.builder("carnet.fulltext.free", places, all -> all.getMetrics().getAvailableConcurrentCalls())
                .description("Questions that may be put to the index of texts at once, beside those under way")
                .register(meters);
        Gauge.builder("carnet.fulltext.left.alone", breaker, TextSearches::leftAlone)
                .description("1 while the index of texts is not asked, since most questions failed")
                .register(meters);
    }

    private static int leftAlone(CircuitBreaker breaker) {
        return breaker.getState() == CircuitBreaker.State.CLOSED ? 0 : 1;
    }

    @Override
    public List<String> find(String patient, CallerKeys keys, String words) {
        TextQuery query = queries.read(words);
        if (keys.isEmpty()) {
            return List.of();
        }
        List<String> found = ask(() -> index.find(query, patient, keys.all(), MOST_FOUND + 1));
        if (found.size() > MOST_FOUND) {
            throw Fault.of(400, "text-too-many-found", MOST_FOUND);
        }
        return found;
    }

    @Override
    public Map<String, String> excerpts(String patient, Collection<String> documents, String words) {
        if (documents.isEmpty()) {
            return Map.of();
        }
        TextQuery query = queries.read(words);
        Map<String, String> excerpts = ask(() -> index.excerpts(query, patient, Set.copyOf(documents)));
        return excerpts.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> html(e.getValue())));
    }

    /** What stands in a document is text, whatever it looks like. */
    private static String html(String excerpt) {
        return HtmlUtils.htmlEscape(excerpt, "UTF-8")
                .replace(String.valueOf(TextIndex.MARK_START), "<em>")
                .replace(String.valueOf(TextIndex.MARK_END), "</em>");
    }

    private <T> T ask(Supplier<T> question) {
        try {
            return searches.record(() -> places.executeSupplier(() -> breaker.executeSupplier(question)));
        } catch (IndexUnavailable | BulkheadFullException | CallNotPermittedException e) {
            throw Fault.of(503, "text-search-unavailable");
        }
    }
}
