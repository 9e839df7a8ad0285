package fr.carnet.validation.schematron;

import java.util.List;
import java.util.Optional;

/**
 * What one schematron says of a document.
 *
 * @param schematron its file, as the table of the folder names it
 * @param findings errors first, and no more of them than a reader mends at once
 * @param untold how many findings there are beside
 * @param failure code of the XPath error (e.g. {@code XPTY0004}) over which the schematron gave up; it says nothing then
 */
public record SchematronReport(
        String schematron, List<SchematronFinding> findings, int untold, Optional<String> failure) {

    /** Copies its collections. */
    public SchematronReport {
        findings = List.copyOf(findings);
    }

    static SchematronReport failed(String schematron, String code) {
        return new SchematronReport(schematron, List.of(), 0, Optional.of(code));
    }
}
