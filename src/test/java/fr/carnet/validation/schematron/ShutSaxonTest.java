package fr.carnet.validation.schematron;

import static fr.carnet.validation.schematron.SchematronsTest.document;
import static fr.carnet.validation.schematron.SchematronsTest.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Hostile documents, and schematrons that are careless with them or hostile themselves. */
@ExtendWith(OutputCaptureExtension.class)
class ShutSaxonTest {

    private static final String SECRET = "out-of-bounds";

    @TempDir
    private Path room;

    private Path folder;

    @BeforeEach
    void folderBesideASecret() throws IOException {
        folder = Files.createDirectory(room.resolve("folder"));
        Files.writeString(room.resolve("secret.xml"), "<secret>" + SECRET + "</secret>");
        Files.writeString(room.resolve("secret.txt"), SECRET);
        Files.writeString(
                room.resolve("secret.xsl"),
                "<xsl:stylesheet version=\"3.0\" xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\"><xsl:template match=\"/\">"
                        + SECRET + "</xsl:template></xsl:stylesheet>");
        Files.writeString(room.resolve("secret.json"), "{\"a\": \"" + SECRET + "\"}");
        Files.writeString(folder.resolve("own.xml"), "<own>within</own>");
        Files.writeString(folder.resolve("schematrons.tsv"), "*\ta.sch\n");
    }

