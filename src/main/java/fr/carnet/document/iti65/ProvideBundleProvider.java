package fr.carnet.document.iti65;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.Transaction;
import ca.uhn.fhir.rest.annotation.TransactionParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import fr.carnet.document.Outcomes;
import fr.carnet.document.iti65.SubmissionTable.Stored;
import fr.carnet.policy.Rule;
import fr.carnet.shared.Fault.Issue;
import fr.carnet.shared.Fault.Severity;
import fr.carnet.shared.Texts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** ITI-65: stores a judged submission whole, or not at all. */
@Component
public class ProvideBundleProvider {

    private static final Issue ALREADY_STORED = new Issue(
            Severity.INFORMATION,
            Rule.R124_DUPLICATE.id(),
            "information.submission-already-stored",
            List.of(),
            Optional.empty());

    private final SubmissionStore store;
    private final SubmissionTable submissions;
    private final TransactionTemplate transaction;
    private final FhirContext fhir;

    ProvideBundleProvider(
            SubmissionStore store, SubmissionTable submissions, TransactionTemplate transaction, FhirContext fhir) {
        this.store = store;
        this.submissions = submissions;
        this.transaction = transaction;
        this.fhir = fhir;
    }

    /**
     * Stores the submission.
     *
     * @param received as sent; what is stored is what was prepared from it and judged
     */
    @Transaction
    public Bundle provide(@TransactionParam Bundle received, RequestDetails request) {
        PreparedSubmission prepared = PreparedSubmission.of(request.getUserData());
        if (prepared.earlier().isPresent()) {
            return answerOf(prepared, prepared.earlier().get(), Texts.of(request.getHeader("Accept-Language")));
        }
        Optional<String> uniqueId = prepared.submission().uniqueId();
        try {
            return transaction.execute(status -> {
                Bundle answer = answer(received, prepared, store.store(prepared, request), request);
                uniqueId.ifPresent(id ->
                        submissions.add(id, prepared.stored(fhir.newJsonParser().encodeResourceToString(answer))));
                return answer;
            });
        } catch (RuntimeException e) {
            // somebody may have been faster: the same lot gets his answer, whatever it failed of (R124)
            return uniqueId.flatMap(submissions::find)
                    .map(stored -> answerOf(prepared, stored, Texts.of(request.getHeader("Accept-Language"))))
                    .orElseThrow(() -> Duplicates.isDuplicate(e) ? Rule.R124_DUPLICATE.refusal() : e);
        }
    }

    private Bundle answerOf(PreparedSubmission prepared, Stored stored, Texts texts) {
        if (!prepared.isSame(stored)) {
            throw Rule.R124_DUPLICATE.refusal();
        }
        return again(stored, texts);
    }

    /** The first answer; its first entry says that it is one. */
    private Bundle again(Stored stored, Texts texts) {
        Bundle answer = fhir.newJsonParser().parseResource(Bundle.class, stored.answer());
        OperationOutcome outcome = Outcomes.of(List.of(ALREADY_STORED), 200, texts);
        var response = answer.getEntryFirstRep().getResponse();
        if (response.getOutcome() instanceof OperationOutcome warnings) {
            outcome.getIssue().addAll(warnings.getIssue());
        }
        response.setOutcome(outcome);
        return answer;
    }

    private static Bundle answer(
            Bundle received, PreparedSubmission prepared, Map<Integer, IdType> locations, RequestDetails request) {
        Texts texts = Texts.of(request.getHeader("Accept-Language"));
        Bundle answer = new Bundle().setType(BundleType.TRANSACTIONRESPONSE);
        for (int i = 0; i < received.getEntry().size(); i++) {
            IdType location = locations.get(i);
            boolean created = received.getEntry().get(i).getRequest().getMethod() == Bundle.HTTPVerb.POST;
            var response = answer.addEntry()
                    .getResponse()
                    .setStatus(created ? "201 Created" : "200 OK")
                    .setLocation(location.toUnqualified().getValue());
            if (location.hasVersionIdPart()) {
                response.setEtag("W/\"" + location.getVersionIdPart() + "\"");
            }
            if (!prepared.warnings(i).isEmpty()) {
                response.setOutcome(Outcomes.of(prepared.warnings(i), 200, texts));
            }
        }
        return answer;
    }
}
