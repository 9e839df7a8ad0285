package fr.carnet.messaging.xdm;

import fr.carnet.shared.Ins;
import fr.carnet.validation.Concept;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What goes into an archive: documents of one patient, and what the XDS SubmissionSet says of them.
 *
 * @param uniqueId OID of the lot
 * @param sourceId OID of the sending system
 * @param submitted when it was made
 * @param contentType kind of activity (JDV_J03)
 * @param author who sends it; empty for a lot that the patient sends
 * @param documents at least one, all of the same patient
 */
public record Submission(
        String uniqueId,
        String sourceId,
        Instant submitted,
        Concept contentType,
        Optional<EntryAuthor> author,
        List<XdmDocument> documents) {

    /** @throws IllegalArgumentException without documents, or with those of several patients */
    public Submission {
        Objects.requireNonNull(uniqueId);
        Objects.requireNonNull(sourceId);
        Objects.requireNonNull(submitted);
        Objects.requireNonNull(contentType);
        Objects.requireNonNull(author);
        documents = List.copyOf(documents);
        if (documents.stream().map(d -> d.entry().patient()).distinct().count() != 1) {
            throw new IllegalArgumentException("documents of exactly one patient expected");
        }
    }

    /** Whom the documents are about. */
    public Ins patient() {
        return documents.get(0).entry().patient();
    }
}
