package fr.carnet.fulltext.extract;

import static fr.carnet.fulltext.extract.Documents.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.fulltext.extract.Extraction.None;
import fr.carnet.fulltext.extract.Extraction.Reason;
import fr.carnet.fulltext.extract.Extraction.Text;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;
import org.apache.pdfbox.pdmodel.interactive.form.PDTextField;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What is read of each format, by a real worker. */
class TextExtractionTest {

    private static final ExtractionSettings SETTINGS = Settings.usual();
    private static final WorkerPool POOL = new WorkerPool(SETTINGS, WorkerCommand.ofThisProgram(SETTINGS));

    @AfterAll
    static void end() {
        POOL.close();
    }

    private static Text text(String mediaType, byte[] content) {
        assertThat(POOL.extract(mediaType, content)).isInstanceOf(Text.class);
        return (Text) POOL.extract(mediaType, content);
    }

    private static void none(Reason reason, String mediaType, byte[] content) {
        assertThat(POOL.extract(mediaType, content)).isEqualTo(new None(reason));
    }

    @Test
    void narrativeAndCodedEntriesOfACdaAreReadAndItsPeopleAreNot() {
        Text text = text("text/xml", Documents.structured("""
                        <paragraph>Prise en   charge<br/>sans
                        particularité&#160;: e&#x301;lan, <content revised="delete">retirée</content>fin.</paragraph>
                        <table><thead><tr><th>Analyse</th><th>Valeur</th></tr></thead>
                        <tbody><tr><td>Glycémie</td><td/><td>5,4 mmol/L</td></tr></tbody></table>
                        <renderMultiMedia referencedObject="x"><caption>Image</caption></renderMultiMedia>
                        <script>alert(1)</script><list><item>un</item><item>deux</item></list>
                        """, """
                        <author><assignedAuthor><code displayName="Nomdauteur"/></assignedAuthor></author>
                        <entry><observation><code displayName="Fièvre"><originalText>Température <b/>élevée</originalText>
                          <translation displayName="Hyperthermie"/></code><text><reference value="#a"/></text>
                          <value displayName="Fièvre"/>
                          <performer><assignedEntity><code displayName="Médecin"/></assignedEntity></performer>
                          </observation></entry>
                        <entry><substanceAdministration><consumable><manufacturedProduct><manufacturedMaterial>
                          <code displayName="PARACETAMOL 500 mg"/><name>DOLOMARQUE</name>
                          </manufacturedMaterial></manufacturedProduct></consumable></substanceAdministration></entry>
                        <entry><observationMedia><value mediaType="image/jpeg" representation="B64">QUJD</value>
                          </observationMedia></entry>
                        """));
        assertThat(text.body().lines())
                .containsExactly(
                        "Prise en charge",
                        "sans particularité : élan, fin.",
                        "Analyse | Valeur",
                        "Glycémie | 5,4 mmol/L",
                        "un",
                        "deux");
        assertThat(text.labels().lines())
                .containsExactly(
                        "Synthèse médicale",
                        "Lettre de liaison",
                        "Coloscopie",
                        "Conclusion",
                        "Fièvre",
                        "Température élevée",
                        "Hyperthermie",
                        "PARACETAMOL 500 mg",
                        "DOLOMARQUE");
        assertThat(text.cut()).isFalse();
    }

    @Test
    void cdaInsideItsStylesheetIsReadWithoutTheStylesheet() {
        String cda =
                new String(Documents.structured("vu ce jour", ""), StandardCharsets.UTF_8).replaceAll("<\\?[^>]*>", "");
        Text text = text(
                "text/xml",
                bytes("<xsl:stylesheet xmlns:xsl='http://www.w3.org/1999/XSL/Transform'>" + cda
                        + "<xsl:template match='/'><title>Dehors</title></xsl:template></xsl:stylesheet>"));
        assertThat(text.body()).isEqualTo("vu ce jour");
        assertThat(text.labels()).doesNotContain("Dehors");
    }

