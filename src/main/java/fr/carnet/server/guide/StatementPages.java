package fr.carnet.server.guide;

import static fr.carnet.server.guide.Markup.code;
import static fr.carnet.server.guide.Markup.heading;
import static fr.carnet.server.guide.Markup.list;
import static fr.carnet.server.guide.Markup.paragraph;
import static fr.carnet.server.guide.Markup.table;
import static fr.carnet.server.guide.Markup.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceSearchParamComponent;
import org.hl7.fhir.r4.model.OperationDefinition;
import org.hl7.fhir.r4.model.OperationDefinition.OperationDefinitionParameterComponent;
import org.hl7.fhir.r4.model.PrimitiveType;

/** What the server does, and the operations in detail. */
record StatementPages(Guide guide) {

    Page statement() {
        CapabilityStatement statement = guide.statement();
        CapabilityStatementRestComponent rest = statement.getRestFirstRep();
        List<Markup> parts = new ArrayList<>(List.of(
                paragraph(text(statement.getDescription())),
                paragraph(text(rest.getDocumentation())),
                paragraph(text(rest.getSecurity().getDescription())),
                heading("instantiates", Words.of("instantiates")),
                codes(statement.getInstantiates()),
                heading("formats", Words.of("formats")),
                codes(statement.getFormat()),
                heading("patch-formats", Words.of("patch-formats")),
                codes(statement.getPatchFormat()),
                heading("base", Words.of("whole")),
                table(
                        Words.of("interactions"),
                        words("interaction", "meaning"),
                        rest.getInteraction().stream()
                                .map(i -> List.of(code(i.getCode().toCode()), text(i.getDocumentation())))
                                .toList())));
        rest.getResource().forEach(resource -> parts.add(resource(resource)));
        return new Page("statement", Words.of("statement"), Markup.all(parts, "\n"));
    }

    private Markup resource(CapabilityStatementRestResourceComponent resource) {
        List<Markup> interactions = new ArrayList<>(resource.getInteraction().stream()
                .map(interaction -> code(interaction.getCode().toCode()))
                .toList());
        if (resource.getConditionalUpdate()) {
            interactions.add(text(Words.of("conditional")));
        }
        return Markup.all(
                List.of(
                        heading(resource.getType(), resource.getType()),
                        paragraph(text(resource.getDocumentation())),
                        paragraph(text(Words.of("interactions") + " :"), Markup.all(interactions, ", ")),
                        list(resource.getSupportedProfile().stream()
                                .map(profile -> GuidePages.link(guide, profile.getValue()))
                                .toList()),
                        table(
                                Words.of("search"),
                                words("parameter", "type", "meaning"),
                                resource.getSearchParam().stream()
                                        .map(this::parameter)
                                        .toList()),
                        table(
                                Words.of("operations"),
                                words("operation", "definition"),
                                resource.getOperation().stream()
                                        .map(operation -> List.of(
                                                code("$" + operation.getName()),
                                                GuidePages.link(guide, operation.getDefinition())))
                                        .toList())),
                "\n");
    }

    private List<Markup> parameter(CapabilityStatementRestResourceSearchParamComponent parameter) {
        return List.of(
                code(parameter.getName()),
                text(parameter.getType().toCode()),
                parameter.hasDefinition() ? code(parameter.getDefinition()) : text(parameter.getDocumentation()));
    }

    Page of(OperationDefinition operation) {
        List<List<Markup>> rows = new ArrayList<>();
        operation.getParameter().forEach(parameter -> add(parameter, "", rows));
        return new Page(
                GuidePages.nameOf(operation),
                operation.getResource().get(0).getCode() + "/" + operation.getTitle(),
                Markup.all(
                        List.of(
                                paragraph(text(operation.getDescription())),
                                paragraph(code("POST "
                                        + operation.getResource().get(0).getCode() + "/$" + operation.getCode())),
                                paragraph(text(Words.of("canonical") + " :"), code(operation.getUrl())),
                                table(
                                        Words.of("parameters"),
                                        words("name", "use", "cardinality", "type", "meaning"),
                                        rows)),
                        "\n"));
    }

    private static void add(OperationDefinitionParameterComponent parameter, String parents, List<List<Markup>> rows) {
        rows.add(List.of(
                code(parents + parameter.getName()),
                text(parameter.getUse().toCode()),
                text(parameter.getMin() + ".." + parameter.getMax()),
                text(parameter.getType()),
                text(parameter.getDocumentation())));
        parameter.getPart().forEach(part -> add(part, parents + parameter.getName() + ".", rows));
    }

    private static Markup codes(List<? extends PrimitiveType<String>> values) {
        return list(values.stream().map(value -> code(value.getValue())).toList());
    }

    private static List<String> words(String... keys) {
        return Stream.of(keys).map(Words::of).toList();
    }
}
