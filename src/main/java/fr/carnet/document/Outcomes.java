package fr.carnet.document;

import fr.carnet.shared.CarnetUris;
import fr.carnet.shared.Fault.Issue;
import fr.carnet.shared.Fault.Severity;
import fr.carnet.shared.Texts;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** Issues as an OperationOutcome: a coding for machines, a sentence for people. */
public final class Outcomes {

    private static final Set<String> UNKNOWN_DOMAINS = Set.of("unknown-source-domain", "unknown-target-domain");

    private Outcomes() {}

    /** Outcome of these issues, in the reader's language. */
    public static OperationOutcome of(List<Issue> issues, int status, Texts texts) {
        var outcome = new OperationOutcome();
        issues.forEach(issue -> {
            var component =
                    outcome.addIssue().setSeverity(severity(issue.severity())).setCode(type(issue, status));
            component.getDetails().setText(texts.say(issue)).addCoding(coding(issue));
            issue.expression().ifPresent(component::addExpression);
        });
        return outcome;
    }

    private static IssueSeverity severity(Severity severity) {
        return switch (severity) {
            case ERROR -> IssueSeverity.ERROR;
            case WARNING -> IssueSeverity.WARNING;
            case INFORMATION -> IssueSeverity.INFORMATION;
        };
    }

    private static org.hl7.fhir.r4.model.Coding coding(Issue issue) {
        var coding = new org.hl7.fhir.r4.model.Coding(
                issue.code().matches("R\\d+") ? CarnetUris.RULE : CarnetUris.ERROR_CODE, issue.code(), null);
        int dot = issue.messageKey().indexOf('.');
        return coding.setDisplay(
                dot < 0 ? issue.messageKey() : issue.messageKey().substring(dot + 1));
    }

    /** PIXm names the type of a domain that is not known, whatever the status. */
    private static IssueType type(Issue issue, int status) {
        if (UNKNOWN_DOMAINS.contains(issue.code())) {
            return IssueType.CODEINVALID;
        }
        // of a dry run: what is wrong, told in an answer that went well
        boolean found = status == 200 && issue.severity() == Severity.ERROR;
        return found ? IssueType.BUSINESSRULE : type(status);
    }

    private static IssueType type(int status) {
        return switch (status) {
            case 200 -> IssueType.INFORMATIONAL;
            case 400 -> IssueType.INVALID;
            case 401 -> IssueType.LOGIN;
            case 403 -> IssueType.FORBIDDEN;
            case 404 -> IssueType.NOTFOUND;
            case 405, 406, 415 -> IssueType.NOTSUPPORTED;
            case 409 -> IssueType.CONFLICT;
            case 412 -> IssueType.CONFLICT;
            case 416 -> IssueType.VALUE;
            case 413 -> IssueType.TOOLONG;
            case 429, 503 -> IssueType.TRANSIENT;
            case 422 -> IssueType.BUSINESSRULE;
            default -> IssueType.EXCEPTION;
        };
    }
}