    private SchematronReport report(String schema, byte[] document) {
        try {
            Files.writeString(folder.resolve("a.sch"), schema);
            return Schematrons.load(folder).check(document, "").get(0);
        } catch (IOException | Schematrons.NotReadable e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a schematron that says the value of an expression says; the title of the document is the argument. */
    private String said(String expression, String title) {
        String located = expression.replace("{room}", room.toUri().toString());
        String schema = schema("<let name=\"title\" value=\"cda:title\"/><assert test=\"false()\">[<value-of select=\""
                + located + "\"/>]</assert>");
        SchematronReport report = report(schema, document("<title>" + title + "</title>"));
        return report.failure().orElseGet(() -> report.findings().get(0).text());
    }

    @Test
    void whatIsInTheFolderIsRead() {
        assertThat(said("document('own.xml')", "")).isEqualTo("[within]");
        assertThat(said("doc('own.xml')", "")).isEqualTo("[within]");
        assertThat(said("document(string($title))", "own.xml")).isEqualTo("[within]");
        assertThat(said("document('{room}folder/own.xml')", "")).isEqualTo("[within]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "document('../secret.xml')",
                "document('{room}secret.xml')",
                "document('{room}folder/../secret.xml')",
                "document('{room}folder/%2e%2e/secret.xml')",
                "document('file://localhost{room}secret.xml')",
                "doc('{room}secret.xml')",
                "doc('jar:{room}secret.jar!/secret.xml')",
                "collection('{room}')",
                "collection('{room}?select=*.xml')",
                "uri-collection('{room}')",
                "unparsed-text('{room}secret.txt')",
                "unparsed-text('own.xml')",
                "unparsed-text-lines('{room}secret.txt')",
                "json-doc('{room}secret.json')?a",
                "parse-xml('&lt;!DOCTYPE a [&lt;!ENTITY e SYSTEM &quot;{room}secret.txt&quot;&gt;]&gt;&lt;a&gt;&amp;e;&lt;/a&gt;')",
                "transform(map{'stylesheet-location': '{room}secret.xsl', 'source-node': .})?output",
                "doc-available('{room}secret.xml')",
                "unparsed-text-available('{room}secret.txt')",
                "environment-variable('PATH')",
                "string-join(available-environment-variables())",
                "system-property('user.dir')",
            })
    void nothingOutsideTheFolderIsRead(String expression) {
        String said = said(expression, "");
        assertThat(said)
                .doesNotContain(SECRET, "secret.xml", "true")
                .doesNotContain(System.getenv("PATH"), System.getProperty("user.dir"));
        assertThat(said).matches("[A-Z]{4}\\d{4}|\\[(false)?]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../secret.xml", "{room}secret.xml", "/etc/hostname", "http://localhost:1/", "no uri at all: %"})
    void aDocumentDoesNotChooseWhatIsRead(String title) {
        String uri = title.replace("{room}", room.toUri().toString());
        assertThat(said("document($title)", uri)).matches("[A-Z]{4}\\d{4}");
        assertThat(said("document(string($title))", uri)).matches("[A-Z]{4}\\d{4}");
    }

    @Test
    void aLinkOutOfTheFolderIsOutside() throws IOException {
        Files.createSymbolicLink(folder.resolve("link.xml"), room.resolve("secret.xml"));
        assertThat(said("document('link.xml')", "")).matches("FODC\\d{4}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"document('%s')", "unparsed-text('%s')", "collection('%s')", "doc-available('%s')"})
    void nothingIsFetched(String expression) throws IOException {
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listener.setSoTimeout(100);
            said(expression.formatted("http://localhost:" + listener.getLocalPort() + "/a.xml"), "");
            assertThatThrownBy(listener::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Runtime:getRuntime()\" xmlns:Runtime=\"java:java.lang.Runtime",
                "jf:new('/etc/hostname')\" xmlns:jf=\"java:java.io.File",
                "System:exit(0)\" xmlns:System=\"http://saxon.sf.net/java-type"
            })
    void noJavaIsCalled(String expression) {
        assertThatThrownBy(() -> said(expression, "")).isInstanceOf(UnreadableSchematron.class);
    }

    @Test
    void aSchematronWithADocumentTypeIsRefused() {
        String schema = "<!DOCTYPE schema [<!ENTITY e SYSTEM \""
                + room.resolve("secret.txt").toUri() + "\">]>" + schema("<assert test=\"false()\">&e;</assert>");
        assertThatThrownBy(() -> report(schema, document("")))
                .isInstanceOf(UnreadableSchematron.class)
                .hasMessageContaining("DOCTYPE");
    }

    @Test
    void nothingIsIncludedFromOutside() throws IOException {
        Files.writeString(
                room.resolve("outside.sch"), "<pattern xmlns=\"http://purl.oclc.org/dsdl/schematron\" id=\"p\"/>");
        for (String href : new String[] {
            "../outside.sch", room.resolve("outside.sch").toUri().toString()
        }) {
            String schema =
                    "<schema xmlns=\"http://purl.oclc.org/dsdl/schematron\" queryBinding=\"xslt2\"><include href=\""
                            + href + "\"/></schema>";
            assertThatThrownBy(() -> report(schema, document(""))).isInstanceOf(UnreadableSchematron.class);
        }
    }

    @Test
    void anEntityOfAValueSetIsNotFollowed() throws IOException {
        Files.writeString(
                folder.resolve("own.xml"),
                "<!DOCTYPE own [<!ENTITY e SYSTEM \""
                        + room.resolve("secret.txt").toUri() + "\">]><own>&e;</own>");
        assertThat(said("document('own.xml')", "")).matches("FODC\\d{4}");
    }

    @Test
    void nothingOfADocumentComesToTheConsoleOrTheLog(CapturedOutput output) {
        String name = "Confidentielle";
        said("trace($title, 'a')", name);
        said("xs:integer($title)\" xmlns:xs=\"http://www.w3.org/2001/XMLSchema", name);
        said("error(QName('urn:x', 'x'), $title)", name);
        said("document($title)", name);
        assertThatThrownBy(() -> Schematrons.load(folder)
                        .check(("<a>" + name).getBytes(java.nio.charset.StandardCharsets.UTF_8), ""))
                .isInstanceOf(Schematrons.NotReadable.class);
        assertThat(output.getAll()).contains("schematron a.sch gave up").doesNotContain(name);
    }
}
