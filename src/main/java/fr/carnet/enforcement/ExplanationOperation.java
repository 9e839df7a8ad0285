package fr.carnet.enforcement;

import fr.carnet.shared.CarnetUris;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Operations that tell who may see what, and why; each has its OperationDefinition in {@code profiles/}. */
public enum ExplanationOperation {
    /** Why an actor may do something with a document, or not (R92). */
    EXPLAIN_DOCUMENT("DocumentReference", "explain-access"),
    /** Why an actor may do something with a record, or not (R92). */
    EXPLAIN_RECORD("Patient", "explain-access"),
    /** Who could read a document now, for its holder (R91). */
    LIST_READERS("DocumentReference", "who-can-read");

    private final String type;
    private final String code;

    ExplanationOperation(String type, String code) {
        this.type = type;
        this.code = code;
    }

    /**
     * The operation of a URL.
     *
     * @param type of the resources that it is called on
     * @param name with its dollar, e.g. {@code $explain-access}
     */
    static Optional<ExplanationOperation> named(String type, String name) {
        return Arrays.stream(values())
                .filter(operation -> operation.type.equals(type) && ("$" + operation.code).equals(name))
                .findFirst();
    }

    /** Type of the resources that it is called on. */
    public String type() {
        return type;
    }

    /** {@code OperationDefinition.code}. */
    public String code() {
        return code;
    }

    /** {@code OperationDefinition.id}. */
    String id() {
        return type.toLowerCase(Locale.ROOT) + "-" + code;
    }

    /** Canonical URL of its OperationDefinition. */
    public String canonical() {
        return CarnetUris.ROOT + "/OperationDefinition/" + id();
    }

    /** Names of its parameters. */
    Set<String> parameters() {
        return switch (this) {
            case EXPLAIN_DOCUMENT -> Set.of(Question.DOCUMENT, Question.ACTION, Question.ACTOR, Question.CONTEXT);
            case EXPLAIN_RECORD -> Set.of(Question.IDENTIFIER, Question.ACTION, Question.ACTOR, Question.CONTEXT);
            case LIST_READERS -> Set.of(Question.DOCUMENT);
        };
    }
}
