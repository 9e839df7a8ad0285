package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.carnet.server.RawHttp.Ask;
import fr.carnet.server.RawHttp.Reply;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Person;
import fr.carnet.shared.Ins;
import fr.carnet.shared.InsDomain;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guide is read without a token, and only read. */
class GuideIT {

    private static final String ROOT = RunningServer.get().root() + "/ig";

    private static final Person ALICE = new Person(
            new Ins(InsDomain.TEST, "284057505601204"),
            "MOREAU",
            "ALICE",
            "ALICE JEANNE",
            "1984-05-17",
            AdministrativeGender.FEMALE,
            "75056");

    private static Reply ask(String method, String path) {
        return RawHttp.send("", new Ask(method, ROOT + path, Map.of(), ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/statement", "/rules", "/errors", "/matrix", "/StructureDefinition-carnet-patient"})
    void pagesAreOpenAndMayLoadTheirStyleOnly(String path) {
        Reply page = ask("GET", path);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.headers().get("content-type")).containsExactly("text/html;charset=UTF-8");
        assertThat(page.headers().get("x-content-type-options")).containsExactly("nosniff");
        assertThat(page.headers().get("content-security-policy").get(0))
                .startsWith("default-src 'none'; style-src 'self';")
                .contains("frame-ancestors 'none'");
        assertThat(page.headers()).doesNotContainKeys("set-cookie", "server", "access-control-allow-origin");
        assertThat(page.body()).startsWith("<!DOCTYPE html>").contains("<html lang=\"fr\">");
    }

    @Test
    void styleIsServedAndTheBareAddressLeadsToTheFirstPage() {
        assertThat(ask("GET", "/carnet.css").headers().get("content-type")).containsExactly("text/css;charset=UTF-8");
        Reply bare = ask("GET", "");
        assertThat(bare.status()).isEqualTo(308);
        assertThat(bare.headers().get("location")).containsExactly("/ig/");
    }

    /** Each search of the OpenAPI document answers, with the token that it names. */
    @Test
    void examplesOfTheOpenApiDocumentRun() {
        try (Consents consents = new Consents()) {
            consents.declare(ALICE, "dr-martin", "899700100011");
            Reply document = ask("GET", "/openapi.json");
            assertThat(document.headers().get("content-type")).containsExactly("application/json");
            int run = 0;
            for (Map.Entry<String, JsonNode> path :
                    document.json().path("paths").properties()) {
                JsonNode search = path.getValue().path("get");
                String query = StreamSupport.stream(search.path("parameters").spliterator(), false)
                        .filter(parameter -> parameter.has("example"))
                        .map(parameter -> parameter.path("name").asText() + "="
                                + Call.escaped(parameter.path("example").asText()))
                        .collect(Collectors.joining("&"));
                if (!query.isEmpty()) {
                    String actor = search.path("x-sandbox-actor").asText();
                    Reply reply = RawHttp.get(
                            RunningServer.get().token(actor), path.getKey().substring(1) + "?" + query);
                    assertThat(reply.status()).as("%s %s", query, reply.body()).isEqualTo(200);
                    run++;
                }
            }
            assertThat(run).isEqualTo(8);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/none",
                "/..%2fapplication.yaml",
                "/profiles/package.json",
                "/StructureDefinition-carnet-patient.json"
            })
    void whatIsNoPageIsNotFound(String path) {
        assertThat(ask("GET", path).status()).isIn(400, 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void nothingCanBeSentToIt(String method) {
        assertThat(ask(method, "/").status()).isEqualTo(404);
    }
}
