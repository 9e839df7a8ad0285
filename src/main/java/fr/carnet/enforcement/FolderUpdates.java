package fr.carnet.enforcement;

import fr.carnet.document.DocumentResources;
import fr.carnet.document.Registry;
import fr.carnet.document.iti65.PreparedFolder;
import fr.carnet.document.iti65.PreparedSubmission;
import fr.carnet.policy.Action;
import fr.carnet.policy.Decision;
import fr.carnet.policy.Decision.Deny;
import fr.carnet.policy.Decision.Disclosure;
import fr.carnet.policy.DocumentFacts;
import fr.carnet.policy.PatientFacts;
import fr.carnet.policy.Rule;
import fr.carnet.shared.CallerKind;
import fr.carnet.shared.Fault;
import fr.carnet.shared.Fault.Issue;
import fr.carnet.shared.Fault.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * New versions of stored folders: the work of whoever made the folder, or of his structure, as a new version of a document is
 * (R127). A folder that the sender neither sees nor made is an unknown one (R152).
 */
final class FolderUpdates {

    private final Registry registry;
    private final Court court;
    private final CallerKind caller;
    private final PatientFacts patient;

    FolderUpdates(Registry registry, Court court, CallerKind caller, PatientFacts patient) {
        this.registry = registry;
        this.court = court;
        this.caller = caller;
        this.patient = patient;
    }

    /** @throws Fault 422 for an unknown folder or another uniqueId, 403 for another's, 412 for another version */
    void require(PreparedSubmission submission) {
        submission.folders().forEach(folder -> {
            if (folder.isUpdate()) {
                require(folder);
            }
        });
    }

    private void require(PreparedFolder folder) {
        DocumentFacts facts = folder.facts()
                .filter(f -> f.patient().equals(patient.id()))
                .orElseThrow(() -> fault(folder, "folder-unknown"));
        Map<String, DocumentFacts> documents = registry.facts(folder.listed());
        Decision decision = court.decide(Action.REPLACE, facts);
        if (decision instanceof Deny deny) {
            // whoever is told of another reason made the folder
            boolean own = deny.disclosure() == Disclosure.SAY && deny.reason() != Rule.R127_NOT_AUTHOR;
            throw own || isSeen(folder, documents) ? refusal(own, deny) : fault(folder, "folder-unknown");
        }
        if (folder.isRenamed()) {
            throw fault(folder, "folder-identifier-changed");
        }
        long version = folder.stored().orElseThrow().getIdElement().getVersionIdPartAsLong();
        if (folder.expectedVersion().filter(expected -> expected != version).isPresent()) {
            throw Fault.of(412, "version-mismatch");
        }
        documents.forEach((id, document) -> {
            if (!isKnown(document)) {
                folder.keep(id);
            }
        });
    }

    private static Fault refusal(boolean own, Deny deny) {
        return own ? deny.reason().refusal() : Rule.R127_NOT_AUTHOR.refusal();
    }

    /** As a reading would show it: by one of its documents, and a holder's folder to his side only. */
    private boolean isSeen(PreparedFolder folder, Map<String, DocumentFacts> documents) {
        boolean holders =
                folder.stored().filter(DocumentResources::isHoldersFolder).isPresent();
        return (!holders || caller.isHoldersSide())
                && documents.values().stream().anyMatch(document -> court.decide(Action.READ, document)
                        .permitted());
    }

    private boolean isKnown(DocumentFacts document) {
        return Stream.of(Action.READ, Action.DELETE)
                .anyMatch(action -> court.decide(action, document).permitted());
    }

    private static Fault fault(PreparedFolder folder, String sentence) {
        return new Fault(
                422,
                List.of(new Issue(
                        Severity.ERROR, "mhd-provide-bundle", sentence, List.of(), Optional.of(folder.path()))));
    }
}
