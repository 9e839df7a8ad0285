package fr.carnet.validation.schematron;

import java.util.Objects;

/**
 * What a schematron says of one place of a document.
 *
 * @param grave false: marked as a warning by role or flag; refuses nothing
 * @param test id of the assertion or report; empty when it has none
 * @param location XPath of the element, without namespaces, e.g. {@code /ClinicalDocument[1]/title[1]}
 * @param text the schematron's own sentence; it may quote the document: for its sender only
 */
public record SchematronFinding(boolean grave, String test, String location, String text) {

    /** @throws NullPointerException if a component is missing */
    public SchematronFinding {
        Objects.requireNonNull(test);
        Objects.requireNonNull(location);
        Objects.requireNonNull(text);
    }

    /** What it quotes stays out of logs. */
    @Override
    public String toString() {
        return "SchematronFinding[" + test + " " + location + "]";
    }
}
