package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.server.RawHttp.Ask;
import fr.carnet.server.RawHttp.Reply;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guide is read without a token, and only read. */
class GuideIT {

    private static final String ROOT = RunningServer.get().root() + "/ig";

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
