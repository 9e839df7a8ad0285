package fr.carnet.server.guide;

import static fr.carnet.server.guide.Markup.code;
import static fr.carnet.server.guide.Markup.paragraph;
import static fr.carnet.server.guide.Markup.table;
import static fr.carnet.server.guide.Markup.text;

import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.NamingSystem;
import org.hl7.fhir.r4.model.SearchParameter;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ConceptSetComponent;

/** Pages of codes, and those of identifier systems and search parameters. */
record CodePages(Guide guide) {

    Page of(CodeSystem system) {
        return new Page(
                GuidePages.nameOf(system),
                system.getTitle(),
                Markup.all(
                        List.of(
                                paragraph(text(system.getDescription())),
                                paragraph(text(Words.of("canonical") + " :"), code(system.getUrl())),
                                table(
                                        Words.of("codes"),
                                        words("code", "label", "definition"),
                                        system.getConcept().stream()
                                                .map(concept -> List.of(
                                                        code(concept.getCode()),
                                                        text(concept.getDisplay()),
                                                        text(concept.getDefinition())))
                                                .toList())),
                        "\n"));
    }

    Page of(ValueSet values) {
        return new Page(
                GuidePages.nameOf(values),
                values.getTitle(),
                Markup.all(
                        List.of(
                                paragraph(text(values.getDescription())),
                                paragraph(text(Words.of("canonical") + " :"), code(values.getUrl())),
                                table(
                                        Words.of("codes"),
                                        words("code", "label", "system"),
                                        values.getCompose().getInclude().stream()
                                                .flatMap(this::rows)
                                                .toList())),
                        "\n"));
    }

    /** The codes that are listed, or those of the whole system. */
    private Stream<List<Markup>> rows(ConceptSetComponent set) {
        Markup system = GuidePages.link(guide, set.getSystem());
        if (set.hasConcept()) {
            return set.getConcept().stream()
                    .map(concept -> List.of(code(concept.getCode()), text(concept.getDisplay()), system));
        }
        return guide.all(CodeSystem.class).stream()
                .filter(known -> known.getUrl().equals(set.getSystem()))
                .flatMap(known -> known.getConcept().stream())
                .map(concept -> List.of(code(concept.getCode()), text(concept.getDisplay()), system));
    }

    Page naming() {
        return new Page(
                "naming",
                Words.of("naming"),
                table(
                        Words.of("naming"),
                        words("system", "meaning"),
                        guide.all(NamingSystem.class).stream()
                                .map(system -> List.of(
                                        code(system.getUniqueIdFirstRep().getValue()), text(system.getDescription())))
                                .toList()));
    }

    Page search() {
        return new Page(
                "search",
                Words.of("search"),
                table(
                        Words.of("search"),
                        words("parameter", "used-in", "type", "meaning", "expression", "canonical"),
                        guide.all(SearchParameter.class).stream()
                                .map(parameter -> List.of(
                                        code(parameter.getCode()),
                                        text(parameter.getBase().get(0).getCode()),
                                        text(parameter.getType().toCode()),
                                        text(parameter.getDescription()),
                                        code(parameter.getExpression()),
                                        code(parameter.getUrl())))
                                .toList()));
    }

    private static List<String> words(String... keys) {
        return Stream.of(keys).map(Words::of).toList();
    }
}
