package fr.carnet.fulltext.elastic;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Elasticsearch is, and how the index is laid out.
 *
 * @param urls of its nodes
 * @param apiKey as Elasticsearch gives it, base64; none for an engine without security
 * @param authority file with the certificate of whoever signed those of its nodes, PEM; the machine's own authorities otherwise
 * @param name of the alias, and beginning of the names of the indices
 * @param shards of a new index
 * @param replicas of each shard
 * @param timeout of one question
 */
public record ElasticSettings(
        List<URI> urls,
        String apiKey,
        Path authority,
        @DefaultValue("carnet-text") String name,
        @DefaultValue("1") int shards,
        @DefaultValue("1") int replicas,
        @DefaultValue("5s") Duration timeout) {

    /** @throws IllegalArgumentException if there is no node, or a number is out of range */
    public ElasticSettings {
        if (urls == null || urls.isEmpty()) {
            throw new IllegalArgumentException("carnet.fulltext.elasticsearch.urls: at least one");
        }
        urls = List.copyOf(urls);
        if (!name.matches("[a-z][a-z0-9-]{0,60}")) {
            throw new IllegalArgumentException("carnet.fulltext.elasticsearch.name: small letters, digits and hyphens");
        }
        if (shards < 1 || replicas < 0) {
            throw new IllegalArgumentException(
                    "carnet.fulltext.elasticsearch: at least one shard, and no negative replicas");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("carnet.fulltext.elasticsearch.timeout: positive");
        }
    }

    Optional<String> key() {
        return Optional.ofNullable(apiKey);
    }

    Optional<Path> trusted() {
        return Optional.ofNullable(authority);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "ElasticSettings[urls=" + urls + ", name=" + name + "]";
    }
}
