package fr.carnet.shared;

/**
 * A search parameter as it was sent.
 *
 * @param name with its modifier, if any
 * @param value decoded
 */
public record Parameter(String name, String value) {

    /** Personal data stays out of logs. */
    @Override
    public String toString() {
        return "Parameter[" + name + "]";
    }
}
