package fr.carnet.validation;

import fr.carnet.validation.UnreadableCda.Reason;
import java.util.Base64;
import java.util.Optional;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads a CDA document to its end: well-formed, of bounded depth, without document type; and what a level 1 document wraps.
 */
final class CdaBody {

    private static final String HL7 = "urn:hl7-org:v3";
    private static final int MAX_DEPTH = 300;

    private final XMLStreamReader in;

    private CdaBody(byte[] document) throws XMLStreamException {
        in = HardenedXml.reader(document, document.length);
    }

    /**
     * What {@code nonXMLBody} holds.
     *
     * @param mediaType as stated; PDF when none is, as in the examples of the agency
     * @param content decoded; empty if it is no base64
     */
    record Wrapped(String mediaType, Optional<byte[]> content) {}

    /**
     * Reads it all.
     *
     * @return what it wraps; empty for a structured body
     * @throws UnreadableCda if it is not well-formed
     */
    static Optional<Wrapped> read(byte[] document) throws UnreadableCda {
        try {
            return new CdaBody(document).wrapped();
        } catch (XMLStreamException e) {
            String where = e.getLocation() == null
                    ? "1:1"
                    : e.getLocation().getLineNumber() + ":" + e.getLocation().getColumnNumber();
            throw new UnreadableCda(Reason.MALFORMED, where);
        }
    }

    private Optional<Wrapped> wrapped() throws XMLStreamException, UnreadableCda {
        Optional<Wrapped> found = Optional.empty();
        boolean inside = false;
        int depth = 0;
        while (in.hasNext()) {
            int event = in.next();
            if (event == XMLStreamConstants.DTD) {
                throw new UnreadableCda(Reason.DOCTYPE, "DOCTYPE");
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
                requireDepth(depth);
                if (inside && isHl7("text")) {
                    found = Optional.of(text());
                    depth--;
                }
                inside = isHl7("nonXMLBody");
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
        }
        return found;
    }

    private void requireDepth(int depth) throws UnreadableCda {
        if (depth > MAX_DEPTH) {
            throw new UnreadableCda(
                    Reason.TOO_LARGE,
                    in.getLocation().getLineNumber() + ":" + in.getLocation().getColumnNumber());
        }
    }

    private Wrapped text() throws XMLStreamException {
        String stated = in.getAttributeValue(null, "mediaType");
        boolean base64 = "B64".equals(in.getAttributeValue(null, "representation"));
        String mediaType = stated == null ? "application/pdf" : stated;
        String text = in.getElementText();
        return new Wrapped(
                mediaType,
                base64 ? decoded(text) : Optional.of(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    private static Optional<byte[]> decoded(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text.replaceAll("\\s+", ""));
            return Optional.of(bytes).filter(b -> b.length > 0);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean isHl7(String name) {
        return name.equals(in.getLocalName()) && HL7.equals(in.getNamespaceURI());
    }
}
