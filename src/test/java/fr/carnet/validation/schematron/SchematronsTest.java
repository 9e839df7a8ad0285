package fr.carnet.validation.schematron;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.carnet.shared.Texts;
import fr.carnet.validation.schematron.Schematrons.NotReadable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Saxon and the stylesheets of ph-schematron together: includes, abstract patterns, phases, value sets looked up. */
class SchematronsTest {

    private static final Schematrons SCHEMATRONS = Schematrons.load(Path.of("src", "test", "resources", "schematrons"));
    private static final String TITLE = "<title>Synthèse médicale</title>";

    @TempDir
    private Path folder;

    private static String cda(String title) {
        try (InputStream in = SchematronsTest.class.getResourceAsStream("/cda/vsm.xml")) {
            String text = new String(in.readAllBytes(), UTF_8);
            assertThat(text).contains(TITLE);
            return text.replace(TITLE, "<title>" + title + "</title>");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<SchematronReport> reports(String cda, String format) {
        try {
            return SCHEMATRONS.check(cda.getBytes(UTF_8), format);
        } catch (NotReadable e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<SchematronFinding> findings(String cda) {
        return reports(cda, "").stream()
                .flatMap(report -> report.findings().stream())
                .toList();
    }

    @Test
    void aSoundDocumentHasNoFindings() {
        assertThat(findings(cda("Schematron juste"))).isEmpty();
        assertThat(findings(cda("Compte rendu"))).isEmpty();
        assertThat(reports(cda("Schematron juste"), "").get(0).failure()).isEmpty();
    }

    @Test
    void aFailedAssertionIsAnErrorWithItsIdItsPlaceAndItsOwnSentence() {
        assertThat(findings(cda("Schematron faux")))
                .containsExactly(new SchematronFinding(
                        true,
                        "mot-connu",
                        "/ClinicalDocument[1]/title[1]",
                        "Le mot « faux » n'est pas du jeu de valeurs."));
    }

    @Test
    void aReportOfRoleWarningIsAWarningAndARemarkIsNothing() {
        assertThat(findings(cda("Schematron avertissement")))
                .containsExactly(new SchematronFinding(
                        false, "", "/ClinicalDocument[1]/title[1]", "Un titre mieux choisi aiderait."));
    }

    @Test
    void ofManyFindingsTheFirstHundredAreTold() {
        SchematronReport report = reports(cda("Schematron foule"), "").get(0);
        assertThat(report.findings()).hasSize(100).noneMatch(SchematronFinding::grave);
        assertThat(report.untold()).isPositive();
    }

    @Test
    void aSchematronThatGivesUpSaysOnlyTheCodeOfItsError() {
        SchematronReport report = reports(cda("Schematron nombre"), "").get(0);
        assertThat(report.findings()).isEmpty();
        assertThat(report.failure()).contains("FORG0001");
    }

    @Test
    void theTableSaysByTemplateAndFormatWhichAreForADocument() {
        String plain = cda("Schematron juste");
        String other = plain.replace("1.2.250.1.213.1.1.1.13", "1.2.250.1.213.1.1.1.99");
        assertThat(reports(plain, ""))
                .extracting(SchematronReport::schematron)
                .containsExactly("profils/commun.sch", "synthese.sch");
        assertThat(reports(other, "")).extracting(SchematronReport::schematron).containsExactly("profils/commun.sch");
        assertThat(reports(other, "urn:carnet:test:format"))
                .extracting(SchematronReport::schematron)
                .containsExactly("profils/commun.sch", "format.sch");
        assertThat(findings(cda("Schematron synthese")))
                .extracting(SchematronFinding::test)
                .containsExactly("synthese");
    }

    @Test
    void aTemplateMayBeNamedWithItsVersion() throws Exception {
        write("schematrons.tsv", "1.2.3^2024.01\ta.sch\n");
        write("a.sch", schema("<assert test=\"false()\">a</assert>"));
        Schematrons own = Schematrons.load(folder);
        assertThat(own.check(document("<templateId root=\"1.2.3\" extension=\"2024.01\"/>"), ""))
                .hasSize(1);
        assertThat(own.check(document("<templateId root=\"1.2.3\"/>"), "")).isEmpty();
    }

    @Test
    void theDocumentInsideTheStylesheetThatShowsItIsHeldToThem() {
        String cda = cda("Schematron faux");
        String inside = cda.substring(cda.indexOf("<ClinicalDocument"));
        String presenting = "<xsl:stylesheet version=\"1.0\" xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\">"
                + "<x:document xmlns:x=\"urn:x\">" + inside + "</x:document></xsl:stylesheet>";
        assertThat(findings(presenting)).isEqualTo(findings(cda)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no xml",
                "<ClinicalDocument/>",
                "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><ClinicalDocument xmlns='urn:hl7-org:v3'>&e;</ClinicalDocument>"
            })
    void whatIsNoCdaIsNotRead(String text) {
        assertThatThrownBy(() -> SCHEMATRONS.check(text.getBytes(UTF_8), "")).isInstanceOf(NotReadable.class);
    }

    @Test
    void inventedNamesDoNotEndTheChecks() throws Exception {
        Schematrons own = Schematrons.load(Path.of("src", "test", "resources", "schematrons"));
        byte[] honest = cda("Schematron juste").getBytes(UTF_8);
        assertThat(own.check(honest, "")).isNotEmpty();
        assertThatThrownBy(() -> own.check(invented(0, 2_000), "")).isInstanceOf(NotReadable.class);

        List<Integer> refused = new ArrayList<>();
        for (int i = 1; i < 250; i++) {
            byte[] names = invented(i, 450);
            try {
                own.check(names, "");
            } catch (NotReadable e) {
                refused.add(i);
            }
        }
        assertThat(refused).as("after a hundred thousand names").isNotEmpty().allMatch(i -> i > 100);
        assertThat(own.check(honest, "")).isNotEmpty().allMatch(r -> r.failure().isEmpty());
    }

    /** Elements and attributes of names that no other document has. */
    private static byte[] invented(int of, int names) {
        return document(IntStream.range(0, names)
                .mapToObj(i -> "<a%1$d_%2$d b%1$d_%2$d=''/>".formatted(of, i))
                .collect(Collectors.joining()));
    }

    @Test
    void threadsDoNotDisturbEachOther() {
        List<String> told = IntStream.range(0, 200)
                .parallel()
                .mapToObj(i -> findings(cda("Schematron n" + i)).get(0).text())
                .toList();
        assertThat(told)
                .containsExactlyElementsOf(IntStream.range(0, 200)
                        .mapToObj(i -> "Le mot « n" + i + " » n'est pas du jeu de valeurs.")
                        .toList());
    }

    @Test
    void whatAFindingQuotesStaysOutOfItsName() {
        assertThat(findings(cda("Schematron secret")).get(0).toString())
                .isEqualTo("SchematronFinding[mot-connu /ClinicalDocument[1]/title[1]]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "*\ta.sch\tb", "* a.sch"})
    void aTableOfAnotherFormIsRefusedWithItsLine(String line) throws IOException {
        write("schematrons.tsv", "# documents\tfile\n\n" + line + "\n");
        assertRefused("schematrons.tsv, ligne 3 : deux colonnes");
    }

    @Test
    void aFolderWithoutATableIsRefused() {
        assertRefused("doit contenir la table schematrons.tsv");
        assertThatThrownBy(() -> Schematrons.load(folder.resolve("absent"))).isInstanceOf(UnreadableSchematron.class);
    }

    @Test
    void anEmptyTableIsRefused() throws IOException {
        write("schematrons.tsv", "# documents\tfile\n");
        assertRefused("avec une ligne au moins");
    }

    @ParameterizedTest
    @ValueSource(strings = {"absent.sch", "../outside.sch", "/etc/hostname", "schematrons.tsv", "text.sch", "."})
    void aFileThatIsNoSchematronOfTheFolderIsRefusedByName(String file) throws IOException {
        write("text.sch", "<schema/>");
        write("schematrons.tsv", "*\t" + file + "\n");
        assertRefused("Le schématron " + file + " n’est pas utilisable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<include href=\"absent.sch\"/>",
                "<pattern><rule context=\"a\"><assert test=\"((\">a</assert></rule></pattern>",
                "<pattern><rule context=\"a\"><assert test=\"unknown:function()\">a</assert></rule></pattern>",
                "<pattern><rule context=\"a\"><assert test=\"nothing(.)\">a</assert></rule></pattern>",
            })
    void aSchematronThatCannotBeCompiledIsRefusedByName(String content) throws IOException {
        write("schematrons.tsv", "*\ta.sch\n");
        write(
                "a.sch",
                "<schema xmlns=\"http://purl.oclc.org/dsdl/schematron\" queryBinding=\"xslt2\">" + content
                        + "</schema>");
        assertRefused("Le schématron a.sch n’est pas utilisable");
    }

    private void assertRefused(String sentence) {
        assertThatThrownBy(() -> Schematrons.load(folder))
                .isInstanceOfSatisfying(
                        UnreadableSchematron.class,
                        refusal -> assertThat(refusal.sentence(Texts.of(null))).contains(sentence));
    }

    static String schema(String content) {
        return "<schema xmlns=\"http://purl.oclc.org/dsdl/schematron\" queryBinding=\"xslt2\">"
                + "<ns prefix=\"cda\" uri=\"urn:hl7-org:v3\"/>"
                + "<pattern><rule context=\"/cda:ClinicalDocument\">" + content + "</rule></pattern></schema>";
    }

    /** A document without header. */
    static byte[] document(String content) {
        return ("<ClinicalDocument xmlns=\"urn:hl7-org:v3\">" + content + "</ClinicalDocument>").getBytes(UTF_8);
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }
}
