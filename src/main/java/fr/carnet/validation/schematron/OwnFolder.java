package fr.carnet.validation.schematron;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.xml.transform.Source;
import net.sf.saxon.lib.ResourceRequest;
import net.sf.saxon.lib.ResourceResolver;
import net.sf.saxon.s9api.Processor;
import net.sf.saxon.s9api.SaxonApiException;
import net.sf.saxon.trans.XPathException;

/**
 * The operator's folder, all that a schematron may read: what it includes, and the value sets that it looks up. A link out of
 * the folder is out of it. Each file is read once, whichever schematron asks, for the value sets are large and asked for
 * with each document.
 */
final class OwnFolder implements ResourceResolver {

    private final Path folder;
    private final Processor saxon;
    private final Map<Path, Source> read = new ConcurrentHashMap<>();

    /** @throws IOException if there is no such folder */
    OwnFolder(Path folder) throws IOException {
        this.folder = folder.toRealPath();
        this.saxon = ShutSaxon.processor(this);
    }

    /** The one engine of everything that is read here. */
    Processor saxon() {
        return saxon;
    }

    /** @throws IOException if it is not there, or not within the folder */
    Path file(String name) throws IOException {
        return within(folder.resolve(name));
    }

    @Override
    public Source resolve(ResourceRequest request) throws XPathException {
        try {
            if (!ResourceRequest.XML_NATURE.equals(request.nature)
                    && !ResourceRequest.ANY_NATURE.equals(request.nature)) {
                throw new IOException("no XML");
            }
            return source(within(Path.of(uri(request.uri))));
        } catch (IOException | IllegalArgumentException | SaxonApiException e) {
            // not why: it could tell what is on this machine
            throw new XPathException("not to be read: " + request.relativeUri, "FODC0002");
        }
    }

    private static URI uri(String found) throws IOException {
        URI uri = URI.create(URI.create(found.replace(" ", "%20")).toASCIIString());
        if (!"file".equals(uri.getScheme()) || uri.getRawAuthority() != null) {
            throw new IOException("no file");
        }
        return URI.create("file://" + uri.getRawPath());
    }

    private Path within(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("no such file");
        }
        Path real = file.toRealPath();
        if (!real.startsWith(folder)) {
            throw new IOException("outside of the folder");
        }
        return real;
    }

    private Source source(Path file) throws IOException, SaxonApiException {
        Source known = read.get(file);
        if (known == null) {
            try (InputStream in = Files.newInputStream(file)) {
                known = saxon.newDocumentBuilder()
                        .build(ShutSaxon.source(in, file.toUri().toString()))
                        .getUnderlyingNode();
            }
            read.put(file, known);
        }
        return known;
    }
}
