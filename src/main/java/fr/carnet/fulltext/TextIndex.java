package fr.carnet.fulltext;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the words of documents are kept, by one engine or another. It has one live generation, which is searched, and for the
 * time of a reindexing another one that is being built. All methods throw {@link IndexUnavailable} when the engine does not
 * answer; those that search, also while there is no live generation.
 */
public interface TextIndex {

    /** True if there is a live generation; if not, it has to be built before anything can be searched. */
    boolean isLive();

    /** Names of all generations, the live one and what is being built: what is written goes to each. */
    List<String> generations();

    /** Makes an empty generation, to be built; what an earlier attempt left is removed. */
    String begin();

    /** From now on this generation is searched; the others are removed. */
    void publish(String generation);

    /**
     * Adds or replaces entries. An older version never replaces a newer one.
     *
     * @param generations where
     * @return ids of the documents that the engine could not take now, and may take later
     */
    Set<String> put(Collection<String> generations, List<IndexEntry> entries);

    /** Removes documents, by FHIR id, from these generations: all of them, or {@link IndexUnavailable}. */
    void remove(Collection<String> generations, String patient, Collection<String> documents);

    /** Removes all documents of a record from these generations. */
    void removeRecord(Collection<String> generations, String patient);

    /**
     * Searches the live generation.
     *
     * @param patient FHIR id of the one patient
     * @param keys of the caller, one of which must be a document's
     * @param most how many are returned
     * @return FHIR ids, the best first, the newest first among equals
     */
    List<String> find(TextQuery query, String patient, Set<String> keys, int most);

    /** Where the words stand, by FHIR id, marked by {@link #MARK_START} and {@link #MARK_END} in plain text. */
    Map<String, String> excerpts(TextQuery query, String patient, Collection<String> documents);

    /** Documents in the live generation. */
    long size();

    /** Before a word that was found; private use, which no text keeps (see {@link IndexEntry}). */
    char MARK_START = '\uE000';

    /** After a word that was found. */
    char MARK_END = '\uE001';
}
