package fr.carnet.shared;

import java.util.regex.Pattern;

/**
 * National identifier of a professional (idNat_PS, {@code urn:oid:1.2.250.1.71.4.2.1}): a prefix digit for the kind
 * and the identifier itself, e.g. {@code 8} and the 11 digits of the RPPS number.
 */
public record IdNatPs(String value) {

    /** FHIR {@code Identifier.system}. */
    public static final String SYSTEM = "urn:oid:1.2.250.1.71.4.2.1";

    private static final Pattern SHAPE = Pattern.compile("[0134568][0-9A-Za-z/]{1,40}");

    /** @throws IllegalArgumentException if it does not have the published shape */
    public IdNatPs {
        if (value == null || !SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("not an idNat_PS");
        }
    }
}