    @Test
    void whatACdaOfLevelOneEnclosesIsReadWithTheTitleOfTheDocument() {
        Text pdf = text("text/xml", Documents.enclosing("application/pdf", Documents.pdf("Compte rendu interne")));
        assertThat(pdf.body()).isEqualTo("Compte rendu interne");
        assertThat(pdf.labels().lines()).contains("Lettre de liaison", "Coloscopie");
        Text rtf = text("text/xml", Documents.enclosing("application/rtf", bytes("{\\rtf1 Lettre \\'e9crite\\par}")));
        assertThat(rtf.body()).isEqualTo("Lettre écrite");
        Text plain = text(
                "text/xml",
                bytes(Documents.cda("<nonXMLBody><text mediaType='text/plain'>écrit ici</text></nonXMLBody>")));
        assertThat(plain.body()).isEqualTo("écrit ici");
        Text image = text("text/xml", Documents.enclosing("image/jpeg", new byte[] {1, 2, 3}));
        assertThat(image.body()).isEmpty();
        assertThat(image.cut()).isTrue();
    }

    @Test
    void otherXmlIsNotRead() {
        none(Reason.UNSUPPORTED_TYPE, "text/xml", bytes("<note><title>x</title></note>"));
        none(
                Reason.UNSUPPORTED_TYPE,
                "application/xml",
                bytes("<ClinicalDocument><title>x</title></ClinicalDocument>"));
        none(Reason.MALFORMED, "text/xml", bytes("no XML"));
    }

    @Test
    void pagesTitleAndFormOfAPdfAreRead() {
        Text text = text("application/pdf", Documents.pdf(List.of("Première page\nligne deux", "Seconde page"), pdf -> {
            PDDocumentInformation information = new PDDocumentInformation();
            information.setTitle("Bilan annuel");
            information.setAuthor("AUTHORNAME");
            pdf.setDocumentInformation(information);
            PDAcroForm form = new PDAcroForm(pdf);
            pdf.getDocumentCatalog().setAcroForm(form);
            PDTextField field = new PDTextField(form);
            field.setPartialName("motif");
            field.getCOSObject().setString("V", "douleur thoracique");
            form.setFields(List.of(field));
        }));
        assertThat(text.body().lines())
                .containsExactly("Première page", "ligne deux", "Seconde page", "douleur thoracique");
        assertThat(text.labels()).isEqualTo("Bilan annuel");
        assertThat(text.cut()).isFalse();
    }

    @Test
    void pdfThatOpensWithoutAPasswordIsReadAndOneThatDoesNotIsNot() {
        assertThat(text("application/pdf", encrypted("")).body()).isEqualTo("Confidentiel");
        none(Reason.ENCRYPTED, "application/pdf", encrypted("secret"));
    }

    static byte[] encrypted(String userPassword) {
        return Documents.pdf(List.of("Confidentiel"), pdf -> {
            var policy = new StandardProtectionPolicy("owner", userPassword, new AccessPermission());
            policy.setEncryptionKeyLength(256);
            pdf.protect(policy);
        });
    }

    @Test
    void pdfWithoutWordsHasNoText() {
        none(Reason.NO_TEXT, "application/pdf", Documents.pdf(""));
    }

    @Test
    void plainTextIsReadInItsCharset() {
        assertThat(text("text/plain", bytes("été\r\n\r\n  à  \u0007la mer\u0000\u00AD"))
                        .body())
                .isEqualTo("été\nà la mer");
        byte[] latin = "été".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(text("text/plain", latin).body()).isEqualTo("été");
        assertThat(text("text/plain; charset=utf-16", "été".getBytes(StandardCharsets.UTF_16))
                        .body())
                .isEqualTo("été");
        assertThat(text("text/plain; charset=nonsense", bytes("été")).body()).isEqualTo("été");
    }

