package fr.carnet.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.carnet.document.Paging.Edge;
import fr.carnet.document.RegistryRow.Kind;
import fr.carnet.shared.CarnetUris;
import fr.carnet.shared.LinkSeal;
import fr.carnet.shared.Parameter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Turns rows into the JSON that leaves: absolute URLs, and nothing that points to what the reader may not see. */
final class RegistryAnswer {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EXCERPT = CarnetUris.ROOT + "/StructureDefinition/text-excerpt";
    private static final List<String> TELLING = List.of("title", "note", "text");

    private final LinkSeal seal;

    RegistryAnswer(LinkSeal seal) {
        this.seal = seal;
    }

    /** A searchset; {@code outcome} is the JSON of a warning, or null. */
    String bundle(RegistryPage page, Excerpts excerpts, String base, String outcome) {
        StringBuilder out = new StringBuilder(4096);
        out.append("{\"resourceType\":\"Bundle\",\"id\":\"")
                .append(UUID.randomUUID())
                .append("\",\"type\":\"searchset\",\"total\":")
                .append(page.total());
        links(out, page, base);
        if (!page.rows().isEmpty() || outcome != null) {
            out.append(",\"entry\":[");
            page.rows().forEach(row -> entry(out, page, row, base, excerpts.of(row.id()), "match"));
            page.included().forEach(row -> entry(out, page, row, base, Optional.empty(), "include"));
            if (outcome != null) {
                // FHIR and MHD ask it of every entry
                out.append("{\"fullUrl\":\"urn:uuid:").append(UUID.randomUUID());
                out.append("\",\"resource\":").append(outcome).append(",\"search\":{\"mode\":\"outcome\"}},");
            }
            out.setCharAt(out.length() - 1, ']');
        }
        return out.append('}').toString();
    }

    private void entry(
            StringBuilder out, RegistryPage page, RegistryRow row, String base, Optional<String> excerpt, String mode) {
        out.append("{\"fullUrl\":\"")
                .append(base)
                .append('/')
                .append(row.reference())
                .append("\",\"resource\":")
                .append(resource(page, row, base))
                .append(",\"search\":{");
        excerpt.ifPresent(html -> {
            out.append("\"extension\":[{\"url\":\"").append(EXCERPT).append("\",\"valueString\":\"");
            JsonStringEncoder.getInstance().quoteAsString(html, out);
            out.append("\"}],");
        });
        out.append("\"mode\":\"").append(mode).append("\"}},");
    }

    /** One row as it leaves. */
    String resource(RegistryPage page, RegistryRow row, String base) {
        boolean whole =
                page.visible().containsAll(row.refersTo()) && page.visible().containsAll(row.folders());
        String json = whole ? row.json() : cut(row, page.visible());
        return row.content()
                .map(c -> Stream.of("Binary/", "Bundle/")
                        .reduce(
                                json,
                                (told, type) -> told.replace(
                                        "\"url\":\"" + type + c + "\"", "\"url\":\"" + base + "/" + type + c + "\"")))
                .orElse(json);
    }

    /** R152: entries and relations to hidden documents go; with them whatever text might describe these. */
    private static String cut(RegistryRow row, Set<String> visible) {
        try {
            ObjectNode resource = (ObjectNode) JSON.readTree(row.json());
            if (row.kind() == Kind.DOCUMENT) {
                keep(resource, "relatesTo", "/target/reference", visible);
                if (resource.get("context") instanceof ObjectNode context) {
                    keep(context, "related", "/reference", visible);
                }
            } else {
                keep(resource, "entry", "/item/reference", visible);
                if (!visible.containsAll(row.refersTo())) {
                    TELLING.forEach(resource::remove);
                }
            }
            return JSON.writeValueAsString(resource);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("registry row is not JSON", e);
        }
    }

    private static void keep(ObjectNode resource, String array, String path, Set<String> visible) {
        ArrayNode kept = JSON.createArrayNode();
        for (JsonNode element : resource.path(array)) {
            String reference = element.at(path).asText();
            boolean kin = reference.startsWith("DocumentReference/") || reference.startsWith("List/");
            if (!kin || visible.contains(idOf(reference))) {
                kept.add(element);
            }
        }
        if (kept.isEmpty()) {
            resource.remove(array);
        } else {
            resource.set(array, kept);
        }
    }

    private static String idOf(String reference) {
        return reference.substring(reference.indexOf('/') + 1);
    }

    private void links(StringBuilder out, RegistryPage page, String base) {
        List<RegistryRow> rows = page.rows();
        out.append(",\"link\":[");
        Paging paging = page.query().paging();
        link(out, "self", url(page, base, paging.edge(), paging.offset()));
        if (!rows.isEmpty() && page.later()) {
            link(out, "next", beyond(page, base, false));
        }
        if (!rows.isEmpty() && page.earlier()) {
            link(out, "previous", beyond(page, base, true));
        }
        out.setCharAt(out.length() - 1, ']');
    }

    private String beyond(RegistryPage page, String base, boolean backward) {
        Paging paging = page.query().paging();
        if (paging.isByRank()) {
            int from = paging.offset() + (backward ? -paging.count() : paging.count());
            return url(page, base, Optional.empty(), Math.max(0, from));
        }
        RegistryRow last = page.rows().get(backward ? 0 : page.rows().size() - 1);
        return url(page, base, Optional.of(new Edge(backward, last.position())), 0);
    }

    private static void link(StringBuilder out, String relation, String url) {
        out.append("{\"relation\":\"").append(relation).append("\",\"url\":\"");
        JsonStringEncoder.getInstance().quoteAsString(url, out);
        out.append("\"},");
    }

    private String url(RegistryPage page, String base, Optional<Edge> edge, int offset) {
        RegistryQuery query = page.query();
        List<Parameter> parameters = new ArrayList<>();
        parameters.add(new Parameter("patient", page.patient()));
        parameters.addAll(query.links());
        List<Parameter> sealed = new ArrayList<>(query.personal());
        edge.map(Edge::parameter).ifPresent(sealed::add);
        if (!sealed.isEmpty()) {
            parameters.add(new Parameter(LinkSeal.PARAMETER, seal.seal(sealed)));
        }
        if (query.countOnly()) {
            parameters.add(new Parameter("_summary", "count"));
        }
        parameters.add(new Parameter("_count", Integer.toString(query.paging().count())));
        if (edge.isEmpty()) {
            parameters.add(new Parameter("_offset", Integer.toString(offset)));
        }
        String type = query.kinds().contains(Kind.DOCUMENT) ? Kind.DOCUMENT.resourceType() : Kind.FOLDER.resourceType();
        StringBuilder url = new StringBuilder(base).append('/').append(type).append('?');
        parameters.forEach(p -> url.append(encode(p.name()))
                .append('=')
                .append(encode(p.value()))
                .append('&'));
        return url.substring(0, url.length() - 1);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
