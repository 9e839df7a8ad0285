package fr.carnet.document.iti65;

import fr.carnet.document.DocumentResources;
import fr.carnet.policy.DocumentFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;

/**
 * A document as it will be stored: patient resolved, depositor written in, content named.
 *
 * @param entry index of its metadata in the Bundle
 * @param binaryEntry index of its Binary
 * @param fullUrl of its metadata, by which lots refer to it
 * @param resource to be stored
 * @param content id that its bytes will have
 * @param binary with its bytes
 * @param replaces FHIR id and facts of the document that it replaces
 * @param relations its other relations
 */
public record PreparedDocument(
        int entry,
        int binaryEntry,
        String fullUrl,
        DocumentReference resource,
        String content,
        Binary binary,
        Optional<Replaced> replaces,
        List<Relation> relations) {

    /** @throws NullPointerException if a component is missing */
    public PreparedDocument {
        relations = List.copyOf(relations);
    }

    /** Facts for the decision on the deposit. */
    public DocumentFacts facts() {
        return DocumentResources.factsOf(resource);
    }

    /** FullUrls of the documents of the same lot that it names. */
    Stream<String> siblings() {
        return relations.stream().flatMap(relation -> relation.sibling().stream());
    }

    /** Names those documents by the ids that they were given. */
    void resolve(Map<String, IdType> stored) {
        relations.forEach(relation -> relation.sibling().map(stored::get).ifPresent(id -> relation.target()
                .setReference(id.toUnqualifiedVersionless().getValue())
                .setIdentifier(null)
                .setResource(null)));
    }

    /** Where its content is read. */
    IdType location() {
        return new IdType(resource.getContentFirstRep().getAttachment().getUrl());
    }

    /** FHIRPath of its metadata. */
    public String path() {
        return "Bundle.entry[" + entry + "].resource";
    }

    /** Personal data stays out of logs. */
    @Override
    public String toString() {
        return "PreparedDocument[" + path() + "]";
    }

    /**
     * The document that a new version replaces.
     *
     * @param id FHIR id
     * @param facts as they were when the request came
     */
    public record Replaced(String id, DocumentFacts facts) {}

    /**
     * A relation that replaces nothing, or something to which the document is related otherwise.
     *
     * @param element path in the metadata
     * @param target the reference itself, within {@code resource}
     * @param sibling fullUrl of the document of the same lot that it names
     * @param stored facts of the stored document that it names; empty when there is none
     */
    public record Relation(
            String element, Reference target, Optional<String> sibling, Optional<DocumentFacts> stored) {}
}