    @Test
    void numbersOfPatientsAreLeftOutWhereverTheyStand() {
        String page = "INS : 279035121518989, 2 79 03 51 215 189 89 (NIR)\nautre 279035121518988, n2790351215189890";
        assertThat(text("application/pdf", Documents.pdf(page)).body().lines())
                .containsExactly("INS : , (NIR)", "autre 279035121518988, n2790351215189890");
        assertThat(text("text/xml", bytes(Documents.cda("<nonXMLBody/>").replace("Lettre de", "279035121518989")))
                        .labels())
                .contains("liaison")
                .doesNotContain("2790");
    }

    @Test
    void wordsOfAnRtfAreRead() {
        String rtf = "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}{\\info{\\author AUTHORNAME}}"
                + "{\\*\\generator Word;}{\\pict\\pngblip 89504e47}\n"
                + "\\f0 Ch\\'e8re cons\\'9cur,\\par Tension \\u233?lev\\u233\\'e9e.\\par\n"
                + "\\trowd A\\cell B\\cell\\row C\\{D\\}\\cell\\row fin\\bin3 {{{.}";
        assertThat(text("application/rtf", bytes(rtf)).body().lines())
                .containsExactly("Chère consœur,", "Tension élevée.", "A | B", "C{D}", "fin.");
    }

    @Test
    void narrativesTitlesAndNamesOfCodesOfAFhirDocumentAreReadAndItsPeopleAreNot() {
        String json = """
                {"resourceType": "Bundle", "type": "document", "entry": [
                  {"resource": {"title": "Compte rendu", "subject": {"reference": "Patient/1", "display": "HEADERNAME"},
                    "resourceType": "Composition",
                    "section": [{"title": "Histoire", "text": {"status": "generated",
                      "div": "<div xmlns='http://www.w3.org/1999/xhtml'><p>Douleur&nbsp;aigu&euml; &lt; 3 j</p><p>Bien</p></div>"}}]}},
                  {"resource": {"text": {"div": "<div xmlns='http://www.w3.org/1999/xhtml'>Zénobie</div>"},
                    "maritalStatus": {"text": "Mariée"}, "resourceType": "Patient"}},
                  {"resource": {"resourceType": "Observation", "note": [{"text": "à surveiller"}],
                    "code": {"coding": [{"system": "http://loinc.org", "code": "8310-5", "display": "Température"}],
                      "text": "Température axillaire"},
                    "performer": [{"display": "AUTHORNAME", "identifier": {"system": "s", "value": "v"}}]}}]}
                """;
        Text text = text("application/fhir+json", bytes(json));
        assertThat(text.body().lines()).containsExactly("Douleur aiguë < 3 j", "Bien", "à surveiller");
        assertThat(text.labels().lines())
                .containsExactly("Compte rendu", "Histoire", "Température", "Température axillaire");
    }

    @Test
    void fhirDocumentInXmlIsReadAsInJson() {
        String xml = """
                <Bundle xmlns="http://hl7.org/fhir"><type value="document"/><entry><resource><Composition>
                  <text><status value="generated"/><div xmlns="http://www.w3.org/1999/xhtml"><p>Douleur</p><p>Bien</p></div></text>
                  <type><coding><code value="11488-4"/><display value="CR de consultation"/></coding></type>
                  <author><reference value="Practitioner/1"/><display value="AUTHORNAME"/></author>
                  <title value="Compte rendu"/></Composition></resource></entry>
                  <entry><resource><Practitioner><text><div xmlns="http://www.w3.org/1999/xhtml">AUTHORNAME</div></text>
                  <qualification><code><text value="Docteur"/></code></qualification></Practitioner></resource></entry></Bundle>
                """;
        Text text = text("application/fhir+xml", bytes(xml));
        assertThat(text.body().lines()).containsExactly("Douleur", "Bien");
        assertThat(text.labels().lines()).containsExactly("CR de consultation", "Compte rendu");
    }

    @Test
    void nothingElseIsRead() {
        none(Reason.UNSUPPORTED_TYPE, "image/jpeg", new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF});
        none(Reason.UNSUPPORTED_TYPE, "application/dicom+json", bytes("{}"));
        none(Reason.UNSUPPORTED_TYPE, "", bytes("x"));
    }
}
