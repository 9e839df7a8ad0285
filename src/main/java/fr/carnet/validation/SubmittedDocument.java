package fr.carnet.validation;

import fr.carnet.shared.Digest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DocumentReference.DocumentRelationshipType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;

/**
 * A document of a submission, with its metadata.
 *
 * @param index entry of the metadata
 * @param binaryIndex entry of the document
 * @param fullUrl of the metadata
 * @param reference metadata
 * @param binary document
 * @param fhirDocument what the bytes encode, where the document is a FHIR document
 * @param sourcePatient strict traits that the metadata states of the patient (R8)
 */
public record SubmittedDocument(
        int index,
        int binaryIndex,
        String fullUrl,
        DocumentReference reference,
        Binary binary,
        Optional<Bundle> fhirDocument,
        PatientTraits sourcePatient) {

    private static final Set<String> CDA = Set.of("text/xml", "application/xml", "application/hl7-cda+xml");

    /** Raw bytes. */
    public byte[] content() {
        return binary.getData();
    }

    /** SHA-1 of the raw bytes in base64, also where the metadata state none, as MHD allows. */
    public String hash() {
        Attachment attachment = reference.getContentFirstRep().getAttachment();
        return attachment.hasHash() && fhirDocument.isEmpty()
                ? attachment.getHashElement().getValueAsString()
                : Base64.getEncoder().encodeToString(Digest.SHA_1.of(content()));
    }

    /** Media type, as {@code attachment} states it; empty where a faulty one states none. */
    public String contentType() {
        Attachment attachment = reference.getContentFirstRep().getAttachment();
        return attachment.hasContentType() ? attachment.getContentType() : "";
    }

    /** True for an XML document, whose header is checked; PDF and images have none. */
    public boolean isXml() {
        return isXml(contentType());
    }

    static boolean isXml(String contentType) {
        return contentType != null && CDA.contains(MediaTypes.bare(contentType).toLowerCase(Locale.ROOT));
    }

    /** What it replaces: a literal reference {@code DocumentReference/id}, or an identifier. */
    public Optional<Reference> replaces() {
        return reference.getRelatesTo().stream()
                .filter(r -> r.getCode() == DocumentRelationshipType.REPLACES)
                .map(r -> r.getTarget())
                .findFirst();
    }

    /** True for a reference to this entry of the lot, or to its uniqueId. */
    public boolean isNamedBy(Reference target) {
        if (target.hasReference()) {
            return target.getReference().equals(fullUrl);
        }
        Identifier own = reference.getMasterIdentifier();
        return own.hasSystem()
                && own.hasValue()
                && own.getSystem().equals(target.getIdentifier().getSystem())
                && own.getValue().equals(target.getIdentifier().getValue());
    }

    /**
     * What it refers to, by the path of the element: relations, and {@code context.related} but for identifiers of orders
     * and examinations.
     */
    public Map<String, Reference> references() {
        Map<String, Reference> references = new LinkedHashMap<>();
        for (int i = 0; i < reference.getRelatesTo().size(); i++) {
            references.put(
                    "relatesTo[" + i + "].target",
                    reference.getRelatesTo().get(i).getTarget());
        }
        List<Reference> related = reference.getContext().getRelated();
        for (int i = 0; i < related.size(); i++) {
            if (related.get(i).hasReference()) {
                references.put("context.related[" + i + "]", related.get(i));
            }
        }
        return references;
    }

    /** FHIRPath of the metadata. */
    public String path() {
        return "Bundle.entry[" + index + "].resource";
    }

    /** Personal data stays out of logs. */
    @Override
    public String toString() {
        return "SubmittedDocument[" + path() + "]";
    }
}
