package fr.carnet.fulltext.elastic;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.json.jackson.JacksonJsonpMapper;
import co.elastic.clients.transport.TransportUtils;
import co.elastic.clients.transport.rest_client.RestClientTransport;
import fr.carnet.fulltext.IndexUnavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.net.ssl.SSLContext;
import org.apache.http.Header;
import org.apache.http.HttpHost;
import org.apache.http.message.BasicHeader;
import org.elasticsearch.client.RestClient;

/** The connection to Elasticsearch. What it says of an error may quote a text, and stays inside. */
final class Engine implements AutoCloseable {

    private final ElasticsearchClient client;

    private Engine(ElasticsearchClient client) {
        this.client = client;
    }

    static Engine of(ElasticSettings settings) {
        int millis = Math.toIntExact(settings.timeout().toMillis());
        var rest = RestClient.builder(settings.urls().stream()
                        .map(url -> HttpHost.create(url.toString()))
                        .toArray(HttpHost[]::new))
                .setRequestConfigCallback(
                        request -> request.setConnectTimeout(millis).setSocketTimeout(millis));
        settings.authorization()
                .ifPresent(proof -> rest.setDefaultHeaders(new Header[] {new BasicHeader("Authorization", proof)}));
        settings.trusted().ifPresent(file -> {
            SSLContext trust = trust(file.toFile());
            rest.setHttpClientConfigCallback(http -> http.setSSLContext(trust));
        });
        return new Engine(new ElasticsearchClient(new RestClientTransport(rest.build(), new JacksonJsonpMapper())));
    }

    private static SSLContext trust(java.io.File authority) {
        try {
            return TransportUtils.sslContextFromHttpCaCrt(authority);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A question to the client. */
    @FunctionalInterface
    interface Question<T> {
        T ask(ElasticsearchClient client) throws IOException;
    }

    /** @throws IndexUnavailable whatever went wrong */
    <T> T ask(Question<T> question) {
        try {
            return question.ask(client);
        } catch (IOException | ElasticsearchException e) {
            throw new IndexUnavailable(e);
        }
    }

    @Override
    public void close() throws IOException {
        client._transport().close();
    }
}
