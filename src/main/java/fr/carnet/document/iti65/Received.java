package fr.carnet.document.iti65;

import fr.carnet.shared.Fault.Issue;
import fr.carnet.shared.PatientReference;
import fr.carnet.validation.Finding;
import fr.carnet.validation.Level;
import fr.carnet.validation.SubmissionReport;
import fr.carnet.validation.Tolerance;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A Bundle, or an ITI-105 DocumentReference, as it was read: what is wrong with it by itself, and whom it names. */
public final class Received {

    private final SubmissionReport report;
    private final Level level;
    private final boolean simplified;

    Received(SubmissionReport report, Level level, boolean simplified) {
        this.report = report;
        this.level = level;
        this.simplified = simplified;
    }

    /** True when the lot was made of an ITI-105 DocumentReference. */
    boolean isSimplified() {
        return simplified;
    }

    /** How strictly it is checked. */
    Level level() {
        return level;
    }

    SubmissionReport report() {
        return report;
    }

    /** What was found, errors and warnings. */
    public List<Issue> issues() {
        return report.findings().stream().map(Finding::toIssue).toList();
    }

    /** True when a finding refuses the submission. */
    public boolean hasErrors() {
        return report.hasErrors();
    }

    /** How the Bundle names its patient; several names must turn out to be one person's. */
    public Set<PatientReference> patients() {
        return report.patients();
    }

    /** Name of the tolerance of which an issue tells, if it does: what is wrong and accepted all the same. */
    public static Optional<String> toleranceOf(Issue issue) {
        return Tolerance.nameOf(issue.code());
    }
}
