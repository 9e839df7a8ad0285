package fr.carnet.directory.insi;

import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A search as SOAP 1.2: WSDL « DESIR_ICIR_EXP 1.5.0 », contexts BAM 01_02 and LPS 01_00. */
final class Envelope {

    static final String SOAP = "http://www.w3.org/2003/05/soap-envelope";
    static final String ACTION = "urn:ServiceIdentiteCertifiee:1.0.0:rechercherInsAvecTraitsIdentite";

    private static final String ADDRESSING = "http://www.w3.org/2005/08/addressing";
    private static final String BAM = "urn:siram:bam:ctxbam";
    private static final String LPS = "urn:siram:lps:ctxlps";
    private static final String SEARCH = "http://www.cnamts.fr/INSiRecSans";
    /** Kind of the number of authorisation of a software. */
    private static final String AUTHORISATION_KIND = "4";

    private final InsiSettings settings;
    private final Clock clock;

    Envelope(InsiSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    byte[] search(SearchedTraits traits) {
        var bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            open(xml, "soap", SOAP, "Envelope");
            xml.writeStartElement("soap", "Header", SOAP);
            header(xml);
            xml.writeEndElement();
            xml.writeStartElement("soap", "Body", SOAP);
            body(xml, traits);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a search could not be written");
        }
        return bytes.toByteArray();
    }

    private void header(XMLStreamWriter xml) throws XMLStreamException {
        String now = clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
        open(xml, "ctxbam", BAM, "ContexteBAM");
        xml.writeAttribute("Version", "01_02");
        text(xml, "ctxbam", BAM, "Id", UUID.randomUUID().toString());
        text(xml, "ctxbam", BAM, "Temps", now);
        text(xml, "ctxbam", BAM, "Emetteur", settings.emitter());
        text(xml, "ctxbam", BAM, "COUVERTURE", "");
        xml.writeEndElement();
        open(xml, "ctxlps", LPS, "ContexteLPS");
        xml.writeAttribute("Nature", "CTXLPS");
        xml.writeAttribute("Version", "01_00");
        text(xml, "ctxlps", LPS, "Id", UUID.randomUUID().toString());
        text(xml, "ctxlps", LPS, "Temps", now);
        text(xml, "ctxlps", LPS, "Emetteur", settings.emitter());
        software(xml);
        xml.writeEndElement();
        root(xml, "wsa", ADDRESSING, "Action", ACTION);
        root(xml, "wsa", ADDRESSING, "MessageID", "uuid:" + UUID.randomUUID());
    }

    private void software(XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartElement("ctxlps", "LPS", LPS);
        xml.writeStartElement("ctxlps", "IDAM", LPS);
        xml.writeAttribute("R", AUTHORISATION_KIND);
        xml.writeCharacters(settings.authorisation());
        xml.writeEndElement();
        text(xml, "ctxlps", LPS, "Version", settings.version());
        text(xml, "ctxlps", LPS, "Instance", settings.instance());
        text(xml, "ctxlps", LPS, "Nom", "urn:lps:" + settings.software() + ":" + settings.version());
        xml.writeEndElement();
    }

    private static void body(XMLStreamWriter xml, SearchedTraits traits) throws XMLStreamException {
        open(xml, "insi", SEARCH, "RECSANSVITALE");
        text(xml, "insi", SEARCH, "NomNaissance", traits.birthName());
        text(xml, "insi", SEARCH, "Prenom", traits.givenName());
        text(xml, "insi", SEARCH, "Sexe", traits.sex().name());
        text(xml, "insi", SEARCH, "DateNaissance", traits.birthDate());
        if (traits.birthPlace().isPresent()) {
            text(xml, "insi", SEARCH, "LieuNaissance", traits.birthPlace().get());
        }
    }

    private static void open(XMLStreamWriter xml, String prefix, String namespace, String name)
            throws XMLStreamException {
        xml.writeStartElement(prefix, name, namespace);
        xml.writeNamespace(prefix, namespace);
    }

    private static void root(XMLStreamWriter xml, String prefix, String namespace, String name, String text)
            throws XMLStreamException {
        open(xml, prefix, namespace, name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private static void text(XMLStreamWriter xml, String prefix, String namespace, String name, String text)
            throws XMLStreamException {
        xml.writeStartElement(prefix, name, namespace);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }
}
