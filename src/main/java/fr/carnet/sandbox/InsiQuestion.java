package fr.carnet.sandbox;

import fr.carnet.validation.HardenedXml;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** A search of INSi as it arrives: the texts of its elements by their name. */
final class InsiQuestion {

    private static final String SEARCH = "http://www.cnamts.fr/INSiRecSans";
    private static final String ADDRESSING = "http://www.w3.org/2005/08/addressing";
    private static final String LPS = "urn:siram:lps:ctxlps";
    private static final QName ENVELOPE = new QName("http://www.w3.org/2003/05/soap-envelope", "Envelope");

    private final Map<QName, String> texts = new HashMap<>();

    private InsiQuestion() {}

    /** @throws XMLStreamException if it is no SOAP 1.2 message */
    static InsiQuestion read(byte... message) throws XMLStreamException {
        var question = new InsiQuestion();
        XMLStreamReader xml = HardenedXml.reader(message, message.length);
        StringBuilder text = new StringBuilder();
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    question.texts.putIfAbsent(xml.getName(), "");
                    text.setLength(0);
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(xml.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    question.texts.merge(
                            xml.getName(), text.toString().strip(), (first, now) -> first.isEmpty() ? now : first);
                    text.setLength(0);
                }
                case XMLStreamConstants.DTD -> throw new XMLStreamException("document type");
                default -> {
                    // comments and the like say nothing
                }
            }
        }
        if (!question.texts.containsKey(ENVELOPE)) {
            throw new XMLStreamException("no envelope");
        }
        return question;
    }

    Optional<String> trait(String name) {
        return text(SEARCH, name);
    }

    Optional<String> action() {
        return text(ADDRESSING, "Action");
    }

    Optional<String> messageId() {
        return text(ADDRESSING, "MessageID");
    }

    Optional<String> authorisation() {
        return text(LPS, "IDAM");
    }

    private Optional<String> text(String namespace, String name) {
        return Optional.ofNullable(texts.get(new QName(namespace, name))).filter(text -> !text.isEmpty());
    }
}
