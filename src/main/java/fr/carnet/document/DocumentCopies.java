package fr.carnet.document;

import fr.carnet.document.iti68.FileName;
import fr.carnet.shared.Fault;
import fr.carnet.shared.LinkSeal;
import java.io.InputStream;

/** Documents as somebody takes them with him: metadata as a reading would answer them, and contents. */
public final class DocumentCopies {

    private final ContentStore contents;
    private final RegistryAnswer answer;
    private final String base;

    /** @param base public FHIR base URL, for the links in the metadata */
    public DocumentCopies(ContentStore contents, LinkSeal seal, String base) {
        this.contents = contents;
        this.answer = new RegistryAnswer(seal);
        this.base = base;
    }

    /**
     * A content.
     *
     * @param ending of a file with it, e.g. {@code pdf}
     * @param bytes to be read once
     */
    public record Copy(String ending, InputStream bytes) {}

    /** Metadata of a sieved row, as JSON. */
    public String metadata(RegistryPage page, RegistryRow row) {
        return answer.resource(page, row, base);
    }

    /**
     * The content of a document.
     *
     * @throws Fault 404 if it is gone meanwhile
     */
    public Copy content(RegistryRow row) {
        return row.content()
                .flatMap(contents::open)
                .map(content -> new Copy(FileName.ending(content.mediaType()), content.bytes()))
                .orElseThrow(() -> Fault.of(404, "not-found"));
    }
}
