package fr.carnet.validation.schematron;

import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.transform.Source;
import javax.xml.transform.sax.SAXSource;
import net.sf.saxon.Configuration;
import net.sf.saxon.lib.EnvironmentVariableResolver;
import net.sf.saxon.lib.Feature;
import net.sf.saxon.lib.FeatureKeys;
import net.sf.saxon.lib.Logger;
import net.sf.saxon.lib.ResourceResolver;
import net.sf.saxon.s9api.Processor;
import net.sf.saxon.s9api.Xslt30Transformer;
import net.sf.saxon.trans.XPathException;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;

/**
 * Saxon with its doors shut: no DTD, no entity, no Java, no property of the machine, nothing read but by one resolver,
 * nothing written. It says nothing to the console or the log either, for its messages quote the document.
 */
final class ShutSaxon {

    private static final String APACHE = "http://apache.org/xml/features/";
    private static final String NO_DOCTYPE = APACHE + "disallow-doctype-decl";
    private static final String SAX = "http://xml.org/sax/features/";

    private ShutSaxon() {}

    /** @param only reads whatever may be read; throws for the rest */
    static Processor processor(ResourceResolver only) {
        var configuration = new Configuration();
        configuration.setBooleanProperty(Feature.ALLOW_EXTERNAL_FUNCTIONS, false);
        configuration.setBooleanProperty(Feature.DISABLE_XSL_EVALUATE, true);
        configuration.setConfigurationProperty(Feature.ALLOWED_PROTOCOLS, "");
        configuration.setConfigurationProperty(Feature.ENVIRONMENT_VARIABLE_RESOLVER, new NoVariables());
        // of the parsers that it makes itself, for parse-xml(); the others are ours
        configuration.setConfigurationProperty(FeatureKeys.XML_PARSER_FEATURE + encoded(NO_DOCTYPE), true);
        configuration.setResourceResolver(only);
        configuration.setUnparsedTextURIResolver((uri, encoding, own) -> {
            throw new XPathException("no text is read", "FOUT1170");
        });
        configuration.setCollectionFinder((context, uri) -> {
            throw new XPathException("no collection is read", "FODC0002");
        });
        configuration.setLogger(new Silence());
        return new Processor(configuration);
    }

    /** XML without document type. */
    static Source source(InputStream in, String systemId) {
        var source = new InputSource(in);
        source.setSystemId(systemId);
        return new SAXSource(reader(), source);
    }

    /** What a run could still say or write beside its result is refused. */
    static Xslt30Transformer shut(Xslt30Transformer transformer, ResourceResolver only) {
        transformer.setResourceResolver(only);
        transformer.setErrorReporter(error -> {});
        transformer.setMessageHandler(message -> {});
        transformer.setTraceFunctionDestination(null);
        transformer.setResultDocumentHandler(uri -> {
            throw new IllegalStateException("nothing is written");
        });
        return transformer;
    }

    private static String encoded(String feature) {
        return URLEncoder.encode(feature, StandardCharsets.UTF_8);
    }

    /** A parser that knows no document type and no entity. */
    static XMLReader reader() {
        try {
            SAXParserFactory factory = SAXParserFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature(NO_DOCTYPE, true);
            factory.setFeature(APACHE + "nonvalidating/load-external-dtd", false);
            factory.setFeature(SAX + "external-general-entities", false);
            factory.setFeature(SAX + "external-parameter-entities", false);
            return factory.newSAXParser().getXMLReader();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The environment of the server is nobody's business. */
    private static final class NoVariables implements EnvironmentVariableResolver {

        @Override
        public Set<String> getAvailableEnvironmentVariables() {
            return Set.of();
        }

        @Override
        public String getEnvironmentVariable(String name) {
            return null;
        }
    }

    /** Its warnings quote what they warn of. */
    private static final class Silence extends Logger {

        @Override
        public void println(String message, int severity) {
            // says nothing
        }
    }
}
