package fr.carnet.validation;

import fr.carnet.shared.PatientReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.ListResource;

/**
 * An ITI-65 submission that keeps every rule that can be checked without the store.
 *
 * @param set SubmissionSet
 * @param setIndex its entry
 * @param uniqueId {@code system|value} of the set's uniqueId; empty when it has none
 * @param patients the ways in which it names its patient; all must resolve to the same one
 * @param documents in the order of the entries
 * @param folders in the order of the entries
 * @param supersessions PATCH entries
 * @param entryByFullUrl entry of each fullUrl
 */
public record Submission(
        ListResource set,
        int setIndex,
        Optional<String> uniqueId,
        Set<PatientReference> patients,
        List<SubmittedDocument> documents,
        List<Folder> folders,
        List<Supersession> supersessions,
        Map<String, Integer> entryByFullUrl) {

    /** Copies its collections. */
    public Submission {
        patients = Set.copyOf(patients);
        documents = List.copyOf(documents);
        folders = List.copyOf(folders);
        supersessions = List.copyOf(supersessions);
        entryByFullUrl = Map.copyOf(entryByFullUrl);
    }

    /** Personal data stays out of logs. */
    @Override
    public String toString() {
        return "Submission[" + documents.size() + " documents]";
    }

    /**
     * A folder.
     *
     * @param index its entry
     * @param fullUrl by which the SubmissionSet lists it; empty when it lists it by its id
     * @param list the folder
     * @param update present when it is a new version of a stored one
     */
    public record Folder(int index, String fullUrl, ListResource list, Optional<Update> update) {}

    /**
     * Which stored folder an entry updates.
     *
     * @param id FHIR id; empty when the uniqueId in the folder names it
     * @param uniqueId value of the uniqueId in the folder
     * @param version that the sender expects it to have ({@code If-Match})
     */
    public record Update(Optional<String> id, Optional<String> uniqueId, Optional<Integer> version) {}

    /**
     * A PATCH entry that supersedes the replaced document (MHD, UpdateDocumentRefs).
     *
     * @param index its entry
     * @param documentId FHIR id of the replaced DocumentReference
     */
    public record Supersession(int index, String documentId) {}
}
