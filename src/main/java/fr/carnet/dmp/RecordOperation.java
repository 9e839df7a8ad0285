package fr.carnet.dmp;

import fr.carnet.policy.Action;
import fr.carnet.shared.CarnetUris;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Operations on {@code Patient} that change a record as such; each has its OperationDefinition in {@code profiles/}. */
public enum RecordOperation {
    /** The patient was informed: the six weeks run (R11, R12). */
    INFORM("inform", Action.INFORM),
    /** Opposition to the opening (R13), or to the closing of a suspended record (R26). */
    OPPOSE("oppose", Action.OPPOSE),
    /** Activation of the space (R15, R16). */
    ACTIVATE("activate", Action.ACTIVATE),
    /** Closing (R20). */
    CLOSE("close", Action.CLOSE),
    /** A new space with what was archived (R24); by a professional with the consent box (R25). */
    REOPEN("reopen", Action.REOPEN),
    /** Suspension (R26). */
    SUSPEND("suspend", Action.SUSPEND),
    /** End of a suspension (R26). */
    RESUME("resume", Action.RESUME),
    /** Request for the deletion of a closed record (R23). */
    REQUEST_DELETION("request-deletion", Action.REQUEST_DELETION),
    /** Another matricule takes the place of the current one (R9). */
    CHANGE_INS("change-ins", Action.CHANGE_INS);

    private final String code;
    private final Action action;

    RecordOperation(String code, Action action) {
        this.code = code;
        this.action = action;
    }

    /**
     * The operation of a URL.
     *
     * @param name with its dollar, e.g. {@code $close}
     */
    public static Optional<RecordOperation> named(String name) {
        return Arrays.stream(values())
                .filter(operation -> operation.urlName().equals(name))
                .findFirst();
    }

    /** {@code OperationDefinition.code}. */
    public String code() {
        return code;
    }

    /** Last part of the URL, e.g. {@code $close}. */
    public String urlName() {
        return "$" + code;
    }

    /** Canonical URL of its OperationDefinition. */
    public String canonical() {
        return CarnetUris.ROOT + "/OperationDefinition/patient-" + code;
    }

    /** What the policy is asked. */
    public Action action() {
        return action;
    }

    /** Names of its parameters, beside {@code identifier}. */
    Set<String> parameters() {
        return switch (this) {
            case INFORM -> Set.of(RecordRequest.SENT);
            case CLOSE -> Set.of(RecordRequest.MOTIVE, RecordRequest.REASON);
            case REOPEN -> Set.of(RecordRequest.CONSENT);
            case CHANGE_INS -> Set.of(RecordRequest.NEW);
            case OPPOSE, ACTIVATE, SUSPEND, RESUME, REQUEST_DELETION -> Set.of();
        };
    }
}
