package fr.carnet.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import fr.carnet.server.cli.client.Call;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** HTTP to the running server with every header in hand, and answers that can be compared. */
final class RawHttp {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Pattern UUIDS =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern INSTANTS =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})");
    private static final Pattern SEALED = Pattern.compile("_sealed=[A-Za-z0-9_-]+");
    private static final Set<String> PASSING =
            Set.of("date", "x-correlation-id", "x-request-id", "connection", "keep-alive");

    private RawHttp() {}

    /**
     * A request.
     *
     * @param method verb
     * @param path relative to the FHIR base, or absolute
     * @param headers further headers
     * @param body empty for none
     */
    record Ask(String method, String path, Map<String, String> headers, String body) {

        static Ask get(String path) {
            return new Ask("GET", path, Map.of("Accept", "application/fhir+json"), "");
        }

        static Ask of(String method, String path) {
            return new Ask(method, path, Map.of("Accept", "application/fhir+json"), "");
        }

        /** POST _search, the form taken from the query of a path. */
        static Ask form(String path) {
            int query = path.indexOf('?');
            return of("POST", path.substring(0, query) + "/_search")
                    .body("application/x-www-form-urlencoded", path.substring(query + 1));
        }

        Ask with(String header, String value) {
            Map<String, String> more = new TreeMap<>(headers);
            more.put(header, value);
            return new Ask(method, path, more, body);
        }

        Ask body(String contentType, String text) {
            return new Ask(method, path, with("Content-Type", contentType).headers, text);
        }
    }

    /**
     * An answer.
     *
     * @param status of HTTP
     * @param headers names in lower case
     * @param body as text
     */
    record Reply(int status, Map<String, List<String>> headers, String body) {

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                return MissingNode.getInstance();
            }
        }

        int total() {
            return json().path("total").asInt(-1);
        }

        /** Ids of the matches. */
        List<String> ids() {
            return matches().map(r -> r.path("id").asText()).toList();
        }

        Stream<JsonNode> matches() {
            return elements(json().path("entry"))
                    .filter(e -> "match".equals(e.at("/search/mode").asText()))
                    .map(e -> e.path("resource"));
        }

        /** URL of a link; empty when there is none. */
        String link(String relation) {
            return elements(json().path("link"))
                    .filter(l -> relation.equals(l.path("relation").asText()))
                    .map(l -> l.path("url").asText())
                    .findFirst()
                    .orElse("");
        }

        /** Rule or error codes of an OperationOutcome. */
        List<String> codes() {
            return elements(json().path("issue"))
                    .flatMap(i -> elements(i.at("/details/coding")))
                    .map(c -> c.path("code").asText())
                    .toList();
        }

        /** First sentence of an OperationOutcome. */
        String sentence() {
            return json().at("/issue/0/details/text").asText();
        }

        /**
         * Status, headers and body without what differs from one request to the next, and with these words replaced.
         *
         * @param words to be replaced by name
         */
        String comparable(Map<String, String> words) {
            Map<String, List<String>> kept = new TreeMap<>(headers);
            PASSING.forEach(kept::remove);
            // what the reflected words add or take is no difference
            List<String> length = kept.remove("content-length");
            int extent = body.getBytes(StandardCharsets.UTF_8).length;
            String surplus = length == null ? "none" : Integer.toString(Integer.parseInt(length.get(0)) - extent);
            String text = status + "\n" + kept + "\nsurplus " + surplus + "\n" + body;
            for (Map.Entry<String, String> word : words.entrySet()) {
                text = text.replace(Call.escaped(word.getValue()), word.getKey())
                        .replace(word.getValue(), word.getKey());
            }
            text = UUIDS.matcher(text).replaceAll("UUID");
            text = INSTANTS.matcher(text).replaceAll("INSTANT");
            return SEALED.matcher(text).replaceAll("_sealed=");
        }
    }

    static Reply send(String token, Ask ask) {
        String path = ask.path();
        URI target =
                URI.create(path.startsWith("http") ? path : RunningServer.get().root() + "/fhir/" + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .timeout(Duration.ofSeconds(60))
                .method(
                        ask.method(),
                        ask.body().isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(ask.body()));
        ask.headers().forEach(request::header);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<String> response =
                    HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            Map<String, List<String>> headers = response.headers().map().entrySet().stream()
                    .collect(Collectors.toMap(e -> e.getKey().toLowerCase(java.util.Locale.ROOT), Map.Entry::getValue));
            return new Reply(response.statusCode(), headers, response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static Reply get(String token, String path) {
        return send(token, Ask.get(path));
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
