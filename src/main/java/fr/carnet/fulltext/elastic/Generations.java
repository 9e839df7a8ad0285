package fr.carnet.fulltext.elastic;

import co.elastic.clients.elasticsearch.indices.update_aliases.Action;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The indices of the generations, and the alias that one of them bears. */
final class Generations {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TEMPLATE = "/fulltext/elasticsearch-template.json";

    private final Engine engine;
    private final ElasticSettings settings;

    Generations(Engine engine, ElasticSettings settings) {
        this.engine = engine;
        this.settings = settings;
    }

    boolean isLive() {
        return engine.ask(client -> client.indices()
                .existsAlias(alias -> alias.name(settings.name()))
                .value());
    }

    List<String> all() {
        return engine.ask(client -> client
                .indices()
                .getAlias(alias -> alias.index(settings.name() + "-*").allowNoIndices(true))
                .result()
                .keySet()
                .stream()
                .sorted()
                .toList());
    }

    private List<String> live() {
        return isLive()
                ? engine.ask(client -> List.copyOf(client.indices()
                        .getAlias(alias -> alias.name(settings.name()))
                        .result()
                        .keySet()))
                : List.of();
    }

    /** An empty index, of what the template says now. */
    String begin() {
        List<String> live = live();
        all().stream().filter(index -> !live.contains(index)).forEach(this::delete);
        String fresh = settings.name() + "-" + UUID.randomUUID();
        engine.ask(
                client -> client.indices().putIndexTemplate(template -> template.withJson(new StringReader(template()))
                        .name(settings.name())
                        .indexPatterns(settings.name() + "-*")
                        // what is written to an index that is gone does not bring it back
                        .allowAutoCreate(false)));
        engine.ask(client -> client.indices().create(index -> index.index(fresh)));
        return fresh;
    }

    private String template() {
        try (InputStream in = Generations.class.getResourceAsStream(TEMPLATE)) {
            var layout = (ObjectNode) JSON.readTree(in);
            layout.withObject("/settings/index")
                    .put("number_of_shards", settings.shards())
                    .put("number_of_replicas", settings.replicas());
            return JSON.createObjectNode().set("template", layout).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void delete(String index) {
        engine.ask(client -> client.indices().delete(delete -> delete.index(index)));
    }

    /** In one step: no search falls between the old and the new. */
    void publish(String generation) {
        engine.ask(client -> client.indices().refresh(refresh -> refresh.index(generation)));
        Stream<Action> old = all().stream()
                .filter(index -> !index.equals(generation))
                .map(index -> Action.of(action -> action.removeIndex(remove -> remove.index(index))));
        Action fresh =
                Action.of(action -> action.add(add -> add.index(generation).alias(settings.name())));
        List<Action> steps = Stream.concat(Stream.of(fresh), old).toList();
        engine.ask(client -> client.indices().updateAliases(update -> update.actions(steps)));
    }
}
