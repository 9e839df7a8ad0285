package fr.carnet.server.guide;

import static fr.carnet.server.guide.Markup.code;
import static fr.carnet.server.guide.Markup.heading;
import static fr.carnet.server.guide.Markup.list;
import static fr.carnet.server.guide.Markup.paragraph;
import static fr.carnet.server.guide.Markup.text;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.OperationDefinition;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.ValueSet;

/** All pages by name; the first has the name {@code index}. */
final class GuidePages {

    static final String INDEX = "index";

    private static final String CARNET = "https://carnet.example/fhir/";

    private final Map<String, String> pages;
    private final String openApi;

    private GuidePages(Stream<Page> pages, String openApi) {
        this.openApi = openApi;
        this.pages = pages.collect(Collectors.toUnmodifiableMap(Page::name, Page::html));
    }

    static GuidePages of(Guide guide, FhirContext fhir) {
        var profiles = new ProfilePages(guide);
        var codes = new CodePages(guide);
        var statement = new StatementPages(guide);
        var rules = new RulePages(guide);
        JsonNode openApi = OpenApi.of(guide.statement());
        Stream<Page> pages = Stream.of(
                        Stream.of(index(guide), statement.statement(), codes.naming(), codes.search()),
                        Stream.of(rules.rules(), rules.errors(), rules.matrix(), RequestsPage.of(openApi)),
                        guide.all(StructureDefinition.class).stream().map(profiles::of),
                        guide.all(CodeSystem.class).stream().map(codes::of),
                        guide.all(ValueSet.class).stream().map(codes::of),
                        guide.all(OperationDefinition.class).stream().map(statement::of),
                        guide.examples().stream().map(example -> example(example, fhir)))
                .flatMap(all -> all);
        return new GuidePages(pages, openApi.toPrettyString());
    }

    /** What is served, as OpenAPI. */
    String openApi() {
        return openApi;
    }

    /** HTML of a page; empty when there is none. */
    Optional<String> named(String name) {
        return Optional.ofNullable(pages.get(name));
    }

    private static Page index(Guide guide) {
        List<StructureDefinition> structures = guide.all(StructureDefinition.class);
        Predicate<StructureDefinition> own = definition -> definition.getUrl().startsWith(CARNET);
        Predicate<StructureDefinition> extension = definition -> "Extension".equals(definition.getType());
        List<Markup> parts = new ArrayList<>(List.of(
                paragraph(text(Words.of("intro"))),
                list(Stream.of("statement", "requests", "rules", "errors", "matrix", "search", "naming")
                        .map(page -> Markup.link(page, text(Words.of(page))))
                        .toList())));
        parts.addAll(part("profiles", structures.stream().filter(extension.negate())));
        parts.addAll(part("extensions", structures.stream().filter(extension.and(own))));
        parts.addAll(part("foreign", structures.stream().filter(extension.and(own.negate()))));
        parts.addAll(part("operations", guide.all(OperationDefinition.class).stream()));
        parts.addAll(part("valuesets", guide.all(ValueSet.class).stream()));
        parts.addAll(part("codesystems", guide.all(CodeSystem.class).stream()));
        parts.add(heading("examples", Words.of("examples")));
        parts.add(list(guide.examples().stream().map(GuidePages::link).toList()));
        return new Page(INDEX, Words.of("guide"), Markup.all(parts, "\n"));
    }

    private static List<Markup> part(String key, Stream<? extends MetadataResource> definitions) {
        return List.of(
                heading(key, Words.of(key)),
                list(definitions
                        .map(definition -> Markup.link(nameOf(definition), text(title(definition))))
                        .toList()));
    }

    private static String title(MetadataResource definition) {
        return definition instanceof OperationDefinition operation
                ? operation.getResource().get(0).getCode() + "/" + operation.getTitle()
                : definition.getTitle();
    }

    private static Page example(Resource example, FhirContext fhir) {
        String json = fhir.newJsonParser().setPrettyPrint(true).encodeResourceToString(example);
        return new Page(nameOf(example), nameOf(example), Markup.source(json));
    }

    /** Type and id, as the file is called. */
    static String nameOf(Resource resource) {
        return resource.fhirType() + "-" + resource.getIdElement().getIdPart();
    }

    static Markup link(Resource example) {
        return Markup.link(nameOf(example), text(nameOf(example)));
    }

    /** A canonical URL; a link where there is a page for it. */
    static Markup link(Guide guide, String canonical) {
        return guide.all(MetadataResource.class).stream()
                .filter(definition -> canonical.equals(definition.getUrl()))
                .findFirst()
                .map(definition -> Markup.link(nameOf(definition), text(title(definition))))
                .orElseGet(() -> code(canonical));
    }
}
