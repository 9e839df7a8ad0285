package fr.carnet.validation.schematron;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.validation.SchemaFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;

/**
 * What the schematron libraries bring does not change who reads XML for the others: the parsers stay the JDK's. The default
 * transformer is Saxon's, as it has been ever since HAPI brought Saxon; {@code ArchitectureTest} sees that nobody here asks
 * for it.
 */
class XmlDefaultsTest {

    private static final String JDK = "com.sun.org.apache.";

    @Test
    void parsersAreTheJdks() {
        assertThat(DocumentBuilderFactory.newInstance().getClass().getName()).startsWith(JDK);
        assertThat(SAXParserFactory.newInstance().getClass().getName()).startsWith(JDK);
        assertThat(XPathFactory.newInstance().getClass().getName()).startsWith(JDK);
        assertThat(SchemaFactory.newInstance("http://www.w3.org/2001/XMLSchema")
                        .getClass()
                        .getName())
                .startsWith(JDK);
    }

    @Test
    void theTransformerIsTheOneSaxon() {
        assertThat(TransformerFactory.newInstance().getClass().getName())
                .isEqualTo("net.sf.saxon.TransformerFactoryImpl");
    }

    @Test
    void noLibraryOffersItselfForThem() throws IOException {
        for (String service : List.of(
                "javax.xml.parsers.DocumentBuilderFactory",
                "javax.xml.parsers.SAXParserFactory",
                "javax.xml.xpath.XPathFactory",
                "javax.xml.validation.SchemaFactory",
                "org.xml.sax.driver")) {
            List<URL> offered =
                    Collections.list(getClass().getClassLoader().getResources("META-INF/services/" + service));
            assertThat(offered).as(service).isEmpty();
        }
    }
}
