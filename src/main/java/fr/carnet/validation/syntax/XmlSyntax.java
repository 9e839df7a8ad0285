package fr.carnet.validation.syntax;

import fr.carnet.shared.Fault;
import fr.carnet.validation.syntax.Grammar.AnyResource;
import fr.carnet.validation.syntax.Grammar.Child;
import fr.carnet.validation.syntax.Grammar.Narrative;
import fr.carnet.validation.syntax.Grammar.Primitive;
import fr.carnet.validation.syntax.Grammar.Shape;
import fr.carnet.validation.syntax.Grammar.Structure;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Holds XML to the grammar (FHIR R4, 2.6.1 XML Representation of Resources). */
final class XmlSyntax {

    private static final Set<String> OF_STRUCTURES = Set.of("id");
    private static final Set<String> OF_EXTENSIONS = Set.of("id", "url");
    private static final Set<String> OF_VALUES = Set.of("id", "value");

    /** As in JSON: far more than any resource needs. */
    private static final int MAX_DEPTH = 100;

    private final Grammar grammar;
    private final Complaints complaints;
    private final XMLStreamReader in;
    private int depth;

    XmlSyntax(Grammar grammar, Complaints complaints, XMLStreamReader in) {
        this.grammar = grammar;
        this.complaints = complaints;
        this.in = in;
    }

    /**
     * The resource that was sent; the reader stands before it.
     *
     * @throws Fault 413 if elements stand deeper within each other than any resource needs
     */
    void body() throws XMLStreamException {
        while (in.next() != XMLStreamConstants.START_ELEMENT) {
            if (in.getEventType() == XMLStreamConstants.DTD) {
                throw new XMLStreamException("a DOCTYPE");
            }
        }
        resource("");
        while (in.hasNext()) {
            in.next();
        }
    }

    /** The resource at whose start the reader stands. */
    private void resource(String path) throws XMLStreamException {
        Optional<Structure> structure = grammar.resource(in.getLocalName());
        if (structure.isEmpty()) {
            complaints.resourceType(path);
            skip();
            return;
        }
        String here = path.isEmpty() ? in.getLocalName() : path;
        attributes(here, Set.of());
        structure(structure.get(), here);
    }

    private void structure(Structure structure, String path) throws XMLStreamException {
        Map<Object, Integer> given = new HashMap<>();
        boolean empty = in.getAttributeCount() == 0;
        while (in.next() != XMLStreamConstants.END_ELEMENT) {
            if (in.isStartElement()) {
                empty = false;
                child(structure.child(in.getLocalName()).filter(child -> !isAttribute(structure)), path, given);
            } else {
                between(path);
            }
        }
        if (empty) {
            complaints.empty(path);
        }
    }

    private boolean isAttribute(Structure structure) {
        return structure.isExtension() && in.getLocalName().equals("url");
    }

    private void child(Optional<Child> known, String path, Map<Object, Integer> given) throws XMLStreamException {
        String name = in.getLocalName();
        if (known.isEmpty()) {
            complaints.unknown(path, name);
            skip();
            return;
        }
        Child child = known.get();
        int before = given.merge(child.definition(), 1, Integer::sum) - 1;
        if (before > 0 && !child.repeats()) {
            complaints.repeated(path, name);
            skip();
            return;
        }
        element(child.shape(), path + "." + name + (child.repeats() ? "[" + before + "]" : ""));
    }

    private void element(Shape shape, String path) throws XMLStreamException {
        depth++;
        if (depth > MAX_DEPTH) {
            throw Fault.of(413, "nested-too-deep", Integer.toString(MAX_DEPTH));
        }
        if (shape instanceof AnyResource) {
            attributes(path, Set.of());
            one(path);
        } else if (shape instanceof Structure structure) {
            attributes(path, structure.isExtension() ? OF_EXTENSIONS : OF_STRUCTURES);
            structure(structure, path);
        } else if (shape instanceof Primitive primitive) {
            attributes(path, OF_VALUES);
            value(primitive, path);
        } else if (shape instanceof Narrative) {
            skip();
        }
        depth--;
    }

    /** The one resource within {@code contained} or {@code resource}. */
    private void one(String path) throws XMLStreamException {
        boolean found = false;
        while (in.next() != XMLStreamConstants.END_ELEMENT) {
            if (!in.isStartElement()) {
                between(path);
            } else if (found) {
                complaints.repeated(path, in.getLocalName());
                skip();
            } else {
                found = true;
                resource(path);
            }
        }
        if (!found) {
            complaints.empty(path);
        }
    }

    private void value(Primitive type, String path) throws XMLStreamException {
        String text = in.getAttributeValue(null, "value");
        if (text != null && text.isBlank()) {
            complaints.empty(path);
        } else if (text != null && !type.reads(text)) {
            complaints.value(path, type.type());
        }
        int extensions = 0;
        while (in.next() != XMLStreamConstants.END_ELEMENT) {
            if (!in.isStartElement()) {
                between(path);
            } else if (in.getLocalName().equals("extension")) {
                element(grammar.extension().shape(), path + ".extension[" + extensions + "]");
                extensions++;
            } else {
                complaints.unknown(path, in.getLocalName());
                skip();
            }
        }
        if (text == null && extensions == 0) {
            complaints.empty(path);
        }
    }

    /** Where the schema is to be found may be said anywhere (xsi:schemaLocation). */
    private void attributes(String path, Set<String> known) {
        for (int i = 0; i < in.getAttributeCount(); i++) {
            boolean ofSchema = XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI.equals(in.getAttributeNamespace(i));
            if (!ofSchema
                    && !(known.contains(in.getAttributeLocalName(i))
                            && in.getAttributePrefix(i).isEmpty())) {
                complaints.unknown(path, in.getAttributeLocalName(i));
            }
        }
    }

    /** Comments and blanks say nothing; text would. */
    private void between(String path) {
        boolean text = in.isCharacters() || in.getEventType() == XMLStreamConstants.CDATA;
        if (text && !in.getText().isBlank()) {
            complaints.text(path);
        }
    }

    private void skip() throws XMLStreamException {
        for (int depth = 1; depth > 0; ) {
            int event = in.next();
            depth += event == XMLStreamConstants.START_ELEMENT ? 1 : event == XMLStreamConstants.END_ELEMENT ? -1 : 0;
        }
    }
}
