package fr.carnet.fulltext.elastic;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Elasticsearch is, and how the index is laid out.
 *
 * @param urls of its nodes
 * @param apiKey as Elasticsearch gives it, base64; none for an account, or an engine without security
 * @param username account, in place of a key
 * @param password its password
 * @param authority file with the certificate of whoever signed those of its nodes, PEM; the machine's own authorities otherwise
 * @param name of the alias, and beginning of the names of the indices
 * @param shards of a new index
 * @param replicas of each shard
 * @param timeout of one question
 */
public record ElasticSettings(
        List<URI> urls,
        String apiKey,
        String username,
        String password,
        Path authority,
        @DefaultValue("carnet-text") String name,
        @DefaultValue("1") int shards,
        @DefaultValue("1") int replicas,
        @DefaultValue("5s") Duration timeout) {

    /** @throws IllegalArgumentException if there is no node, a number is out of range, or it says in two ways who asks */
    public ElasticSettings {
        if (urls == null || urls.isEmpty()) {
            throw new IllegalArgumentException("carnet.fulltext.elasticsearch.urls: at least one");
        }
        urls = List.copyOf(urls);
        if ((username == null) != (password == null) || (apiKey != null && username != null)) {
            throw new IllegalArgumentException(
                    "carnet.fulltext.elasticsearch: an api-key, or username and password, or neither");
        }
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

    /** Value of the header by which it proves itself. */
    Optional<String> authorization() {
        if (username != null) {
            byte[] account = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
            return Optional.of("Basic " + Base64.getEncoder().encodeToString(account));
        }
        return Optional.ofNullable(apiKey).map(key -> "ApiKey " + key);
    }

    Optional<Path> trusted() {
        return Optional.ofNullable(authority);
    }

    /** Without what it proves itself by. */
    @Override
    public String toString() {
        return "ElasticSettings[urls=" + urls + ", name=" + name + "]";
    }
}
