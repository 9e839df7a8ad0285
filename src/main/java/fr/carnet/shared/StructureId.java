package fr.carnet.shared;

import java.util.regex.Pattern;

/**
 * National identifier of a structure (idNat_Struct, {@code urn:oid:1.2.250.1.71.4.2.2}): {@code 1} + FINESS,
 * {@code 2} + SIREN, {@code 3} + SIRET, {@code 0} ADELI rang, {@code 4} RPPS rang.
 */
public record StructureId(String value) {

    /** FHIR {@code Identifier.system}. */
    public static final String SYSTEM = "urn:oid:1.2.250.1.71.4.2.2";

    private static final Pattern SHAPE = Pattern.compile("[0-4][0-9A-Z]{1,40}");

    /** @throws IllegalArgumentException if it does not have the published shape */
    public StructureId {
        if (value == null || !SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("not an idNat_Struct");
        }
    }
}
