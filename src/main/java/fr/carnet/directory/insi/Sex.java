package fr.carnet.directory.insi;

import java.util.Arrays;
import java.util.Optional;

/** Sex as INSi writes it, and its FHIR code. */
public enum Sex {
    M("male"),
    F("female"),
    /** Indeterminate. */
    I("unknown");

    private final String fhir;

    Sex(String fhir) {
        this.fhir = fhir;
    }

    /** Code of {@code administrative-gender}. */
    public String fhir() {
        return fhir;
    }

    /** Sex of a letter; empty for another. */
    static Optional<Sex> of(String letter) {
        return Arrays.stream(values()).filter(sex -> sex.name().equals(letter)).findFirst();
    }
}
