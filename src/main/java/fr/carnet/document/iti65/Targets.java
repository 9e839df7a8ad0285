package fr.carnet.document.iti65;

import fr.carnet.document.Registry;
import fr.carnet.document.iti65.PreparedDocument.Relation;
import fr.carnet.document.iti65.PreparedDocument.Replaced;
import fr.carnet.policy.DocumentFacts;
import fr.carnet.validation.Submission;
import fr.carnet.validation.SubmittedDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;

/** Finds what the documents of a submission relate to: stored documents, or others of the same lot. */
final class Targets {

    private final Registry registry;
    private final Submission submission;
    private final String patient;
    private final Predicate<DocumentFacts> known;

    /**
     * @param patient FHIR id of the patient of the submission: what another identifier names elsewhere is none of his
     * @param known whether the depositor may know of a document; no other can be named by identifier
     */
    Targets(Registry registry, Submission submission, String patient, Predicate<DocumentFacts> known) {
        this.registry = registry;
        this.submission = submission;
        this.patient = patient;
        this.known = known;
    }

    /**
     * What a document relates to.
     *
     * @param replaces the stored document that it replaces
     * @param relations its other relations
     */
    record Related(Optional<Replaced> replaces, List<Relation> relations) {}

    /** Writes the ids of the stored documents into the relations; those of the same lot have none yet. */
    Related resolve(SubmittedDocument document) {
        Optional<Replaced> replaced = Optional.empty();
        List<Relation> relations = new ArrayList<>();
        Optional<Reference> replaces = document.replaces();
        for (var reference : document.references().entrySet()) {
            Reference target = reference.getValue();
            Optional<String> sibling = sibling(target);
            Optional<Replaced> stored = stored(target);
            stored.ifPresent(t -> target.setReference("DocumentReference/" + t.id())
                    .setIdentifier(null)
                    .setResource(null));
            if (replaces.filter(r -> r == target).isPresent()) {
                replaced = stored;
            } else if (sibling.isPresent() || isOfDocuments(reference.getKey(), target)) {
                relations.add(new Relation(reference.getKey(), target, sibling, stored.map(Replaced::facts)));
            }
        }
        return new Related(replaced, relations);
    }

    /** A relation always names a document; {@code context.related} may name what is kept elsewhere. */
    private static boolean isOfDocuments(String element, Reference target) {
        return element.startsWith("relatesTo")
                || "DocumentReference".equals(target.getReferenceElement().getResourceType());
    }

    private Optional<String> sibling(Reference target) {
        return submission.documents().stream()
                .filter(document -> document.isNamedBy(target))
                .map(SubmittedDocument::fullUrl)
                .findFirst();
    }

    /** The stored document that a relation names; by identifier the one that the depositor may know of. */
    private Optional<Replaced> stored(Reference target) {
        if (target.hasReference()) {
            String id = target.getReferenceElement().getIdPart();
            boolean literal = ("DocumentReference/" + id).equals(target.getReference());
            Map<String, DocumentFacts> facts = literal ? registry.facts(Set.of(id)) : Map.of();
            return Optional.ofNullable(facts.get(id)).map(f -> new Replaced(id, f));
        }
        Identifier id = target.getIdentifier();
        List<Replaced> found =
                registry.byIdentifier(id.getSystem(), id.getValue(), Optional.of(patient)).entrySet().stream()
                        .filter(document -> known.test(document.getValue()))
                        .map(document -> new Replaced(document.getKey(), document.getValue()))
                        .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }
}
