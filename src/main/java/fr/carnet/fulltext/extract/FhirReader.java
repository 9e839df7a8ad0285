package fr.carnet.fulltext.extract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import fr.carnet.fulltext.extract.Extraction.Reason;
import fr.carnet.validation.HardenedXml;
import java.io.IOException;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads FHIR R4 in JSON or XML as a stream of elements, without a model of its resources. */
final class FhirReader {

    private static final String XHTML = "http://www.w3.org/1999/xhtml";
    private static final String FHIR = "http://hl7.org/fhir";
    private static final JsonFactory JSON = new JsonFactory();

    private FhirReader() {}

    static void readJson(byte[] content, Gathered out) throws Textless {
        FhirElements elements = new FhirElements(out);
        try (JsonParser in = JSON.createParser(content)) {
            for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
                switch (token) {
                    case START_OBJECT ->
                        elements.begin(name(in.getParsingContext().getParent()));
                    case END_OBJECT -> elements.end();
                    case VALUE_STRING -> value(in, elements, out);
                    default -> {
                        // numbers, truth values, arrays, whose objects bear their name
                    }
                }
            }
        } catch (Enough e) {
            elements.interrupt();
            throw e;
        } catch (IOException e) {
            throw new Textless(Reason.MALFORMED);
        }
    }

    private static void value(JsonParser in, FhirElements elements, Gathered out) throws IOException {
        String name = name(in.getParsingContext());
        if (name.equals("div")) {
            narrative(in.getText(), out);
        } else if (FhirElements.isRead(name)) {
            elements.value(name, in.getText());
        }
        out.requireTime();
    }

    /** A narrative that is no XML is left out; the rest is read. */
    private static void narrative(String xhtml, Gathered out) {
        try {
            XMLStreamReader in = HardenedXml.reader(HtmlEntities.numeric(xhtml));
            while (in.next() != XMLStreamConstants.START_ELEMENT) {
                // instructions and comments before it
                out.requireTime();
            }
            Narrative.read(in, out);
        } catch (XMLStreamException e) {
            out.cut();
        }
    }

    private static String name(JsonStreamContext context) {
        JsonStreamContext at = context;
        while (at.inArray()) {
            at = at.getParent();
        }
        return at.getCurrentName() == null ? "" : at.getCurrentName();
    }

    static void readXml(byte[] content, Gathered out) throws Textless {
        FhirElements elements = new FhirElements(out);
        try {
            XMLStreamReader in = HardenedXml.reader(content, content.length);
            int depth = 0;
            while (in.hasNext()) {
                switch (in.next()) {
                    case XMLStreamConstants.DTD -> throw new Textless(Reason.MALFORMED);
                    case XMLStreamConstants.START_ELEMENT -> {
                        if (XHTML.equals(in.getNamespaceURI())) {
                            Narrative.read(in, out);
                        } else {
                            depth++;
                            Skipped.requireDepth(depth);
                            begin(in, elements, depth);
                        }
                    }
                    case XMLStreamConstants.END_ELEMENT -> {
                        depth--;
                        elements.end();
                    }
                    default -> out.requireTime();
                }
            }
        } catch (Enough e) {
            elements.interrupt();
            throw e;
        } catch (XMLStreamException e) {
            throw new Textless(Reason.MALFORMED);
        }
    }

    private static void begin(XMLStreamReader in, FhirElements elements, int depth) throws Textless {
        if (depth == 1 && !FHIR.equals(in.getNamespaceURI())) {
            throw new Textless(Reason.UNSUPPORTED_TYPE);
        }
        String name = in.getLocalName();
        String value = in.getAttributeValue(null, "value");
        if (value != null && FhirElements.isRead(name)) {
            elements.value(name, value);
        }
        elements.begin(name);
        if (Character.isUpperCase(name.charAt(0))) {
            elements.value("resourceType", name);
        }
    }
}
