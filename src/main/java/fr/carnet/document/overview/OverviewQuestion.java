package fr.carnet.document.overview;

import fr.carnet.shared.CarnetUris;
import fr.carnet.shared.Fault;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code Patient/$overview} is asked, beside the patient.
 *
 * @param count documents that are told of each rubric, 0 to 50; 0 for the counts alone
 */
public record OverviewQuestion(int count) {

    /** Last part of the URL. */
    public static final String OPERATION = "$overview";

    /** Canonical URL of its OperationDefinition. */
    public static final String CANONICAL = CarnetUris.ROOT + "/OperationDefinition/patient-overview";

    /** Parameter for {@link #count}. */
    public static final String COUNT = "_count";

    /** Parameter for the matricule of the patient, where the URL does not name him by id. */
    public static final String PATIENT = "patient.identifier";

    /** Names of its parameters. */
    public static final Set<String> PARAMETERS = Set.of(COUNT, PATIENT);

    private static final int DEFAULT_COUNT = 5;
    private static final int MOST_COUNT = 50;
    private static final String KEY = OverviewQuestion.class.getName();

    /** @throws Fault 400 if more, or less, is asked than can be */
    public OverviewQuestion {
        if (count < 0 || count > MOST_COUNT) {
            throw Fault.of(400, "invalid-number", COUNT);
        }
    }

    /**
     * Reads it.
     *
     * @param count as received; empty for the usual number
     * @throws Fault 400 if it is no such number
     */
    public static OverviewQuestion of(Optional<String> count) {
        try {
            return new OverviewQuestion(count.map(Integer::parseInt).orElse(DEFAULT_COUNT));
        } catch (NumberFormatException e) {
            throw Fault.of(400, "invalid-number", COUNT);
        }
    }

    /** Leaves it with the request. */
    public void storeIn(Map<Object, Object> userData) {
        userData.put(KEY, this);
    }

    static OverviewQuestion in(Map<Object, Object> userData) {
        return (OverviewQuestion) userData.get(KEY);
    }
}
