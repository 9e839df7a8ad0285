package fr.carnet.enforcement;

import fr.carnet.policy.Action;
import fr.carnet.shared.CarnetUris;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Operations by which the holder takes with him what is his; each has its OperationDefinition in {@code profiles/}. */
public enum ExportOperation {
    /** The traces of a record, as a table or as pages (R91, R94). */
    EXPORT_TRACES("export-traces", Action.READ_TRACES),
    /** The whole record as one archive (R91). */
    EXPORT_RECORD("export-record", Action.EXPORT_RECORD);

    static final String IDENTIFIER = "identifier";
    static final String FORMAT = "format";

    private final String code;
    private final Action action;

    ExportOperation(String code, Action action) {
        this.code = code;
        this.action = action;
    }

    /**
     * The operation of a URL.
     *
     * @param type of the resources that it is called on
     * @param name with its dollar, e.g. {@code $export-traces}
     */
    static Optional<ExportOperation> named(String type, String name) {
        return Arrays.stream(values())
                .filter(operation -> type.equals("Patient") && ("$" + operation.code).equals(name))
                .findFirst();
    }

    /** {@code OperationDefinition.code}. */
    public String code() {
        return code;
    }

    /** Canonical URL of its OperationDefinition. */
    public String canonical() {
        return CarnetUris.ROOT + "/OperationDefinition/patient-" + code;
    }

    /** What the policy is asked. */
    Action action() {
        return action;
    }

    /** Names of its parameters. */
    Set<String> parameters() {
        return this == EXPORT_TRACES ? Set.of(IDENTIFIER, FORMAT) : Set.of(IDENTIFIER);
    }
}
