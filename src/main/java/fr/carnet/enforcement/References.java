package fr.carnet.enforcement;

import fr.carnet.document.Registry;
import fr.carnet.document.iti65.PreparedDocument;
import fr.carnet.document.iti65.PreparedSubmission;
import fr.carnet.policy.Action;
import fr.carnet.policy.DocumentFacts;
import fr.carnet.shared.Fault;
import fr.carnet.shared.Fault.Issue;
import fr.carnet.shared.Fault.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Reference;

/**
 * What a submission refers to besides its own documents and what it replaces: a document that the sender neither reads
 * nor wrote is an unknown one, so that a reference tells nobody what exists.
 */
final class References {

    private final Registry registry;
    private final Court court;

    References(Registry registry, Court court) {
        this.registry = registry;
        this.court = court;
    }

    /** @throws Fault 422 naming every reference to something unknown, and every PATCH of what is not replaced */
    void require(PreparedSubmission submission) {
        List<Issue> unknown = new ArrayList<>();
        submission.documents().forEach(document -> relations(document, unknown));
        submission.listed().forEach((path, item) -> {
            if (!isKnown(item)) {
                unknown.add(unknown("mhd-provide-bundle", "item-unknown", path));
            }
        });
        submission
                .unmatchedPatches()
                .forEach(path -> unknown.add(unknown("constr-cdr-rempl", "patch-without-replaces", path)));
        if (!unknown.isEmpty()) {
            throw new Fault(422, unknown);
        }
    }

    private void relations(PreparedDocument document, List<Issue> unknown) {
        document.relations().stream()
                .filter(relation -> relation.sibling().isEmpty()
                        && relation.stored().filter(this::isKnown).isEmpty())
                .map(relation -> document.path() + "." + relation.element())
                .forEach(path ->
                        unknown.add(unknown("constr-bind-relatesToTarget", "error.relation-target-unknown", path)));
    }

    /** A lot or folder is known by the documents in it. */
    private boolean isKnown(Reference item) {
        Set<String> id = Set.of(item.getReferenceElement().getIdPart());
        Collection<String> documents = "List".equals(item.getReferenceElement().getResourceType())
                ? registry.entries(id).values().stream().flatMap(List::stream).toList()
                : id;
        return registry.facts(documents).values().stream().anyMatch(this::isKnown);
    }

    /** To be read, or the sender's own. */
    private boolean isKnown(DocumentFacts facts) {
        return Stream.of(Action.READ, Action.DELETE)
                .anyMatch(action -> court.decide(action, facts).permitted());
    }

    private static Issue unknown(String code, String sentence, String path) {
        return new Issue(Severity.ERROR, code, sentence, List.of(), Optional.of(path));
    }
}
