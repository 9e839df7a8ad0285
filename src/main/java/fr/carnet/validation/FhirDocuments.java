package fr.carnet.validation;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import fr.carnet.validation.Entries.Entry;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Composition;

/**
 * FHIR documents as contents: a Bundle of type document is never carried out, it is stored as the bytes of one encoding.
 *
 * <p>The Bundle reaches us as a part of the lot, so its bytes are ours: size and hash are those of what is stored.
 */
final class FhirDocuments {

    static final String JSON = "application/fhir+json";
    static final String XML = "application/fhir+xml";

    private static final String RULE = "fhir-document";
    private static final FhirContext FHIR = FhirContext.forR4Cached();

    private final Findings findings;

    FhirDocuments(Findings findings) {
        this.findings = findings;
    }

    /** What makes a Bundle a document (invariants bdl-9 to bdl-11). */
    void check(Entry<Bundle> entry) {
        Bundle document = entry.resource();
        Scope scope = new Scope(findings, entry.path(), RULE);
        if (document.getType() != BundleType.DOCUMENT) {
            findings.error(scope.at("type"), "FHIRDocumentNotSupported", "fhir-document-not-supported");
            return;
        }
        scope.required(
                document.getIdentifier().hasSystem() && document.getIdentifier().hasValue(), "identifier");
        scope.required(document.hasTimestamp(), "timestamp");
        if (!(document.getEntryFirstRep().getResource() instanceof Composition)) {
            findings.error(scope.at("entry[0].resource"), RULE, "fhir-document-composition");
        }
    }

    /** Its bytes in an encoding of FHIR; empty when the media type is no such encoding. */
    static Optional<byte[]> bytes(Bundle document, String contentType) {
        return switch (MediaTypes.bare(contentType).toLowerCase(Locale.ROOT)) {
            case JSON -> Optional.of(encoded(document, FHIR.newJsonParser()));
            case XML -> Optional.of(encoded(document, FHIR.newXmlParser()));
            default -> Optional.empty();
        };
    }

    /** As it is: no reference loses its version, no id its value. */
    private static byte[] encoded(Bundle document, IParser parser) {
        parser.setStripVersionsFromReferences(false);
        parser.setOverrideResourceIdWithBundleEntryFullUrl(false);
        return parser.encodeResourceToString(document).getBytes(StandardCharsets.UTF_8);
    }
}
