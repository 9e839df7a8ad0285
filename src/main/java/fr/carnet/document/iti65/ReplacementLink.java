package fr.carnet.document.iti65;

import fr.carnet.document.Registry;
import fr.carnet.policy.DocumentFacts;
import fr.carnet.validation.CdaHeader;
import fr.carnet.validation.CdaHeader.DocumentId;
import fr.carnet.validation.Finding;
import fr.carnet.validation.Finding.Severity;
import fr.carnet.validation.SubmittedDocument;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Reference;

/**
 * What the header of a CDA replaces (RPLC) against what its metadata replace: two current versions of one document would be
 * read side by side (constr-cdr-rempl, R125). Of documents that the depositor may not know of he is told as of none.
 */
final class ReplacementLink {

    private final Registry registry;
    private final String patient;
    private final Predicate<DocumentFacts> known;

    ReplacementLink(Registry registry, String patient, Predicate<DocumentFacts> known) {
        this.registry = registry;
        this.patient = patient;
        this.known = known;
    }

    List<Finding> check(SubmittedDocument document, CdaHeader header) {
        Set<String> ofHeader = header.replaces().stream()
                .flatMap(id -> stored(id.system(), id.value()))
                .collect(Collectors.toSet());
        if (document.replaces().isEmpty()) {
            return header.replaces().isEmpty() ? List.of() : unstated(document, header.replaces(), ofHeader);
        }
        if (header.replaces().isEmpty()) {
            return List.of(finding(Severity.WARNING, document, "R125", "cda-replaces-missing"));
        }
        Set<String> ofMetadata = stored(document.replaces().get());
        boolean other = !ofMetadata.isEmpty() && ofMetadata.stream().noneMatch(ofHeader::contains);
        return other
                ? List.of(finding(Severity.ERROR, document, "constr-cdr-rempl", "cda-replaces-differs"))
                : List.of();
    }

    private static List<Finding> unstated(SubmittedDocument document, List<DocumentId> replaced, Set<String> stored) {
        return stored.isEmpty()
                ? replaced.stream()
                        .map(id -> finding(Severity.WARNING, document, "R125", "cda-replaces-unknown"))
                        .toList()
                : List.of(finding(Severity.ERROR, document, "constr-cdr-rempl", "cda-replaces-not-stated"));
    }

    private Set<String> stored(Reference target) {
        if (target.hasReference()) {
            String id = target.getReferenceElement().getIdPart();
            Map<String, DocumentFacts> facts = id == null ? Map.of() : registry.facts(Set.of(id));
            return facts.values().stream().anyMatch(known) ? facts.keySet() : Set.of();
        }
        return stored(target.getIdentifier().getSystem(), target.getIdentifier().getValue())
                .collect(Collectors.toSet());
    }

    private Stream<String> stored(String system, String value) {
        return registry.byIdentifier(system, value, Optional.of(patient)).entrySet().stream()
                .filter(document -> known.test(document.getValue()))
                .map(Map.Entry::getKey);
    }

    private static Finding finding(Severity severity, SubmittedDocument document, String rule, String key) {
        return new Finding(severity, document.path() + ".relatesTo", rule, key, List.of());
    }
}
