package fr.carnet.fulltext.extract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;

/** Documents that tests make at run time. */
public final class Documents {

    private Documents() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String base64(byte[] content) {
        return Base64.getMimeEncoder().encodeToString(content);
    }

    /** Something that is made of a PDF before it is written. */
    interface Touch {

        void to(PDDocument pdf) throws IOException;
    }

    /** A page per text, a line per line. */
    static byte[] pdf(List<String> pages, Touch touch) {
        try (PDDocument pdf = new PDDocument();
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            for (String page : pages) {
                addPage(pdf, page);
            }
            touch.to(pdf);
            pdf.save(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A PDF of these pages. */
    public static byte[] pdf(String... pages) {
        return pdf(List.of(pages), pdf -> {});
    }

    private static void addPage(PDDocument pdf, String text) throws IOException {
        PDPage page = new PDPage();
        pdf.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(pdf, page)) {
            content.beginText();
            content.setFont(new PDType1Font(FontName.HELVETICA), 11);
            content.setLeading(14);
            content.newLineAtOffset(50, 740);
            for (String line : text.lines().toList()) {
                content.showText(line);
                content.newLine();
            }
            content.endText();
        }
    }

    /** A CDA with a body. The header names people, who are not to be found in the text. */
    static String cda(String body) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <?xml-stylesheet type="text/xsl" href="cda.xsl"?>
                <ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
                  <code code="34133-9" displayName="Synthèse médicale" codeSystem="2.16.840.1.113883.6.1"/>
                  <title>Lettre de liaison</title>
                  <recordTarget><patientRole><id extension="279035121518989" root="1.2.250.1.213.1.4.10"/>
                    <addr><city>Trouville</city></addr>
                    <patient><name><given>Zénobie</given><family>HEADERNAME</family></name></patient>
                  </patientRole></recordTarget>
                  <author><assignedAuthor><code displayName="Profession de l'auteur"/>
                    <assignedPerson><name><family>AUTHORNAME</family></name></assignedPerson></assignedAuthor></author>
                  <documentationOf><serviceEvent><code code="x" displayName="Coloscopie"/>
                    <performer typeCode="PRF"><assignedEntity><code displayName="Profession de l'acteur"/>
                    </assignedEntity></performer></serviceEvent></documentationOf>
                  <component>%s</component>
                </ClinicalDocument>
                """.formatted(body);
    }

    static byte[] structured(String narrative, String entries) {
        return bytes(cda("<structuredBody><component><section><title>Conclusion</title><text>" + narrative + "</text>"
                + entries + "</section></component></structuredBody>"));
    }

    static byte[] enclosing(String mediaType, byte[] content) {
        return bytes(cda("<nonXMLBody><text mediaType=\"" + mediaType + "\" representation=\"B64\">" + base64(content)
                + "</text></nonXMLBody>"));
    }
}
