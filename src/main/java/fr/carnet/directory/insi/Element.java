package fr.carnet.directory.insi;

import fr.carnet.validation.HardenedXml;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** An element of a small XML message, read whole. */
final class Element {

    private static final int DEEPEST = 20;

    private final String name;
    private final Map<String, String> attributes = new HashMap<>();
    private final List<Element> children = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    private Element(String name) {
        this.name = name;
    }

    /**
     * Reads a message.
     *
     * @throws XMLStreamException if it is no XML, brings a document type, or nests absurdly
     */
    static Element read(byte... message) throws XMLStreamException {
        XMLStreamReader xml = HardenedXml.reader(message, message.length);
        var root = new Element("");
        Deque<Element> open = new ArrayDeque<>(List.of(root));
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> start(xml, open);
                case XMLStreamConstants.END_ELEMENT -> open.pop();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                    open.element().text.append(xml.getText());
                case XMLStreamConstants.DTD -> throw new XMLStreamException("document type");
                default -> {
                    // comments and the like say nothing
                }
            }
        }
        return root.children.get(0);
    }

    private static void start(XMLStreamReader xml, Deque<Element> open) throws XMLStreamException {
        if (open.size() > DEEPEST) {
            throw new XMLStreamException("too deep");
        }
        var element = new Element(name(xml.getNamespaceURI(), xml.getLocalName()));
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            element.attributes.put(xml.getAttributeLocalName(i), xml.getAttributeValue(i));
        }
        open.element().children.add(element);
        open.push(element);
    }

    private static String name(String namespace, String localName) {
        return "{" + (namespace == null ? "" : namespace) + "}" + localName;
    }

    boolean is(String namespace, String localName) {
        return name.equals(name(namespace, localName));
    }

    List<Element> children(String namespace, String localName) {
        return children.stream().filter(child -> child.is(namespace, localName)).toList();
    }

    /** The first element down a path of one namespace. */
    Optional<Element> find(String namespace, String... path) {
        Optional<Element> place = Optional.of(this);
        for (String step : path) {
            place = place.flatMap(
                    element -> element.children(namespace, step).stream().findFirst());
        }
        return place;
    }

    /** Text of the first element down a path; empty if it is blank or absent. */
    Optional<String> text(String namespace, String... path) {
        return find(namespace, path)
                .map(element -> element.text.toString().strip())
                .filter(t -> !t.isEmpty());
    }

    Optional<String> attribute(String localName) {
        return Optional.ofNullable(attributes.get(localName));
    }
}
