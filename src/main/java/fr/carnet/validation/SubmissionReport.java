package fr.carnet.validation;

import fr.carnet.shared.PatientReference;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that the check of a Bundle found.
 *
 * @param findings all of them, in the order of the elements
 * @param patients the ways in which it names its patient, also when there are errors
 * @param documents those whose metadata and bytes could be put together, also when there are errors
 * @param submission present when no finding is an error
 */
public record SubmissionReport(
        List<Finding> findings,
        Set<PatientReference> patients,
        List<SubmittedDocument> documents,
        Optional<Submission> submission) {

    /** Copies its collections. */
    public SubmissionReport {
        findings = List.copyOf(findings);
        patients = Set.copyOf(patients);
        documents = List.copyOf(documents);
    }

    /** True when a finding refuses the submission. */
    public boolean hasErrors() {
        return findings.stream().anyMatch(Finding::isError);
    }

    /** Personal data stays out of logs. */
    @Override
    public String toString() {
        return "SubmissionReport[" + findings.size() + " findings]";
    }
}
