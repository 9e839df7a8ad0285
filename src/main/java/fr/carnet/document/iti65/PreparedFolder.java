package fr.carnet.document.iti65;

import fr.carnet.document.DocumentResources;
import fr.carnet.policy.DocumentFacts;
import fr.carnet.validation.Submission.Folder;
import fr.carnet.validation.Submission.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.ListResource;

/**
 * A folder as it will be stored. Made and used within one request; whoever judges it says which entries stay that its sender
 * does not know of.
 */
public final class PreparedFolder {

    private final Folder submitted;
    private final Optional<ListResource> stored;
    private final List<String> kept = new ArrayList<>();

    /** @param stored the folder that is updated; empty for a new one, and when none is known */
    PreparedFolder(Folder submitted, Optional<ListResource> stored) {
        this.submitted = submitted;
        this.stored = stored;
    }

    /** True when it is to be a new version of a stored folder. */
    public boolean isUpdate() {
        return submitted.update().isPresent();
    }

    /** Version that the sender expects the stored folder to have. */
    public Optional<Integer> expectedVersion() {
        return submitted.update().flatMap(Update::version);
    }

    /** The folder that is updated, as it is stored; empty when none is known. */
    public Optional<ListResource> stored() {
        return stored;
    }

    /** Facts of the stored folder. */
    public Optional<DocumentFacts> facts() {
        return stored.map(DocumentResources::factsOf);
    }

    /** Ids of the documents that the stored folder lists. */
    public List<String> listed() {
        return stored.map(DocumentResources::entries).orElse(List.of());
    }

    /** True if the sender calls the folder by another uniqueId than its own. */
    public boolean isRenamed() {
        Optional<String> sent = submitted.update().flatMap(Update::uniqueId);
        return sent.isPresent()
                && stored.isPresent()
                && stored.get().getIdentifier().stream()
                        .noneMatch(identifier -> sent.get().equals(identifier.getValue()));
    }

    /** A document that stays in the folder although the sender does not list it: he does not know of it. */
    public void keep(String document) {
        kept.add(document);
    }

    List<String> kept() {
        return kept;
    }

    Folder submitted() {
        return submitted;
    }

    /** FHIRPath of its entry. */
    public String path() {
        return "Bundle.entry[" + submitted.index() + "].resource";
    }

    /** Personal data stays out of logs. */
    @Override
    public String toString() {
        return "PreparedFolder[" + path() + "]";
    }
}
