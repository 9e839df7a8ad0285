package fr.carnet.fulltext.extract;

import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Elements that are passed over, and depths that no honest document has. */
final class Skipped {

    private static final int DEEPEST = 300;

    private Skipped() {}

    /** Goes from the start of an element to its end. */
    static void element(XMLStreamReader in) throws XMLStreamException {
        int depth = 1;
        while (depth > 0) {
            int event = in.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
                requireDepth(depth);
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
        }
    }

    /** @throws XMLStreamException beyond what a document may be nested: 300 levels, as for publication */
    static void requireDepth(int depth) throws XMLStreamException {
        if (depth > DEEPEST) {
            throw new XMLStreamException("nested too deep");
        }
    }
}
