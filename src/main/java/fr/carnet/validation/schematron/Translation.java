package fr.carnet.validation.schematron;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.transform.Source;
import net.sf.saxon.lib.ResourceRequest;
import net.sf.saxon.s9api.Processor;
import net.sf.saxon.s9api.QName;
import net.sf.saxon.s9api.SaxonApiException;
import net.sf.saxon.s9api.XdmDestination;
import net.sf.saxon.s9api.XdmNode;
import net.sf.saxon.s9api.XdmNodeKind;
import net.sf.saxon.s9api.XmlProcessingError;
import net.sf.saxon.s9api.Xslt30Transformer;
import net.sf.saxon.s9api.XsltCompiler;
import net.sf.saxon.s9api.XsltExecutable;
import net.sf.saxon.trans.XPathException;

/**
 * Makes a stylesheet of a schematron, in the three steps of ISO Schematron (includes, abstract patterns, SVRL), whose
 * stylesheets come with ph-schematron. They are run here and not by it, so that they read by our rules.
 */
final class Translation {

    private static final String STYLESHEETS = "external/schematron/20100710-xslt2/";
    private static final String SCHEME = "iso:/";
    private static final List<String> STEPS =
            List.of("iso_dsdl_include.xsl", "iso_abstract_expand.xsl", "iso_svrl_for_xslt2.xsl");
    private static final QName SCHEMA = new QName("http://purl.oclc.org/dsdl/schematron", "schema");

    private final OwnFolder folder;
    private final Processor saxon;
    private final List<XsltExecutable> steps = new ArrayList<>();

    Translation(OwnFolder folder) {
        this.folder = folder;
        this.saxon = folder.saxon();
        XsltCompiler compiler = saxon.newXsltCompiler();
        compiler.setResourceResolver(Translation::stylesheet);
        try {
            for (String step : STEPS) {
                steps.add(compiler.compile(stylesheet(step)));
            }
        } catch (SaxonApiException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Translates and compiles.
     *
     * @param name relative to the folder
     * @throws UnreadableSchematron if it is not there, or no schematron
     */
    XsltExecutable compile(String name) {
        List<XmlProcessingError> errors = new ArrayList<>();
        try {
            Path file = folder.file(name);
            XdmNode translated = parse(file);
            for (XsltExecutable step : steps) {
                translated = run(step, translated, file.toUri());
            }
            XsltCompiler compiler = saxon.newXsltCompiler();
            compiler.setResourceResolver(folder);
            compiler.setErrorList(errors);
            return compiler.compile(translated.asSource());
        } catch (IOException | SaxonApiException e) {
            String why = errors.isEmpty()
                    ? String.valueOf(e.getMessage())
                    : errors.get(0).getMessage();
            throw new UnreadableSchematron("start.schematron-file", e, name, why);
        }
    }

    private XdmNode parse(Path file) throws IOException, SaxonApiException {
        try (InputStream in = Files.newInputStream(file)) {
            XdmNode read = saxon.newDocumentBuilder()
                    .build(ShutSaxon.source(in, file.toUri().toString()));
            boolean schema = read.children(node -> node.getNodeKind() == XdmNodeKind.ELEMENT)
                    .iterator()
                    .next()
                    .getNodeName()
                    .equals(SCHEMA);
            if (!schema) {
                throw new IOException("no schema of ISO Schematron");
            }
            return read;
        }
    }

    private XdmNode run(XsltExecutable step, XdmNode input, URI base) throws SaxonApiException {
        Xslt30Transformer transformer = ShutSaxon.shut(step.load30(), folder);
        var result = new XdmDestination();
        result.setBaseURI(base);
        transformer.setGlobalContextItem(input);
        transformer.applyTemplates(input, result);
        return result.getXdmNode();
    }

    private static Source stylesheet(ResourceRequest request) throws XPathException {
        String name = request.uri.substring(SCHEME.length());
        if (!request.uri.startsWith(SCHEME) || name.contains("/")) {
            throw new XPathException("no stylesheet: " + request.uri);
        }
        return stylesheet(name);
    }

    private static Source stylesheet(String name) {
        InputStream in = Translation.class.getClassLoader().getResourceAsStream(STYLESHEETS + name);
        return ShutSaxon.source(in, SCHEME + name);
    }
}
