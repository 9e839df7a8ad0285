package fr.carnet.validation;

import fr.carnet.validation.Finding.Severity;
import fr.carnet.validation.schematron.SchematronFinding;
import fr.carnet.validation.schematron.SchematronReport;
import fr.carnet.validation.schematron.Schematrons;
import java.util.List;
import java.util.Optional;

/**
 * Holds CDA documents to the schematrons of the operator, where there are any. Their sentences may quote the document: they
 * are for its sender, in his answer, and never in a log or a trace.
 */
public final class SchematronRules {

    private static final String RULE = "schematron";
    private static final String UNREADABLE = "cda-unreadable";

    private final Optional<Schematrons> schematrons;

    private SchematronRules(Optional<Schematrons> schematrons) {
        this.schematrons = schematrons;
    }

    /** Holds documents to these. */
    public static SchematronRules of(Schematrons schematrons) {
        return new SchematronRules(Optional.of(schematrons));
    }

    /** Holds documents to nothing: no operator asked for it. */
    public static SchematronRules none() {
        return new SchematronRules(Optional.empty());
    }

    /**
     * What the schematrons say of a CDA. One that could not be run refuses as one that does not pass; one that is not run
     * because the document is too large warns.
     *
     * @param told of the document before: of one that is no XML nothing more is said
     */
    public List<Finding> check(SubmittedDocument document, List<Finding> told) {
        if (schematrons.isEmpty() || told.stream().anyMatch(f -> f.messageKey().equals(UNREADABLE))) {
            return List.of();
        }
        Findings findings = new Findings();
        check(schematrons.get(), document, findings);
        return findings.list();
    }

    private static void check(Schematrons schematrons, SubmittedDocument document, Findings findings) {
        byte[] content = document.content();
        String data = "Bundle.entry[" + document.binaryIndex() + "].resource.data";
        if (content.length > Schematrons.MAX_BYTES) {
            findings.warn(data, RULE, "schematron-too-large", Integer.toString(Schematrons.MAX_BYTES));
            return;
        }
        try {
            schematrons.check(content, format(document)).forEach(report -> tell(report, data, findings));
        } catch (Schematrons.NotReadable e) {
            // it is XML, as its body was read before: it goes beyond a limit
            findings.error(data, "cda-header", UNREADABLE, UnreadableCda.Reason.TOO_LARGE.name(), "/");
        }
    }

    private static String format(SubmittedDocument document) {
        String code = document.reference().getContentFirstRep().getFormat().getCode();
        return code == null ? "" : code;
    }

    private static void tell(SchematronReport report, String data, Findings findings) {
        String name = report.schematron();
        report.failure().ifPresent(code -> findings.error(data, RULE, "schematron-failed", name, code));
        report.findings().forEach(found -> findings.add(finding(name, found, data)));
        if (report.untold() > 0) {
            findings.warn(data, RULE, "schematron-more", name, Integer.toString(report.untold()));
        }
    }

    private static Finding finding(String name, SchematronFinding found, String data) {
        String source = found.test().isEmpty() ? name : name + " (" + found.test() + ")";
        return new Finding(
                found.grave() ? Severity.ERROR : Severity.WARNING,
                data,
                RULE,
                "schematron",
                List.of(source, found.text(), found.location()));
    }
}
