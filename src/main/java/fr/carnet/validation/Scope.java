package fr.carnet.validation;

/**
 * One resource under check: where it is and which profile it is held to.
 *
 * @param findings collects
 * @param path FHIRPath of the resource
 * @param rule profile
 */
record Scope(Findings findings, String path, String rule) {

    /** The element must be there. */
    void required(boolean present, String element) {
        if (!present) {
            findings.error(at(element), rule, "element-missing", element);
        }
    }

    /** The element must not be there. */
    void forbidden(boolean present, String element) {
        if (present) {
            findings.error(at(element), rule, "element-forbidden", element);
        }
    }

    /** The element must be there exactly once. */
    void once(int count, String element) {
        if (count == 0) {
            required(false, element);
        } else if (count > 1) {
            findings.error(at(element), rule, "element-repeated", element, Integer.toString(count));
        }
    }

    /** The element may be there, but once. */
    void atMostOnce(int count, String element) {
        if (count > 1) {
            once(count, element);
        }
    }

    /** The element, where it is there, must have one value. */
    void value(boolean present, String found, String expected, String element) {
        if (present && !found.equals(expected)) {
            findings.error(at(element), rule, "value-unexpected", element, found, expected);
        }
    }

    String at(String element) {
        return path + "." + element;
    }
}
