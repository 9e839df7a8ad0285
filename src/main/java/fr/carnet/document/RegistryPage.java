package fr.carnet.document;

import fr.carnet.policy.DocumentFacts;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a request reads from the registry: the rows of a page, or one row.
 *
 * @param query the search; null for a read by id
 * @param patient FHIR id of the one patient
 * @param rows in order
 * @param included rows that come along, and are no matches
 * @param total matches that the caller may see
 * @param earlier true if there are matches before these
 * @param later true if there are matches after these
 * @param referred facts of the documents that the rows list or relate to, and of those in the folders that they list
 * @param folders the folders that the rows list
 * @param visible ids of those of both that the caller may see; the others are cut out of the rows
 */
public record RegistryPage(
        RegistryQuery query,
        String patient,
        List<RegistryRow> rows,
        List<RegistryRow> included,
        int total,
        boolean earlier,
        boolean later,
        Map<String, DocumentFacts> referred,
        Map<String, Folder> folders,
        Set<String> visible) {

    private static final String KEY = RegistryPage.class.getName();

    /** The same page with other rows and with what the sieve found visible. */
    public RegistryPage sieved(List<RegistryRow> kept, List<RegistryRow> keptIncluded, Set<String> seen) {
        return new RegistryPage(
                query,
                patient,
                kept,
                keptIncluded,
                total - (rows.size() - kept.size()),
                earlier,
                later,
                referred,
                folders,
                Set.copyOf(seen));
    }

    /**
     * A folder that a lot lists.
     *
     * @param holders made by the holder, and so his side's (R152)
     * @param documents ids of the documents in it
     */
    public record Folder(boolean holders, List<String> documents) {}

    /** Leaves the page with the request, for sieve, trace and writer. */
    public void storeIn(Map<Object, Object> userData) {
        userData.put(KEY, this);
    }

    /** The page of a request; null if it reads nothing from the registry. */
    public static RegistryPage of(Map<Object, Object> userData) {
        return (RegistryPage) userData.get(KEY);
    }
}
