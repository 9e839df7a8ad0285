package fr.carnet.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** What INSi answers, as SOAP 1.2. */
final class InsiMessage {

    private static final String SOAP = "http://www.w3.org/2003/05/soap-envelope";
    private static final String RESULT = "http://www.cnamts.fr/INSiResultat";
    private static final String SIRAM = "urn:siram";

    private InsiMessage() {}

    /** Writes what goes into the body. */
    @FunctionalInterface
    private interface Body {
        void write(XMLStreamWriter xml) throws XMLStreamException;
    }

    static String result(String code, String label, Optional<InsiPerson> person) {
        return envelope(xml -> {
            xml.writeStartElement("", "RESULTAT", RESULT);
            xml.writeDefaultNamespace(RESULT);
            xml.writeStartElement(RESULT, "CR");
            text(xml, "CodeCR", code);
            text(xml, "LibelleCR", label);
            xml.writeEndElement();
            if (person.isPresent()) {
                person(xml, person.get());
            }
            xml.writeEndElement();
        });
    }

    private static void person(XMLStreamWriter xml, InsiPerson person) throws XMLStreamException {
        xml.writeStartElement(RESULT, "INDIVIDU");
        matricule(xml, "INSACTIF", person.oid(), person.matricule());
        if (person.former().isPresent()) {
            matricule(xml, "INSHISTO", person.oid(), person.former().get());
        }
        xml.writeStartElement(RESULT, "TIQ");
        text(xml, "NomNaissance", person.birthName());
        text(xml, "ListePrenom", person.givenNames());
        text(xml, "Sexe", person.sex());
        text(xml, "DateNaissance", person.birthDate());
        if (person.birthPlace().isPresent()) {
            text(xml, "LieuNaissance", person.birthPlace().get());
        }
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static void matricule(XMLStreamWriter xml, String element, String oid, String matricule)
            throws XMLStreamException {
        int key = matricule.length() - 2;
        xml.writeStartElement(RESULT, element);
        xml.writeStartElement(RESULT, "IdIndividu");
        text(xml, "NumIdentifiant", matricule.substring(0, key));
        text(xml, "Cle", matricule.substring(key));
        xml.writeEndElement();
        text(xml, "OID", oid);
        xml.writeEndElement();
    }

    static String fault(InsiFault fault, Optional<String> messageId) {
        return envelope(xml -> {
            xml.writeStartElement("soap", "Fault", SOAP);
            xml.writeStartElement("soap", "Code", SOAP);
            soap(xml, "Value", "soap:" + fault.role());
            if (fault.subcode().isPresent()) {
                xml.writeStartElement("soap", "Subcode", SOAP);
                soap(xml, "Value", "soap:" + fault.subcode().get());
                xml.writeEndElement();
            }
            xml.writeEndElement();
            xml.writeStartElement("soap", "Reason", SOAP);
            xml.writeStartElement("soap", "Text", SOAP);
            xml.writeAttribute("xml", "http://www.w3.org/XML/1998/namespace", "lang", "fr");
            xml.writeCharacters(fault.reason());
            xml.writeEndElement();
            xml.writeEndElement();
            if (fault.code().isPresent()) {
                detail(xml, fault, messageId);
            }
            xml.writeEndElement();
        });
    }

    private static void detail(XMLStreamWriter xml, InsiFault fault, Optional<String> messageId)
            throws XMLStreamException {
        xml.writeStartElement("soap", "Detail", SOAP);
        xml.writeStartElement("siram", "Erreur", SIRAM);
        xml.writeNamespace("siram", SIRAM);
        xml.writeAttribute("severite", fault.severity());
        xml.writeAttribute("code", fault.code().orElseThrow());
        if (messageId.isPresent()) {
            xml.writeAttribute("messageID", messageId.get());
        }
        xml.writeCharacters(fault.reason());
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static String envelope(Body body) {
        var bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("soap", "Envelope", SOAP);
            xml.writeNamespace("soap", SOAP);
            xml.writeStartElement("soap", "Body", SOAP);
            body.write(xml);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("an answer could not be written");
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static void text(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(RESULT, name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private static void soap(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement("soap", name, SOAP);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }
}
