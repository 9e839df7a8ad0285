package fr.carnet.server.guide;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.hl7.fhir.r4.model.OperationDefinition;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class GuidePagesTest {

    private static final Guide GUIDE = Guide.load(FhirContext.forR4Cached());
    private static final GuidePages PAGES = GuidePages.of(GUIDE, FhirContext.forR4Cached());
    private static final Pattern LINK = Pattern.compile("href=\"([^\"]*)\"");

    /** Follows every link from the first page. */
    @Test
    void everyLinkLeadsToAPage() {
        Set<String> seen = new HashSet<>(Set.of(GuidePages.INDEX));
        List<String> open = new ArrayList<>(seen);
        while (!open.isEmpty()) {
            String page = PAGES.named(open.remove(0)).orElseThrow();
            for (String target :
                    LINK.matcher(page).results().map(MatchResult::group).toList()) {
                String name = target.substring(6, target.length() - 1);
                if (!Set.of("./", "carnet.css", "openapi.json", "#content").contains(name)) {
                    assertThat(PAGES.named(name)).as(name).isPresent();
                    if (seen.add(name)) {
                        open.add(name);
                    }
                }
            }
        }
        GUIDE.all(StructureDefinition.class).forEach(profile -> assertThat(seen).contains(GuidePages.nameOf(profile)));
        GUIDE.all(OperationDefinition.class)
                .forEach(operation -> assertThat(seen).contains(GuidePages.nameOf(operation)));
        GUIDE.examples().forEach(example -> assertThat(seen).contains(GuidePages.nameOf(example)));
    }

    @Test
    void pagesAreWellFormedFrenchAndLoadNothingFromElsewhere() throws Exception {
        for (String name : List.of(
                "index",
                "statement",
                "rules",
                "errors",
                "matrix",
                "search",
                "naming",
                "StructureDefinition-carnet-document-reference",
                "DocumentReference-consultation")) {
            String html = PAGES.named(name).orElseThrow();
            String xml = html.replace("<!DOCTYPE html>", "")
                    .replaceAll("<(meta|link)([^>]*)>", "<$1$2/>")
                    .replaceAll("&(?!amp;|lt;|gt;|quot;|#)", "&amp;");
            var document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml)));

            assertThat(document.getDocumentElement().getAttribute("lang")).isEqualTo("fr");
            assertThat(document.getElementsByTagName("h1").getLength()).as(name).isEqualTo(1);
            for (String landmark : List.of("header", "nav", "main", "footer")) {
                assertThat(document.getElementsByTagName(landmark).getLength())
                        .as(landmark)
                        .isEqualTo(1);
            }
            assertThat(document.getElementsByTagName("table").getLength())
                    .isEqualTo(document.getElementsByTagName("caption").getLength());
            assertThat(html).doesNotContain("<script", "src=", "style=").doesNotContain("href=\"http");
        }
    }

    @Test
    void pagesSayWhatTheTablesSay() {
        assertThat(PAGES.named("rules").orElseThrow()).contains("R36.no-consent", ">403<", "CSP R.1111-28");
        assertThat(PAGES.named("errors").orElseThrow()).contains("unknown-parameter", "size-differs");
        assertThat(PAGES.named("matrix").orElseThrow()).contains(">R22:GENR08<", ">RW<");
        assertThat(PAGES.named("statement").orElseThrow()).contains("patient.identifier", "$who-can-read");
        assertThat(PAGES.named("StructureDefinition-carnet-document-reference").orElseThrow())
                .contains("masterIdentifier", "carnet-confidentiality", "DocumentReference-consultation");
    }

    /** As many requests as the statement has interactions and operations, and no other. */
    @Test
    void openApiSaysWhatTheStatementSays() throws JsonProcessingException {
        JsonNode paths = new ObjectMapper().readTree(PAGES.openApi()).path("paths");
        List<String> expected = new ArrayList<>(List.of("/ post", "/metadata get"));
        GUIDE.statement().getRestFirstRep().getResource().forEach(resource -> {
            String type = "/" + resource.getType();
            boolean conditional = resource.getConditionalUpdate();
            resource.getInteraction()
                    .forEach(interaction -> expected.addAll(
                            switch (interaction.getCode()) {
                                case READ -> List.of(type + "/{id} get");
                                case CREATE -> List.of(type + " post");
                                case SEARCHTYPE -> List.of(type + " get", type + "/_search post");
                                case UPDATE -> List.of(conditional ? type + " put" : type + "/{id} put");
                                case PATCH ->
                                    conditional
                                            ? List.of(type + "/{id} patch", type + " patch")
                                            : List.of(type + "/{id} patch");
                                default -> List.of(interaction.getCode().toCode());
                            }));
            resource.getOperation().forEach(operation -> expected.add(type + "/$" + operation.getName() + " post"));
        });
        List<String> told = new ArrayList<>();
        paths.properties().forEach(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(method -> told.add(path.getKey() + " " + method)));

        assertThat(told).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(paths.at("/~1DocumentReference/get/parameters").size())
                .isEqualTo(GUIDE.statement()
                        .getRestFirstRep()
                        .getResource()
                        .get(0)
                        .getSearchParam()
                        .size());
        assertThat(PAGES.named("requests").orElseThrow())
                .contains("actor=dr-martin", "/fhir/DocumentReference?patient.identifier=urn%3Aoid");
    }

    @Test
    void textIsEscaped() {
        assertThat(Markup.text("<b>&\"").html()).isEqualTo("&lt;b&gt;&amp;&quot;");
        assertThat(PAGES.named("<script>")).isEmpty();
    }
}
