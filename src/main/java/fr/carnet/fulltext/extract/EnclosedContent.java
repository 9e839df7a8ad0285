package fr.carnet.fulltext.extract;

import fr.carnet.fulltext.extract.Extraction.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads what a CDA of level 1 encloses ({@code nonXMLBody/text}): PDF, RTF or plain text. If that has no text, the labels of
 * the document remain.
 */
final class EnclosedContent {

    /** Of what is encoded, when none is stated, as in the examples of the agency. */
    private static final String USUAL = "application/pdf";

    private static final String PLAIN = "text/plain";
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private EnclosedContent() {}

    static void read(XMLStreamReader in, Gathered out) throws XMLStreamException {
        String stated = in.getAttributeValue(null, "mediaType");
        boolean encoded = "B64".equals(in.getAttributeValue(null, "representation"));
        String mediaType = stated != null ? stated : encoded ? USUAL : PLAIN;
        byte[] text = text(in, encoded);
        try {
            byte[] content = encoded ? Base64.getDecoder().decode(text) : text;
            Format format = Format.of(mediaType).orElseThrow(() -> new Textless(Reason.UNSUPPORTED_TYPE));
            DocumentReader.gatherEnclosed(format, encoded ? mediaType : PLAIN, content, out);
        } catch (Textless | IllegalArgumentException e) {
            out.cut();
        }
    }

    /** Base64 is broken into lines. */
    private static byte[] text(XMLStreamReader in, boolean encoded) throws XMLStreamException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        while (in.next() != XMLStreamConstants.END_ELEMENT) {
            if (in.isStartElement()) {
                Skipped.element(in);
            } else if (in.isCharacters()) {
                String piece = encoded ? BLANKS.matcher(in.getText()).replaceAll("") : in.getText();
                text.writeBytes(piece.getBytes(StandardCharsets.UTF_8));
            }
        }
        return text.toByteArray();
    }
}
