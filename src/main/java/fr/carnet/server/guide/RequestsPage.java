package fr.carnet.server.guide;

import static fr.carnet.server.guide.Markup.heading;
import static fr.carnet.server.guide.Markup.paragraph;
import static fr.carnet.server.guide.Markup.source;
import static fr.carnet.server.guide.Markup.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The searches of the OpenAPI document as commands for the sandbox, each with the token that it needs. */
final class RequestsPage {

    private static final String TOKEN =
            "TOKEN=$(curl -s http://localhost:8080/sandbox/token -d actor=%s -d patient=284057505601204 |"
                    + " sed 's/.*\"access_token\":\"\\([^\"]*\\)\".*/\\1/')";
    private static final String REQUEST =
            "curl -s 'http://localhost:8080/fhir%s?%s' -H \"Authorization: Bearer $TOKEN\" -H 'Accept: application/fhir+json'";

    private RequestsPage() {}

    /** @param openApi the document */
    static Page of(JsonNode openApi) {
        List<Markup> parts = new ArrayList<>(List.of(
                paragraph(text(Words.of("requests-intro")), Markup.link("openapi.json", text(Words.of("json"))))));
        for (Map.Entry<String, JsonNode> path : openApi.path("paths").properties()) {
            JsonNode search = path.getValue().path("get");
            if (search.has("x-sandbox-actor")) {
                parts.add(heading(path.getKey().substring(1), path.getKey()));
                parts.add(source(TOKEN.formatted(search.path("x-sandbox-actor").asText()) + "\n"
                        + REQUEST.formatted(path.getKey(), query(search))));
            }
        }
        return new Page("requests", Words.of("requests"), Markup.all(parts, "\n"));
    }

    private static String query(JsonNode search) {
        Stream<JsonNode> parameters =
                StreamSupport.stream(search.path("parameters").spliterator(), false);
        return parameters
                .filter(parameter -> parameter.has("example"))
                .map(parameter -> parameter.path("name").asText() + "="
                        + URLEncoder.encode(parameter.path("example").asText(), StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }
}
