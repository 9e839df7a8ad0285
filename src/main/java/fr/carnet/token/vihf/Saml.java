package fr.carnet.token.vihf;

import fr.carnet.token.establishment.EstablishmentError;
import fr.carnet.token.establishment.EstablishmentRefusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Steps through the elements of SAML 2.0 ({@code urn:oasis:names:tc:SAML:2.0:assertion}). */
final class Saml {

    private static final String NAMESPACE = "urn:oasis:names:tc:SAML:2.0:assertion";

    private Saml() {}

    static boolean is(Element element, String name) {
        return NAMESPACE.equals(element.getNamespaceURI()) && name.equals(element.getLocalName());
    }

    static Stream<Element> children(Element parent) {
        NodeList nodes = parent.getChildNodes();
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast);
    }

    static List<Element> children(Element parent, String name) {
        return children(parent).filter(child -> is(child, name)).toList();
    }

    /**
     * The child, or grandchild, that a path leads to.
     *
     * @throws EstablishmentRefusal if one of its steps is there twice
     */
    static Optional<Element> find(Element parent, String... path) {
        Optional<Element> found = Optional.of(parent);
        for (String name : path) {
            List<Element> next = found.map(element -> children(element, name)).orElse(List.of());
            if (next.size() > 1) {
                throw new EstablishmentRefusal(EstablishmentError.FIELD_INVALID, name);
            }
            found = next.stream().findFirst();
        }
        return found;
    }

    /** Text of an element, or of an attribute, that is not blank. */
    static Optional<String> text(String text) {
        return Optional.ofNullable(text).map(String::strip).filter(stripped -> !stripped.isEmpty());
    }

    /** Time of an attribute, {@code xs:dateTime} with its zone. */
    static Optional<Instant> time(Element element, String attribute) {
        try {
            return text(element.getAttribute(attribute))
                    .map(OffsetDateTime::parse)
                    .map(OffsetDateTime::toInstant);
        } catch (DateTimeException e) {
            throw new EstablishmentRefusal(EstablishmentError.FIELD_INVALID, attribute);
        }
    }
}
