package fr.carnet.trace;

import java.util.Map;
import java.util.Set;

/** What traces need to know of documents, lots and folders; answered by {@code enforcement}. */
public interface DisclosedDocuments {

    /**
     * Titles of those that the viewer may know of (R94, R111, R117).
     *
     * <p>Archived, superseded and deleted documents count as long as their labels let the viewer know of them: their
     * traces stay (R128). A lot or folder counts when the viewer may know of all its documents (R152).
     *
     * @param view whose record, and who looks
     * @param references relative references without version: {@code DocumentReference/12}, {@code List/3}
     * @return a title for each visible one, {@code ""} where it has none; what is missing stays unnamed
     */
    Map<String, String> titlesVisibleTo(TraceView view, Set<String> references);
}
