package fr.carnet.validation.schematron;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.XMLFilterImpl;

/**
 * Bounds the names that documents bring. Saxon keeps every name that it has ever read, and breaks off for good after a
 * million: a few megabytes of invented names would end all checks. Honest documents share some hundreds of names.
 */
final class Vocabulary {

    private static final int OF_ONE_DOCUMENT = 1_000;
    private static final int OF_ALL = 100_000;

    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /** A reader that refuses a document with too many names that are new here. */
    XMLReader bound(XMLReader reader) {
        return new Bound(reader);
    }

    private final class Bound extends XMLFilterImpl {

        private int fresh;

        Bound(XMLReader parent) {
            super(parent);
        }

        @Override
        public void startPrefixMapping(String prefix, String uri) throws SAXException {
            learn(uri);
            super.startPrefixMapping(prefix, uri);
        }

        @Override
        public void startElement(String uri, String name, String qualified, Attributes attributes) throws SAXException {
            learn(uri + "}" + name);
            for (int i = 0; i < attributes.getLength(); i++) {
                learn(attributes.getURI(i) + "}" + attributes.getLocalName(i));
            }
            super.startElement(uri, name, qualified, attributes);
        }

        @Override
        public void processingInstruction(String target, String data) throws SAXException {
            learn("}" + target);
            super.processingInstruction(target, data);
        }

        private void learn(String name) throws SAXException {
            if (known.contains(name)) {
                return;
            }
            fresh++;
            if (fresh > OF_ONE_DOCUMENT || known.size() >= OF_ALL) {
                throw new SAXException("too many names");
            }
            known.add(name);
        }
    }
}
