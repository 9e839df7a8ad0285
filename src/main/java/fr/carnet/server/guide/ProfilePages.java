package fr.carnet.server.guide;

import static fr.carnet.server.guide.Markup.NOTHING;
import static fr.carnet.server.guide.Markup.code;
import static fr.carnet.server.guide.Markup.paragraph;
import static fr.carnet.server.guide.Markup.table;
import static fr.carnet.server.guide.Markup.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ElementDefinition;
import org.hl7.fhir.r4.model.ElementDefinition.ElementDefinitionConstraintComponent;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.Type;

/** A page per profile and extension: what it asks beyond its base, its constraints, its examples. */
record ProfilePages(Guide guide) {

    Page of(StructureDefinition profile) {
        List<ElementDefinition> elements = profile.getDifferential().getElement();
        List<Markup> parts = new ArrayList<>(List.of(
                paragraph(text(profile.getDescription())),
                paragraph(text(Words.of("canonical") + " :"), code(profile.getUrl())),
                paragraph(text(Words.of("base") + " :"), reference(profile.getBaseDefinition())),
                table(
                        Words.of("elements"),
                        Stream.of("element", "cardinality", "type", "meaning")
                                .map(Words::of)
                                .toList(),
                        elements.stream().map(this::row).toList()),
                table(
                        Words.of("constraints"),
                        Stream.of("key", "sentence", "expression")
                                .map(Words::of)
                                .toList(),
                        elements.stream()
                                .flatMap(element -> element.getConstraint().stream())
                                .map(ProfilePages::constraint)
                                .toList())));
        guide.examples().stream()
                .filter(example -> claims(example, profile.getUrl()))
                .forEach(example -> parts.add(paragraph(text(Words.of("example-of")), GuidePages.link(example))));
        return new Page(GuidePages.nameOf(profile), profile.getTitle(), Markup.all(parts, "\n"));
    }

    static boolean claims(Resource example, String profile) {
        return example.getMeta().getProfile().stream().anyMatch(claimed -> profile.equals(claimed.getValue()));
    }

    private List<Markup> row(ElementDefinition element) {
        return List.of(
                code(element.getId().substring(element.getId().indexOf('.') + 1)),
                text(cardinality(element)),
                Markup.all(types(element), ", "),
                Markup.all(
                        Stream.of(text(element.getShort()), value(element), binding(element))
                                .filter(part -> !part.equals(NOTHING))
                                .toList(),
                        " "));
    }

    /** Empty where the base's stays. */
    private static String cardinality(ElementDefinition element) {
        if (!element.hasMin() && !element.hasMax()) {
            return "";
        }
        return (element.hasMin() ? Integer.toString(element.getMin()) : "") + ".."
                + (element.hasMax() ? element.getMax() : "");
    }

    private List<Markup> types(ElementDefinition element) {
        return element.getType().stream()
                .map(type ->
                        type.hasProfile() ? reference(type.getProfile().get(0).getValue()) : text(type.getCode()))
                .toList();
    }

    /** Of a value that is fixed, or that the element must at least hold. */
    private static Markup value(ElementDefinition element) {
        Type value = element.hasFixed() ? element.getFixed() : element.getPattern();
        if (value instanceof PrimitiveType<?> primitive) {
            return code(primitive.getValueAsString());
        }
        if (value instanceof org.hl7.fhir.r4.model.CodeableConcept concept) {
            return code(concept.getCodingFirstRep().getSystem() + "#"
                    + concept.getCodingFirstRep().getCode());
        }
        return NOTHING;
    }

    private Markup binding(ElementDefinition element) {
        return element.hasBinding()
                ? Markup.all(
                        List.of(
                                reference(element.getBinding().getValueSet()),
                                text("(" + element.getBinding().getStrength().toCode() + ")")),
                        " ")
                : NOTHING;
    }

    /** A link where the guide has the page. */
    private Markup reference(String canonical) {
        return GuidePages.link(guide, canonical);
    }

    private static List<Markup> constraint(ElementDefinitionConstraintComponent constraint) {
        return List.of(code(constraint.getKey()), text(constraint.getHuman()), code(constraint.getExpression()));
    }
}
