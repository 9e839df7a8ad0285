package fr.carnet.validation.schematron;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import net.sf.saxon.s9api.QName;
import net.sf.saxon.s9api.SaxonApiException;
import net.sf.saxon.s9api.XdmDestination;
import net.sf.saxon.s9api.XdmNode;
import net.sf.saxon.s9api.Xslt30Transformer;
import net.sf.saxon.s9api.XsltExecutable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One schematron, compiled. Thread-safe: each document gets a transformer of its own. */
final class Schematron {

    private static final Logger LOG = LoggerFactory.getLogger(Schematron.class);
    private static final int MANY = 100;
    private static final int LONG = 1000;
    private static final Pattern STANDARD = Pattern.compile("[A-Z]{4}\\d{4}");
    private static final String UNIDENTIFIED = "FOER0000";
    private static final Set<String> FINDINGS = Set.of("failed-assert", "successful-report");
    private static final Set<String> WARNINGS = Set.of("warning", "warn");
    private static final Set<String> REMARKS = Set.of("info", "information", "hint");
    private static final Pattern NAMESPACE = Pattern.compile("\\*:([^\\[/]+)\\[namespace-uri\\(\\)='[^']*'\\]");

    private final String name;
    private final XsltExecutable compiled;
    private final OwnFolder folder;

    Schematron(String name, XsltExecutable compiled, OwnFolder folder) {
        this.name = name;
        this.compiled = compiled;
        this.folder = folder;
    }

    /** @param document whose root is the ClinicalDocument */
    SchematronReport check(XdmNode document) {
        try {
            List<SchematronFinding> all = findings(run(document));
            return new SchematronReport(
                    name, all.stream().limit(MANY).toList(), Math.max(0, all.size() - MANY), Optional.empty());
        } catch (SaxonApiException | RuntimeException e) {
            String code = code(e);
            // its message would quote the document
            LOG.warn("schematron {} gave up over a document: {}", name, code);
            return SchematronReport.failed(name, code);
        }
    }

    private XdmNode run(XdmNode document) throws SaxonApiException {
        Xslt30Transformer transformer = ShutSaxon.shut(compiled.load30(), folder);
        var result = new XdmDestination();
        transformer.setGlobalContextItem(document);
        transformer.applyTemplates(document, result);
        return result.getXdmNode();
    }

    private static String code(Exception e) {
        QName code = e instanceof SaxonApiException saxon ? saxon.getErrorCode() : null;
        return code != null && STANDARD.matcher(code.getLocalName()).matches() ? code.getLocalName() : UNIDENTIFIED;
    }

    private static List<SchematronFinding> findings(XdmNode svrl) {
        List<SchematronFinding> findings = new ArrayList<>();
        for (XdmNode output : svrl.children()) {
            for (XdmNode element : output.children(node -> isFinding(node))) {
                findings.add(finding(element));
            }
        }
        findings.sort(Comparator.comparing(SchematronFinding::grave).reversed());
        return findings;
    }

    /** A remark asks nothing of anybody. */
    private static boolean isFinding(XdmNode node) {
        return node.getNodeName() != null
                && FINDINGS.contains(node.getNodeName().getLocalName())
                && !is(node, REMARKS);
    }

    private static boolean is(XdmNode finding, Set<String> levels) {
        return levels.contains(attribute(finding, "role").toLowerCase(Locale.ROOT))
                || levels.contains(attribute(finding, "flag").toLowerCase(Locale.ROOT));
    }

    private static SchematronFinding finding(XdmNode element) {
        String text = element.getStringValue().strip().replaceAll("\\s+", " ");
        return new SchematronFinding(
                !is(element, WARNINGS),
                attribute(element, "id"),
                NAMESPACE.matcher(attribute(element, "location")).replaceAll("$1"),
                text.length() > LONG ? text.substring(0, LONG) + "…" : text);
    }

    private static String attribute(XdmNode element, String attribute) {
        return Objects.toString(element.getAttributeValue(new QName(attribute)), "");
    }
}
