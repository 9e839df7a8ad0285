package fr.carnet.dmp;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import fr.carnet.shared.CarnetUris;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** What is wrong with a resource, all of it, so that the sender mends it once. Never repeats what was sent. */
final class Findings {

    private static final String BUNDLE = "messages/dmp";
    private static final List<Locale> LANGUAGES = List.of(Locale.FRENCH, Locale.ENGLISH);

    private final List<Finding> all = new ArrayList<>();

    private record Finding(String code, String expression) {}

    /**
     * @param code error code, also the key of its sentence
     * @param expression FHIRPath of the element
     */
    void add(String code, String expression) {
        all.add(new Finding(code, expression));
    }

    /** Adds the finding unless the condition holds. */
    void require(boolean condition, String code, String expression) {
        if (!condition) {
            add(code, expression);
        }
    }

    /** Refuses the resource with 422 if anything was found. */
    void refuseIfAny(RequestDetails request) {
        if (!all.isEmpty()) {
            throw refusal(request);
        }
    }

    /** A refusal of one reason. */
    static UnprocessableEntityException refusal(String code, String expression, RequestDetails request) {
        var findings = new Findings();
        findings.add(code, expression);
        return findings.refusal(request);
    }

    private UnprocessableEntityException refusal(RequestDetails request) {
        var sentences = ResourceBundle.getBundle(
                BUNDLE,
                language(request),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        var outcome = new OperationOutcome();
        for (Finding finding : all) {
            outcome.addIssue()
                    .setSeverity(IssueSeverity.ERROR)
                    .setCode(IssueType.INVALID)
                    .setDetails(details(finding.code(), sentences.getString(finding.code())))
                    .addExpression(finding.expression());
        }
        return new UnprocessableEntityException("refused: " + all.size() + " finding(s)", outcome);
    }

    private static CodeableConcept details(String code, String sentence) {
        var details = new CodeableConcept().setText(sentence);
        details.addCoding().setSystem(CarnetUris.ERROR_CODE).setCode(code);
        return details;
    }

    private static Locale language(RequestDetails request) {
        String wanted = request.getHeader("Accept-Language");
        if (wanted == null) {
            return Locale.FRENCH;
        }
        try {
            Locale found = Locale.lookup(Locale.LanguageRange.parse(wanted), LANGUAGES);
            return found == null ? Locale.FRENCH : found;
        } catch (IllegalArgumentException malformed) {
            return Locale.FRENCH;
        }
    }
}
