package fr.carnet.document;

import java.util.Map;
import java.util.Optional;

/**
 * Where the words of a search stand in what its caller may read.
 *
 * @param html by FHIR id, as {@link TextSearch#excerpts} gives it
 */
public record Excerpts(Map<String, String> html) {

    private static final String KEY = Excerpts.class.getName();

    /** Copies what it is given. */
    public Excerpts {
        html = Map.copyOf(html);
    }

    /** That of a document. */
    Optional<String> of(String document) {
        return Optional.ofNullable(html.get(document));
    }

    /** Leaves them with the request, for the writer. */
    public void storeIn(Map<Object, Object> userData) {
        userData.put(KEY, this);
    }

    /** Those of a request; none if it searches no words. */
    static Excerpts of(Map<Object, Object> userData) {
        return (Excerpts) userData.getOrDefault(KEY, new Excerpts(Map.of()));
    }
}
