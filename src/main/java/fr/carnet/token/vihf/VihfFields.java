package fr.carnet.token.vihf;

import fr.carnet.token.establishment.EstablishmentError;
import fr.carnet.token.establishment.EstablishmentRefusal;
import fr.carnet.token.establishment.StatedRoles.Code;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/** The attribute statements of an assertion, read strictly: what may be given once is refused when it is given twice. */
final class VihfFields {

    private static final String HL7 = "urn:hl7-org:v3";

    private final List<Element> attributes;

    VihfFields(Element assertion) {
        attributes = Saml.children(assertion, "AttributeStatement").stream()
                .flatMap(statement -> Saml.children(statement, "Attribute").stream())
                .toList();
    }

    /** @throws EstablishmentRefusal if it is not there */
    String required(VihfField field) {
        return text(field).orElseThrow(() -> missing(field));
    }

    /** Text of the only value. */
    Optional<String> text(VihfField field) {
        List<Element> values = values(field).toList();
        if (values.size() > 1) {
            throw invalid(field);
        }
        return values.stream().findFirst().flatMap(value -> plain(field, value));
    }

    /** Codes of all its values, in their order. */
    List<Code> codes(VihfField field) {
        return values(field).map(value -> code(field, value)).toList();
    }

    /** The only value, be it a text or a code. */
    Optional<String> textOrCode(VihfField field) {
        boolean coded =
                values(field).anyMatch(value -> Saml.children(value).findAny().isPresent());
        return coded ? codes(field).stream().map(Code::code).findFirst() : text(field);
    }

    EstablishmentRefusal missing(VihfField field) {
        return new EstablishmentRefusal(EstablishmentError.FIELD_MISSING, field.attribute());
    }

    EstablishmentRefusal invalid(VihfField field) {
        return new EstablishmentRefusal(EstablishmentError.FIELD_INVALID, field.attribute());
    }

    private Stream<Element> values(VihfField field) {
        return attributes.stream()
                .filter(attribute -> attribute.getAttribute("Name").equalsIgnoreCase(field.attribute()))
                .flatMap(attribute -> Saml.children(attribute, "AttributeValue").stream());
    }

    private Optional<String> plain(VihfField field, Element value) {
        if (Saml.children(value).findAny().isPresent()) {
            throw invalid(field);
        }
        return Saml.text(value.getTextContent());
    }

    /** A coded element of HL7 v3: {@code <Role code="10" codeSystem="1.2.250.1.71.1.2.7" …>}. */
    private Code code(VihfField field, Element value) {
        List<Element> coded = Saml.children(value).toList();
        if (coded.size() != 1 || !HL7.equals(coded.get(0).getNamespaceURI())) {
            throw invalid(field);
        }
        Element element = coded.get(0);
        return new Code(
                Saml.text(element.getAttribute("codeSystem")).orElseThrow(() -> invalid(field)),
                Saml.text(element.getAttribute("code")).orElseThrow(() -> invalid(field)));
    }
}
