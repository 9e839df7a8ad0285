package fr.carnet.document;

import fr.carnet.policy.CallerKeys;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Finds documents by their words. Its answers are proposals: it may know less than the registry, or what was true a moment
 * ago, so each of them is read and decided again.
 */
public interface TextSearch {

    /**
     * Documents with all these words, the best first.
     *
     * @param patient FHIR id of the one patient
     * @param keys of the caller: what they did not open when it was indexed is not proposed
     * @param words as the caller wrote them
     * @return FHIR ids
     * @throws fr.carnet.shared.Fault 400 if there is nothing to search in them, 503 if texts cannot be searched at present
     */
    List<String> find(String patient, CallerKeys keys, String words);

    /**
     * Where the words stand: a few lines of each document, as HTML without any tag but {@code <em>} around what was found.
     *
     * @param patient FHIR id of the one patient
     * @param documents FHIR ids of those that the caller may read, and no others
     * @param words as the caller wrote them
     * @return by FHIR id; a document without a text has none
     * @throws fr.carnet.shared.Fault as {@link #find}
     */
    Map<String, String> excerpts(String patient, Collection<String> documents, String words);
}
