package fr.carnet.validation;

import fr.carnet.validation.UnreadableCda.Reason;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads the header of a CDA document and nothing after it.
 *
 * <p>No document type, no entity beyond the five of XML, nothing fetched; length, depth and number of elements are bounded.
 * A document may sit inside a stylesheet that shows it ("auto-présentable"): {@code xsl:stylesheet/x/ClinicalDocument}.
 */
final class HeaderParser {

    private static final String HL7 = "urn:hl7-org:v3";
    private static final String XSL = "http://www.w3.org/1999/XSL/Transform";
    private static final String DOCUMENT = "ClinicalDocument";
    private static final String BODY = "component";
    private static final String UNSTRUCTURED_TEXT = "nonXMLBody";
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_DEPTH = 40;
    private static final int MAX_ELEMENTS = 20_000;

    private final XMLStreamReader in;
    private final boolean truncated;
    private int elements;

    private HeaderParser(byte[] document) throws XMLStreamException {
        truncated = document.length > MAX_BYTES;
        in = HardenedXml.reader(document, Math.min(document.length, MAX_BYTES));
    }

    /** What was read. */
    record Parsed(HeaderElement header, boolean wrapped) {}

    /** @throws UnreadableCda if it is no CDA, or not one that can be trusted to a parser */
    static Parsed parse(byte[] document) throws UnreadableCda {
        HeaderParser parser = null;
        try {
            parser = new HeaderParser(document);
            return parser.document();
        } catch (XMLStreamException e) {
            boolean cut = parser != null && parser.truncated;
            throw new UnreadableCda(cut ? Reason.TOO_LARGE : Reason.MALFORMED, position(e));
        }
    }

    private Parsed document() throws XMLStreamException, UnreadableCda {
        boolean wrapped = false;
        int depth = 0;
        while (in.hasNext()) {
            int event = in.next();
            if (event == XMLStreamConstants.DTD) {
                throw new UnreadableCda(Reason.DOCTYPE, "DOCTYPE");
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
                if (isHl7(DOCUMENT)) {
                    return new Parsed(header(), wrapped);
                }
                wrapped |= depth == 1 && isStylesheet();
                if (depth == 1 && !wrapped) {
                    throw new UnreadableCda(Reason.NOT_CDA, "/");
                }
                count(depth);
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
        }
        throw new UnreadableCda(Reason.NOT_CDA, "/");
    }

    private HeaderElement header() throws XMLStreamException, UnreadableCda {
        HeaderElement root = new HeaderElement(DOCUMENT);
        Deque<HeaderElement> open = new ArrayDeque<>();
        open.push(root);
        while (!open.isEmpty()) {
            switch (in.next()) {
                case XMLStreamConstants.START_ELEMENT -> start(root, open);
                case XMLStreamConstants.END_ELEMENT -> open.pop();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                    open.element().append(in.getText());
                default -> {
                    // comments and processing instructions say nothing
                }
            }
        }
        return root;
    }

    private void start(HeaderElement root, Deque<HeaderElement> open) throws XMLStreamException, UnreadableCda {
        count(open.size());
        if (open.size() == 1 && isHl7(BODY)) {
            body(root);
            open.clear();
        } else if (HL7.equals(in.getNamespaceURI())) {
            HeaderElement element = element();
            open.element().child(element);
            open.push(element);
        } else {
            skip(open.size());
        }
    }

    /** A level 1 document tells its media type in the first element of its body. */
    private void body(HeaderElement root) throws XMLStreamException {
        if (in.nextTag() != XMLStreamConstants.START_ELEMENT || !isHl7(UNSTRUCTURED_TEXT)) {
            return;
        }
        HeaderElement unstructured = element();
        root.child(unstructured);
        if (in.nextTag() == XMLStreamConstants.START_ELEMENT && isHl7("text")) {
            unstructured.child(element());
        }
    }

    private void skip(int depth) throws XMLStreamException, UnreadableCda {
        int inside = 1;
        while (inside > 0) {
            int event = in.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                inside++;
                count(depth + inside);
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                inside--;
            }
        }
    }

    private HeaderElement element() {
        HeaderElement element = new HeaderElement(in.getLocalName());
        for (int i = 0; i < in.getAttributeCount(); i++) {
            if (in.getAttributeNamespace(i) == null
                    || in.getAttributeNamespace(i).isEmpty()) {
                element.attribute(in.getAttributeLocalName(i), in.getAttributeValue(i));
            }
        }
        return element;
    }

    private void count(int depth) throws UnreadableCda {
        elements++;
        if (elements > MAX_ELEMENTS || depth > MAX_DEPTH) {
            throw new UnreadableCda(Reason.TOO_LARGE, position());
        }
    }

    private boolean isHl7(String name) {
        return name.equals(in.getLocalName()) && HL7.equals(in.getNamespaceURI());
    }

    private boolean isStylesheet() {
        return XSL.equals(in.getNamespaceURI())
                && (in.getLocalName().equals("stylesheet") || in.getLocalName().equals("transform"));
    }

    private String position() {
        return in.getLocation().getLineNumber() + ":" + in.getLocation().getColumnNumber();
    }

    private static String position(XMLStreamException e) {
        return e.getLocation() == null
                ? "1:1"
                : e.getLocation().getLineNumber() + ":" + e.getLocation().getColumnNumber();
    }
}
