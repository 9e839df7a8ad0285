package fr.carnet.document.iti65;

import fr.carnet.shared.Fault.Issue;
import fr.carnet.shared.Fault.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a submission would have met, had it been one.
 *
 * @param issues errors and warnings that were found before anything is stored
 * @param accepted true if it may be stored: then only the store can refuse it
 */
public record DryRun(List<Issue> issues, boolean accepted) {

    /** Name of the operation, of FHIR itself. */
    public static final String OPERATION = "$validate";

    /** Told when nothing would refuse it. */
    public static final Issue ACCEPTED = new Issue(
            Severity.INFORMATION, "dry-run-accepted", "information.dry-run-accepted", List.of(), Optional.empty());

    private static final String KEY = DryRun.class.getName();

    /** @throws NullPointerException if the list is missing */
    public DryRun {
        issues = List.copyOf(issues);
    }

    /** Leaves it with the request. */
    public void storeIn(Map<Object, Object> userData) {
        userData.put(KEY, this);
    }

    /** As it was left with the request. */
    public static DryRun of(Map<Object, Object> userData) {
        return (DryRun) userData.get(KEY);
    }
}
