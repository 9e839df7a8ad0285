package fr.carnet.fulltext.extract;

import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads a narrative block of CDA or FHIR: what a person would see of it. */
final class Narrative {

    private static final Set<String> LINES = Set.of(
            "text",
            "paragraph",
            "list",
            "item",
            "table",
            "thead",
            "tbody",
            "tfoot",
            "tr",
            "caption",
            "br",
            "div",
            "p",
            "ul",
            "ol",
            "li",
            "dl",
            "dt",
            "dd",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "pre",
            "blockquote");
    private static final Set<String> CELLS = Set.of("td", "th");
    private static final Set<String> UNSEEN = Set.of("script", "style", "head", "renderMultiMedia");

    private Narrative() {}

    /**
     * Reads from the start of its element to the end.
     *
     * @param in on the start of the element
     */
    static void read(XMLStreamReader in, Gathered out) throws XMLStreamException {
        Lines body = out.body();
        body.endLine();
        int depth = 1;
        while (depth > 0) {
            switch (in.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (isUnseen(in)) {
                        Skipped.element(in);
                    } else {
                        depth++;
                        Skipped.requireDepth(depth);
                        separate(in.getLocalName(), body);
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    depth--;
                    separate(in.getLocalName(), body);
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    body.flowing(in.getText());
                    out.requireRoom();
                }
                default -> {
                    // comments and instructions are not shown
                }
            }
        }
        body.endLine();
    }

    private static void separate(String element, Lines body) {
        if (LINES.contains(element)) {
            body.endLine();
        } else if (CELLS.contains(element)) {
            body.endCell();
        }
    }

    /** Also what a later version has deleted (CDA, {@code content/@revised}). */
    private static boolean isUnseen(XMLStreamReader in) {
        return UNSEEN.contains(in.getLocalName()) || "delete".equals(in.getAttributeValue(null, "revised"));
    }
}
