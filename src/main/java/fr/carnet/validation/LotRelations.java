package fr.carnet.validation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Reference;

/**
 * Relations among the documents of one lot: a document is stored after those that it names, so that none may name itself,
 * by whatever detour.
 */
final class LotRelations {

    private final List<SubmittedDocument> documents;
    private final Findings findings;

    LotRelations(List<SubmittedDocument> documents, Findings findings) {
        this.documents = documents;
        this.findings = findings;
    }

    void check() {
        for (SubmittedDocument document : documents) {
            document.references().forEach((element, target) -> {
                if (reach(target).contains(document.fullUrl())) {
                    findings.error(document.path() + "." + element, "constr-bind-relatesToTarget", "relation-circle");
                }
            });
        }
    }

    /** FullUrls of the documents of the lot to which a target leads. */
    private Set<String> reach(Reference target) {
        Set<String> reached = new HashSet<>();
        follow(target, reached);
        return reached;
    }

    private void follow(Reference target, Set<String> reached) {
        named(target)
                .filter(document -> reached.add(document.fullUrl()))
                .flatMap(document -> document.references().values().stream())
                .forEach(further -> follow(further, reached));
    }

    private Stream<SubmittedDocument> named(Reference target) {
        return documents.stream().filter(document -> document.isNamedBy(target));
    }
}
