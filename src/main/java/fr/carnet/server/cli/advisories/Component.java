package fr.carnet.server.cli.advisories;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * A library of the bill of materials (CycloneDX).
 *
 * @param name Maven's {@code group:artifact}, as advisories name it
 * @param version its version
 * @param licences SPDX ids, or the names that it gives them
 */
record Component(String name, String version, List<String> licences) {

    /** @throws IOException if it is no bill of materials */
    static List<Component> of(InputStream bill) throws IOException {
        JsonNode components = new ObjectMapper().readTree(bill).path("components");
        if (!components.isArray() || components.isEmpty()) {
            throw new IOException("no CycloneDX bill of materials");
        }
        List<Component> all = new ArrayList<>();
        components.forEach(component -> all.add(new Component(
                component.path("group").asText() + ":" + component.path("name").asText(),
                component.path("version").asText(),
                licences(component))));
        return all;
    }

    private static List<String> licences(JsonNode component) {
        return StreamSupport.stream(component.path("licenses").spliterator(), false)
                .map(choice -> choice.has("expression")
                        ? choice.get("expression").asText()
                        : choice.at("/license/id")
                                .asText(choice.at("/license/name").asText()))
                .toList();
    }
}
