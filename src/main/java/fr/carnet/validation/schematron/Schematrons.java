package fr.carnet.validation.schematron;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.transform.sax.SAXSource;
import net.sf.saxon.s9api.DocumentBuilder;
import net.sf.saxon.s9api.SaxonApiException;
import net.sf.saxon.s9api.XdmNode;
import net.sf.saxon.s9api.streams.Predicates;
import net.sf.saxon.s9api.streams.Steps;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xml.sax.InputSource;

/**
 * The operator's schematrons and the documents that each is for. Thread-safe; expensive to make, so there is one. Neither a
 * document nor a schematron reads anything outside the folder: see {@link ShutSaxon} and {@link OwnFolder}.
 */
public final class Schematrons {

    /** Bytes of the largest document that is checked: beyond, a careless XPath would hold a thread for minutes. */
    public static final int MAX_BYTES = 5 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Schematrons.class);
    private static final String HL7 = "urn:hl7-org:v3";

    private final SchematronTable table;
    private final OwnFolder folder;
    private final Map<String, Schematron> compiled;
    private final Vocabulary vocabulary = new Vocabulary();

    private Schematrons(SchematronTable table, OwnFolder folder, Map<String, Schematron> compiled) {
        this.table = table;
        this.folder = folder;
        this.compiled = compiled;
    }

    /**
     * Reads the table of the folder and compiles every schematron that it names.
     *
     * @throws UnreadableSchematron if one of them cannot be used
     */
    public static Schematrons load(Path folder) {
        try {
            SchematronTable table = SchematronTable.read(folder);
            var own = new OwnFolder(folder);
            return new Schematrons(table, own, compile(table.files(), own));
        } catch (IOException e) {
            throw new UnreadableSchematron("start.schematron-table", e, SchematronTable.NAME, folder);
        }
    }

    private static Map<String, Schematron> compile(Set<String> files, OwnFolder folder) {
        var translation = new Translation(folder);
        Map<String, Schematron> compiled = new LinkedHashMap<>();
        for (String file : files) {
            long start = System.nanoTime();
            compiled.put(file, new Schematron(file, translation.compile(file), folder));
            LOG.info(
                    "schematron {} of {} compiled in {} ms: {}",
                    compiled.size(),
                    files.size(),
                    Duration.ofNanos(System.nanoTime() - start).toMillis(),
                    file);
        }
        return compiled;
    }

    /**
     * What the schematrons for this document say of it; a document inside the stylesheet that shows it is taken out first.
     *
     * @param cda of {@link #MAX_BYTES} at most
     * @param format its format code, {@code ""} when none is told
     * @return one report for each; empty when none is for it
     * @throws NotReadable if it is no XML, or has a document type, no ClinicalDocument, or more names than any honest one
     */
    public List<SchematronReport> check(byte[] cda, String format) throws NotReadable {
        XdmNode document = document(cda);
        return table.files(kinds(document, format)).stream()
                .map(file -> compiled.get(file).check(document))
                .toList();
    }

    private XdmNode document(byte[] cda) throws NotReadable {
        try {
            DocumentBuilder builder = folder.saxon().newDocumentBuilder();
            XdmNode read = builder.build(new SAXSource(
                    vocabulary.bound(ShutSaxon.reader()), new InputSource(new ByteArrayInputStream(cda))));
            Optional<XdmNode> clinical =
                    read.select(Steps.descendant(HL7, "ClinicalDocument")).findFirst();
            if (clinical.isEmpty()) {
                throw new NotReadable();
            }
            boolean root = clinical.get().getParent().equals(read);
            return root ? read : builder.build(clinical.get().asSource());
        } catch (SaxonApiException e) {
            throw new NotReadable();
        }
    }

    /** What the table may name it by. */
    private static Set<String> kinds(XdmNode document, String format) {
        Set<String> kinds = new LinkedHashSet<>(List.of(format));
        document.select(Steps.child(Predicates.isElement()).then(Steps.child(HL7, "templateId")))
                .forEach(template -> {
                    String root = template.attribute("root");
                    kinds.add(root);
                    kinds.add(root + "^" + template.attribute("extension"));
                });
        return kinds;
    }

    /** A document that these readers refuse. Says nothing of it. */
    public static final class NotReadable extends Exception {

        private static final long serialVersionUID = 1L;

        NotReadable() {
            super("no readable CDA");
        }
    }
}
