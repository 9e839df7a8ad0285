package fr.carnet.token.vihf;

import fr.carnet.token.establishment.EstablishmentError;
import fr.carnet.token.establishment.EstablishmentRefusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** XML of strangers as a tree: no DOCTYPE, hence no entity; nothing fetched; bounded depth and number of attributes. */
final class HardenedDom {

    private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";
    private static final String MAX_DEPTH = "jdk.xml.maxElementDepth";
    private static final String MAX_ATTRIBUTES = "jdk.xml.elementAttributeLimit";
    private static final int DEPTH = 24;
    private static final int ATTRIBUTES = 32;

    private HardenedDom() {}

    /** @throws EstablishmentRefusal {@link EstablishmentError#ASSERTION_MALFORMED} */
    static Document parse(byte[] xml) {
        try {
            return builder().parse(new ByteArrayInputStream(xml));
        } catch (SAXException | IOException e) {
            throw new EstablishmentRefusal(EstablishmentError.ASSERTION_MALFORMED, e);
        }
    }

    private static DocumentBuilder builder() {
        // the JDK's own, whichever others the class path holds: the limits are its
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        try {
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature(NO_DOCTYPE, true);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            factory.setAttribute(MAX_DEPTH, DEPTH);
            factory.setAttribute(MAX_ATTRIBUTES, ATTRIBUTES);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            return builder;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK's parser has these features", e);
        }
    }
}
