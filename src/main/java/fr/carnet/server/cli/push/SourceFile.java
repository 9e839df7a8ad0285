package fr.carnet.server.cli.push;

import fr.carnet.validation.CdaHeader;
import fr.carnet.validation.CodeTables;
import fr.carnet.validation.SubmissionLimits;
import fr.carnet.validation.UnreadableCda;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A document of a folder: a CDA ({@code .xml}), or a PDF with what its header would say in a sidecar of the same name. */
public final class SourceFile {

    private static final String CDA = "text/xml";
    private static final String PDF = "application/pdf";

    private final Path path;
    private final byte[] content;
    private final CdaHeader header;

    private SourceFile(Path path, byte[] content, CdaHeader header) {
        this.path = path;
        this.content = content;
        this.header = header;
    }

    /** Paths of the documents of a folder, in the order of their names. */
    public static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(f -> isNamed(f, ".xml") || isNamed(f, ".pdf"))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Reads a document and what is known of it.
     *
     * @throws Unusable if it cannot be sent; nothing of its content is repeated
     */
    public static SourceFile read(Path path, CodeTables tables) throws Unusable {
        try {
            if (Files.size(path) > SubmissionLimits.DEFAULTS.maxDocumentBytes()) {
                throw new Unusable("push.too-large", SubmissionLimits.DEFAULTS.maxDocumentBytes());
            }
            byte[] content = Files.readAllBytes(path);
            CdaHeader header =
                    isNamed(path, ".pdf") ? Sidecar.read(sidecar(path), content, tables) : CdaHeader.read(content);
            return new SourceFile(path, content, header);
        } catch (UnreadableCda e) {
            throw new Unusable("push.unreadable", e.reason(), e.where());
        } catch (IOException e) {
            throw new Unusable("push.no-file");
        }
    }

    /** Name of the file. */
    public String name() {
        return path.getFileName().toString();
    }

    /** Raw bytes. */
    public byte[] content() {
        return content.clone();
    }

    /** What is known of it. */
    public CdaHeader header() {
        return header;
    }

    /** Of the bytes. */
    public String mediaType() {
        return isNamed(path, ".pdf") ? PDF : CDA;
    }

    private static Path sidecar(Path pdf) throws Unusable {
        String name = pdf.getFileName().toString();
        Path sidecar = pdf.resolveSibling(name.substring(0, name.length() - ".pdf".length()) + ".json");
        if (!Files.isRegularFile(sidecar)) {
            throw new Unusable("push.bare-pdf", sidecar.getFileName());
        }
        return sidecar;
    }

    private static boolean isNamed(Path path, String ending) {
        return path.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(ending);
    }

    /** A file that is not sent; says why by the key of a sentence. */
    public static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        private final String key;
        private final transient Object[] details;

        Unusable(String key, Object... details) {
            super(key);
            this.key = key;
            this.details = details.clone();
        }

        String key() {
            return key;
        }

        Object[] details() {
            return details.clone();
        }
    }
}
