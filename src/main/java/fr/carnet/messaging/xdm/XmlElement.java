package fr.carnet.messaging.xdm;

import fr.carnet.messaging.xdm.UnreadableXdm.Reason;
import fr.carnet.validation.HardenedXml;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** An element of ebRIM metadata with its attributes; read with a bound on depth and number. */
final class XmlElement {

    private static final int MAX_DEPTH = 30;
    private static final int MAX_ELEMENTS = 50_000;

    private final String name;
    private final Map<String, String> attributes = new HashMap<>();
    private final List<XmlElement> children = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    private XmlElement(String name) {
        this.name = name;
    }

    /** @throws UnreadableXdm if it is no XML, declares a document type or is too deep or long */
    static XmlElement read(byte[] bytes) throws UnreadableXdm {
        try {
            return read(HardenedXml.reader(bytes, bytes.length));
        } catch (XMLStreamException e) {
            throw new UnreadableXdm(Reason.METADATA_MALFORMED, "METADATA.XML");
        }
    }

    private static XmlElement read(XMLStreamReader in) throws XMLStreamException, UnreadableXdm {
        XmlElement document = new XmlElement("");
        Deque<XmlElement> open = new ArrayDeque<>(List.of(document));
        int elements = 0;
        while (in.hasNext()) {
            switch (in.next()) {
                case XMLStreamConstants.DTD -> throw new UnreadableXdm(Reason.DOCTYPE, "METADATA.XML");
                case XMLStreamConstants.START_ELEMENT -> {
                    elements++;
                    if (elements > MAX_ELEMENTS || open.size() > MAX_DEPTH) {
                        throw new UnreadableXdm(Reason.TOO_LARGE, "METADATA.XML");
                    }
                    open.push(open.element().child(in));
                }
                case XMLStreamConstants.END_ELEMENT -> open.pop();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                    open.element().text.append(in.getText());
                default -> {
                    // comments and processing instructions say nothing
                }
            }
        }
        return document.children.get(0);
    }

    private XmlElement child(XMLStreamReader in) {
        boolean known = Ebrim.RIM.equals(in.getNamespaceURI()) || Ebrim.LCM.equals(in.getNamespaceURI());
        XmlElement child = new XmlElement(known ? in.getLocalName() : "");
        for (int i = 0; i < in.getAttributeCount(); i++) {
            child.attributes.put(in.getAttributeLocalName(i), in.getAttributeValue(i));
        }
        children.add(child);
        return child;
    }

    String name() {
        return name;
    }

    /** Elements at a path of local names of ebRIM. */
    Stream<XmlElement> all(String path) {
        Stream<XmlElement> found = Stream.of(this);
        for (String step : path.split("/", -1)) {
            found = found.flatMap(e -> e.children.stream().filter(c -> c.name.equals(step)));
        }
        return found;
    }

    /** Attribute that is there and not blank. */
    Optional<String> get(String attribute) {
        return Optional.ofNullable(attributes.get(attribute)).map(String::strip).filter(v -> !v.isEmpty());
    }

    boolean is(String attribute, String value) {
        return value.equals(attributes.get(attribute));
    }

    /** Text without the white space around it. */
    String text() {
        return text.toString().strip();
    }

    /** Values of a slot. */
    List<String> slot(String slotName) {
        return all("Slot")
                .filter(s -> s.is("name", slotName))
                .flatMap(s -> s.all("ValueList/Value"))
                .map(XmlElement::text)
                .filter(v -> !v.isEmpty())
                .toList();
    }
}
