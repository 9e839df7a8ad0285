package fr.carnet.validation.syntax;

import java.util.Locale;

/** Kinds of JSON values, in the words of RFC 8259. */
enum JsonKind {
    OBJECT,
    ARRAY,
    STRING,
    NUMBER,
    BOOLEAN,
    NULL;

    String json() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** In which a value of this type of FHIR is written. */
    static JsonKind ofType(String type) {
        return switch (type) {
            case "boolean" -> BOOLEAN;
            case "integer", "decimal", "unsignedInt", "positiveInt" -> NUMBER;
            default -> STRING;
        };
    }
}
