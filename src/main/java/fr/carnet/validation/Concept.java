package fr.carnet.validation;

/**
 * A code of a terminology.
 *
 * @param system URI of the code system
 * @param code the code
 * @param display French label; empty when unknown
 */
public record Concept(String system, String code, String display) {

    /** Same code of the same system, whatever the label. */
    public boolean is(String otherSystem, String otherCode) {
        return system.equals(otherSystem) && code.equals(otherCode);
    }
}
