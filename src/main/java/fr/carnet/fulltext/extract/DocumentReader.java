package fr.carnet.fulltext.extract;

import fr.carnet.fulltext.extract.Extraction.None;
import fr.carnet.fulltext.extract.Extraction.Reason;
import java.util.Optional;

/** Reads a document by its media type. Runs in the worker only. */
final class DocumentReader {

    private final Bounds bounds;

    DocumentReader(Bounds bounds) {
        this.bounds = bounds;
    }

    /** Whatever a content may be, but for one that needs more memory than there is. */
    Extraction read(String mediaType, byte[] content) {
        Gathered gathered = new Gathered(bounds);
        try {
            gather(mediaType, content, gathered);
        } catch (Enough e) {
            gathered.cut();
        } catch (Textless e) {
            return new None(e.reason());
        } catch (RuntimeException | StackOverflowError e) {
            // of a library, at what it did not expect
            return new None(Reason.MALFORMED);
        }
        return gathered.toExtraction();
    }

    private static void gather(String mediaType, byte[] content, Gathered out) throws Textless {
        Optional<Format> format = Format.of(mediaType);
        if (format.isEmpty()) {
            throw new Textless(Reason.UNSUPPORTED_TYPE);
        }
        switch (format.get()) {
            case CDA -> CdaReader.read(content, out);
            case FHIR_JSON -> FhirReader.readJson(content, out);
            case FHIR_XML -> FhirReader.readXml(content, out);
            default -> gatherEnclosed(format.get(), mediaType, content, out);
        }
    }

    /** What a CDA of level 1 may enclose, too: nothing that encloses anything. */
    static void gatherEnclosed(Format format, String mediaType, byte[] content, Gathered out) throws Textless {
        switch (format) {
            case PDF -> PdfReader.read(content, out);
            case PLAIN -> PlainReader.read(mediaType, content, out);
            case RTF -> RtfReader.read(content, out);
            default -> throw new Textless(Reason.UNSUPPORTED_TYPE);
        }
    }
}
