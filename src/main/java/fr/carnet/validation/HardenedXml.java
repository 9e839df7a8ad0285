package fr.carnet.validation;

import java.io.ByteArrayInputStream;
import java.io.Reader;
import java.io.StringReader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The one way to read XML that somebody sent: no DTD is followed, no entity is resolved, nothing is fetched. A DOCTYPE is
 * still an event, which the reader's user refuses in words.
 */
public final class HardenedXml {

    private HardenedXml() {}

    /**
     * A reader of the first bytes.
     *
     * @param length how many of them
     * @throws XMLStreamException if they do not even begin as XML
     */
    public static XMLStreamReader reader(byte[] bytes, int length) throws XMLStreamException {
        return factory().createXMLStreamReader(new ByteArrayInputStream(bytes, 0, length));
    }

    /**
     * A reader of text, whatever encoding it says it has.
     *
     * @throws XMLStreamException if it does not even begin as XML
     */
    public static XMLStreamReader reader(String text) throws XMLStreamException {
        return reader(new StringReader(text));
    }

    /**
     * A reader of text, whatever encoding it says it has.
     *
     * @throws XMLStreamException if it does not even begin as XML
     */
    public static XMLStreamReader reader(Reader text) throws XMLStreamException {
        return factory().createXMLStreamReader(text);
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing is fetched");
        });
        return factory;
    }
}
