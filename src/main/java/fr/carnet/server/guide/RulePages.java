package fr.carnet.server.guide;

import static fr.carnet.server.guide.Markup.code;
import static fr.carnet.server.guide.Markup.paragraph;
import static fr.carnet.server.guide.Markup.table;
import static fr.carnet.server.guide.Markup.text;

import fr.carnet.policy.ActorLabels;
import fr.carnet.policy.CatalogueEntry;
import fr.carnet.policy.HabilitationMatrix;
import fr.carnet.policy.Rule;
import fr.carnet.policy.RuleCatalogue;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeSystem;

/** Rules, error codes and the matrix, from the tables that decide. */
record RulePages(Guide guide) {

    Page rules() {
        List<CatalogueEntry> entries = RuleCatalogue.load().entries();
        return new Page(
                "rules",
                Words.of("rules"),
                Markup.all(
                        List.of(
                                paragraph(text(Words.of("rules-intro"))),
                                table(
                                        Words.of("rules"),
                                        words("rule", "state", "sentence", "sources"),
                                        entries.stream().map(RulePages::rule).toList()),
                                table(
                                        Words.of("verdicts"),
                                        words("verdict", "status", "sentence"),
                                        entries.stream()
                                                .flatMap(entry -> entry.verdicts().stream())
                                                .map(RulePages::verdict)
                                                .toList())),
                        "\n"));
    }

    private static List<Markup> rule(CatalogueEntry entry) {
        String state = entry.state().name().toLowerCase(Locale.ROOT).replace('_', '-');
        String why = entry.why().map(sentence -> " " + sentence.french()).orElse("");
        return List.of(
                code(entry.id()),
                text(Words.of("state." + state)),
                text(entry.asks().french() + why),
                text(String.join(", ", entry.sources())));
    }

    private static List<Markup> verdict(Rule rule) {
        return List.of(
                code(rule.messageKey()),
                text(rule.permits() ? Words.of("permits") : Integer.toString(rule.status())),
                text(Texts.of("fr").say(rule.messageKey())));
    }

    Page errors() {
        CodeSystem codes = guide.all(CodeSystem.class).stream()
                .filter(system -> "error".equals(system.getIdElement().getIdPart()))
                .findFirst()
                .orElseThrow();
        ResourceBundle findings = ResourceBundle.getBundle(
                "messages.validation", Locale.ROOT, Control.getNoFallbackControl(Control.FORMAT_PROPERTIES));
        return new Page(
                "errors",
                Words.of("errors"),
                Markup.all(
                        List.of(
                                paragraph(text(Words.of("errors-intro")), code(codes.getUrl())),
                                table(
                                        Words.of("errors"),
                                        words("code", "sentence"),
                                        codes.getConcept().stream()
                                                .map(concept ->
                                                        List.of(code(concept.getCode()), text(concept.getDefinition())))
                                                .toList()),
                                table(
                                        Words.of("findings"),
                                        words("label", "sentence"),
                                        findings.keySet().stream()
                                                .sorted()
                                                .map(key -> List.of(code(key), text(findings.getString(key))))
                                                .toList())),
                        "\n"));
    }

    Page matrix() {
        HabilitationMatrix matrix = HabilitationMatrix.load();
        ActorLabels labels = ActorLabels.load();
        List<String> columns = new ArrayList<>(List.of(Words.of("document-type")));
        matrix.actors().stream().map(ActorCode::code).forEach(columns::add);
        return new Page(
                "matrix",
                Words.of("matrix"),
                Markup.all(
                        List.of(
                                paragraph(text(Words.of("matrix-intro", matrix.version(), matrix.source()))),
                                table(
                                        Words.of("professions"),
                                        words("code", "label"),
                                        matrix.actors().stream()
                                                .map(actor -> List.of(
                                                        code(actor.code()),
                                                        text(labels.of(actor).orElse(""))))
                                                .toList()),
                                table(
                                        Words.of("matrix-rows"),
                                        columns,
                                        matrix.rows().stream()
                                                .map(row -> row(matrix, row))
                                                .toList())),
                        "\n"));
    }

    private static List<Markup> row(HabilitationMatrix matrix, String row) {
        return Stream.concat(
                        Stream.of(code(row)),
                        matrix.actors().stream()
                                .map(actor -> text(matrix.cell(actor, row).text())))
                .toList();
    }

    private static List<String> words(String... keys) {
        return Stream.of(keys).map(Words::of).toList();
    }
}
