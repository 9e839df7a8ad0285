package fr.carnet.fulltext.extract;

import fr.carnet.fulltext.extract.Extraction.Reason;
import fr.carnet.validation.HardenedXml;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads a CDA document (HL7 CDA R2): of the header its title and the names of its type and of the acts that it documents, of
 * the body the narrative and the names of coded entries. Who the patient, the authors and other people are is not read: the
 * header says it, and in the body the elements that name people.
 */
final class CdaReader {

    private static final String HL7 = "urn:hl7-org:v3";
    private static final String XSL = "http://www.w3.org/1999/XSL/Transform";
    private static final Set<String> PEOPLE =
            Set.of("author", "informant", "performer", "subject", "custodian", "legalAuthenticator", "authenticator");

    private final XMLStreamReader in;
    private final Gathered out;

    private CdaReader(XMLStreamReader in, Gathered out) {
        this.in = in;
        this.out = out;
    }

    static void read(byte[] content, Gathered out) throws Textless {
        try {
            new CdaReader(HardenedXml.reader(content, content.length), out).document();
        } catch (XMLStreamException e) {
            throw new Textless(Reason.MALFORMED);
        }
    }

    /** A document may sit inside a stylesheet that shows it ("auto-présentable"). */
    private void document() throws XMLStreamException, Textless {
        int depth = 0;
        while (in.hasNext()) {
            int event = in.next();
            if (event == XMLStreamConstants.DTD) {
                throw new Textless(Reason.MALFORMED);
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                if (isHl7("ClinicalDocument")) {
                    clinicalDocument();
                    return;
                }
                depth++;
                Skipped.requireDepth(depth);
                if (depth == 1 && !XSL.equals(in.getNamespaceURI())) {
                    throw new Textless(Reason.UNSUPPORTED_TYPE);
                }
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
        }
        throw new Textless(Reason.UNSUPPORTED_TYPE);
    }

    private void clinicalDocument() throws XMLStreamException, Textless {
        while (nextChild()) {
            switch (in.getLocalName()) {
                case "title" -> label();
                case "code" -> displayName();
                case "documentationOf" -> documentationOf();
                case "component" -> component();
                default -> Skipped.element(in);
            }
        }
    }

    private void documentationOf() throws XMLStreamException {
        while (nextChild()) {
            if (!isHl7("serviceEvent")) {
                Skipped.element(in);
                continue;
            }
            while (nextChild()) {
                if (isHl7("code")) {
                    displayName();
                } else {
                    Skipped.element(in);
                }
            }
        }
    }

    private void component() throws XMLStreamException, Textless {
        while (nextChild()) {
            switch (in.getLocalName()) {
                case "structuredBody" -> entries("structuredBody", 1);
                case "nonXMLBody" -> nonXmlBody();
                default -> Skipped.element(in);
            }
        }
    }

    private void nonXmlBody() throws XMLStreamException, Textless {
        while (nextChild()) {
            if (isHl7("text")) {
                EnclosedContent.read(in, out);
            } else {
                Skipped.element(in);
            }
        }
    }

    private void entries(String parent, int depth) throws XMLStreamException {
        Skipped.requireDepth(depth);
        while (nextChild()) {
            String name = in.getLocalName();
            String displayName = in.getAttributeValue(null, "displayName");
            if (PEOPLE.contains(name) || "B64".equals(in.getAttributeValue(null, "representation"))) {
                Skipped.element(in);
                continue;
            }
            if (displayName != null) {
                out.label(displayName);
            }
            if (name.equals("text")) {
                Narrative.read(in, out);
            } else if (isLabel(name, parent)) {
                label();
            } else {
                entries(name, depth + 1);
            }
        }
    }

    private static boolean isLabel(String name, String parent) {
        return name.equals("title")
                || name.equals("originalText")
                || (name.equals("name") && parent.equals("manufacturedMaterial"));
    }

    private void displayName() throws XMLStreamException {
        String name = in.getAttributeValue(null, "displayName");
        if (name != null) {
            out.label(name);
        }
        Skipped.element(in);
    }

    private void label() throws XMLStreamException {
        Lines label = Gathered.newLabel();
        int depth = 1;
        while (depth > 0) {
            switch (in.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    depth++;
                    Skipped.requireDepth(depth);
                }
                case XMLStreamConstants.END_ELEMENT -> depth--;
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> label.flowing(in.getText());
                default -> {
                    // comments and instructions are not shown
                }
            }
        }
        out.label(label);
    }

    /** Goes to the start of the next child; false, on the end of the parent, if there is none. */
    private boolean nextChild() throws XMLStreamException {
        while (true) {
            int event = in.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                return true;
            }
            if (event == XMLStreamConstants.END_ELEMENT) {
                return false;
            }
        }
    }

    private boolean isHl7(String name) {
        return name.equals(in.getLocalName()) && HL7.equals(in.getNamespaceURI());
    }
}
