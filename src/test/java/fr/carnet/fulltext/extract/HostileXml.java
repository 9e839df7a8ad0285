package fr.carnet.fulltext.extract;

import static fr.carnet.fulltext.extract.Documents.cda;
import static fr.carnet.fulltext.extract.Documents.enclosing;
import static fr.carnet.fulltext.extract.Documents.structured;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** CDA documents, and FHIR documents in XML, that were made to do harm. */
final class HostileXml {

    private static final String TYPE = "text/xml";
    private static final int MEGABYTES_20 = 20 << 20;

    private HostileXml() {}

    static List<HostileFile> all(String url, String file) {
        return List.of(
                HostileFile.text("cda: billion laughs", TYPE, HostileXml::laughs, "malformed"),
                HostileFile.text(
                        "cda: entity of a URL", TYPE, () -> entity("SYSTEM '" + url + "/entity'"), "malformed"),
                HostileFile.text("cda: entity of a file", TYPE, () -> entity("SYSTEM '" + file + "'"), "malformed"),
                HostileFile.text(
                        "cda: DTD of a URL", TYPE, () -> after("<!DOCTYPE x SYSTEM '" + url + "/dtd'>"), "malformed"),
                HostileFile.text("cda: stylesheet and schema of a URL", TYPE, () -> fetching(url), "text"),
                HostileFile.of(
                        "cda: 310 levels of narrative", TYPE, () -> narrative("<content>".repeat(310)), "malformed"),
                HostileFile.of("cda: a million levels", TYPE, () -> narrative("<a>".repeat(1_000_000)), "malformed"),
                HostileFile.of(
                        "cda: 20 MB of one text",
                        TYPE,
                        () -> structured("mot ".repeat(MEGABYTES_20 / 4), ""),
                        "text, cut"),
                HostileFile.of("cda: 20 MB of one title", TYPE, () -> title("m".repeat(MEGABYTES_20)), "text, cut"),
                HostileFile.of(
                        "cda: 20 MB of one attribute",
                        TYPE,
                        () -> structured("mot", code("m".repeat(MEGABYTES_20))),
                        "text, cut"),
                HostileFile.of("cda: 100 000 display names", TYPE, HostileXml::manyNames, "text, cut"),
                HostileFile.of("cda: 100 000 attributes", TYPE, HostileXml::manyAttributes, "malformed"),
                HostileFile.of("cda: half a million combining marks", TYPE, HostileXml::marks, "text, cut", "too-slow"),
                HostileFile.of(
                        "cda: Latin-1 that says UTF-8", TYPE, () -> in(StandardCharsets.ISO_8859_1), "malformed"),
                HostileFile.of(
                        "cda: UTF-16 that says UTF-8", TYPE, () -> in(StandardCharsets.UTF_16), "text", "malformed"),
                HostileFile.of("cda: UTF-16", TYPE, HostileXml::utf16, "text"),
                HostileFile.of("cda: encoding of nobody", TYPE, () -> encoding("x-nobody"), "malformed"),
                HostileFile.of("cda: NUL", TYPE, () -> narrative("a\0b"), "malformed"),
                HostileFile.of("cda: control characters by number", TYPE, () -> narrative("a&#0;b"), "malformed"),
                HostileFile.of("cda: lone surrogate by number", TYPE, () -> narrative("a&#xD800;b"), "malformed"),
                HostileFile.of(
                        "cda: script in the narrative", TYPE, () -> narrative("vu<script>SCRIPTWORD</script>"), "text"),
                HostileFile.of("cda: in a CDA in a CDA", TYPE, HostileXml::nested, "text, cut"),
                HostileFile.text("cda: base64 of nothing", TYPE, HostileXml::noBase64, "text, cut"),
                HostileFile.of(
                        "cda: encloses a PDF of 4 GB",
                        TYPE,
                        () -> enclosing("application/pdf", HostilePdfs.bomb("(")),
                        "too-much-memory"),
                HostileFile.of("cda: ends in the middle", TYPE, HostileXml::cut, "malformed"),
                HostileFile.text(
                        "fhir xml: a million levels", "application/fhir+xml", HostileXml::deepFhir, "malformed"),
                HostileFile.text(
                        "fhir xml: entity of a file",
                        "application/fhir+xml",
                        () -> entity("SYSTEM '" + file + "'"),
                        "malformed"));
    }

    private static String after(String prolog) {
        return cda("<structuredBody/>").replaceFirst("<\\?xml-stylesheet[^>]*>", prolog);
    }

    private static String laughs() {
        String entities = IntStream.range(1, 10)
                .mapToObj(i -> "<!ENTITY l" + i + " '" + ("&l" + (i - 1) + ";").repeat(10) + "'>")
                .collect(Collectors.joining("", "<!DOCTYPE x [<!ENTITY l0 'ha'>", "]>"));
        return after(entities).replace("Lettre de liaison", "&l9;");
    }

    private static String entity(String definition) {
        return after("<!DOCTYPE x [<!ENTITY e " + definition + ">]>").replace("Lettre de liaison", "&e;");
    }

    private static String fetching(String url) {
        return after("<?xml-stylesheet type='text/xsl' href='" + url + "/xsl'?>")
                .replace("<structuredBody/>", "<structuredBody xsi:schemaLocation='urn:hl7-org:v3 " + url + "/xsd'/>");
    }

    private static byte[] narrative(String narrative) {
        return structured(narrative, "");
    }

    private static byte[] title(String title) {
        return Documents.bytes(cda("<structuredBody/>").replace("Lettre de liaison", title));
    }

    private static String code(String displayName) {
        return "<entry><observation><code displayName='" + displayName + "'/></observation></entry>";
    }

    private static byte[] manyNames() {
        return structured(
                "mot",
                IntStream.range(0, 100_000).mapToObj(i -> code("nom" + i)).collect(Collectors.joining()));
    }

    private static byte[] manyAttributes() {
        String attributes =
                IntStream.range(0, 100_000).mapToObj(i -> " a" + i + "=''").collect(Collectors.joining());
        return structured("mot", "<entry" + attributes + "/>");
    }

    /** Two that are to change places, again and again: normal forms sort them. */
    private static byte[] marks() {
        return narrative("a" + "\u0301\u0323".repeat(300_000));
    }

    private static byte[] in(java.nio.charset.Charset charset) {
        return new String(structured("été", ""), StandardCharsets.UTF_8).getBytes(charset);
    }

    private static byte[] encoding(String name) {
        return Documents.bytes(cda("<structuredBody/>").replace("UTF-8", name));
    }

    private static byte[] utf16() {
        return new String(structured("été", ""), StandardCharsets.UTF_8)
                .replace("UTF-8", "UTF-16")
                .getBytes(StandardCharsets.UTF_16);
    }

    private static byte[] nested() {
        return enclosing(TYPE, enclosing(TYPE, narrative("NESTEDWORD")));
    }

    private static String noBase64() {
        return cda("<nonXMLBody><text mediaType='application/pdf' representation='B64'>!$%&amp;</text></nonXMLBody>");
    }

    private static byte[] cut() {
        byte[] cda = narrative("mot");
        return java.util.Arrays.copyOf(cda, cda.length / 2);
    }

    private static String deepFhir() {
        return "<Bundle xmlns='http://hl7.org/fhir'>" + "<entry>".repeat(1_000_000);
    }
}
