package fr.carnet.document.iti65;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import fr.carnet.document.Outcomes;
import fr.carnet.policy.Rule;
import fr.carnet.shared.Fault;
import fr.carnet.shared.Fault.Issue;
import fr.carnet.shared.Texts;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * {@code $validate}: everything that a submission would meet. What the judge found comes first; what only the store can tell
 * is found by storing, and taking back.
 */
abstract class DryRunProvider implements IResourceProvider {

    private static final int OK = 200;

    private final SubmissionStore store;
    private final TransactionTemplate transaction;

    private DryRunProvider(SubmissionStore store, TransactionTemplate transaction) {
        this.store = store;
        this.transaction = transaction;
    }

    /** Answers 200 with everything that was found; nothing is kept. */
    @Operation(name = DryRun.OPERATION)
    public OperationOutcome validate(RequestDetails request) {
        DryRun run = DryRun.of(request.getUserData());
        List<Issue> issues =
                run.accepted() ? rehearsed(PreparedSubmission.of(request.getUserData()), request) : run.issues();
        return Outcomes.of(issues, OK, Texts.of(request.getHeader("Accept-Language")));
    }

    private List<Issue> rehearsed(PreparedSubmission prepared, RequestDetails request) {
        Stream<Issue> warnings = prepared.warnings().stream().map(this::told);
        try {
            rehearse(prepared, request);
            return Stream.concat(Stream.of(DryRun.ACCEPTED), warnings).toList();
        } catch (Fault refused) {
            return Stream.concat(refused.issues().stream().map(this::told), warnings)
                    .toList();
        }
    }

    private void rehearse(PreparedSubmission prepared, RequestDetails request) {
        if (prepared.earlier().filter(stored -> !prepared.isSame(stored)).isPresent()) {
            throw Rule.R124_DUPLICATE.refusal();
        }
        if (prepared.isRepetition()) {
            return;
        }
        try {
            transaction.executeWithoutResult(status -> {
                status.setRollbackOnly();
                store.store(prepared, request);
            });
        } catch (RuntimeException e) {
            throw Duplicates.isDuplicate(e) ? Rule.R124_DUPLICATE.refusal() : e;
        }
    }

    /** An issue as the sender of this resource is told it. */
    Issue told(Issue ofLot) {
        return ofLot;
    }

    /** Of an ITI-65 Bundle. */
    @Component
    static final class OfBundles extends DryRunProvider {

        OfBundles(SubmissionStore store, TransactionTemplate transaction) {
            super(store, transaction);
        }

        @Override
        public Class<? extends IBaseResource> getResourceType() {
            return Bundle.class;
        }
    }

    /** Of an ITI-105 DocumentReference. */
    @Component
    static final class OfDocuments extends DryRunProvider {

        OfDocuments(SubmissionStore store, TransactionTemplate transaction) {
            super(store, transaction);
        }

        @Override
        public Class<? extends IBaseResource> getResourceType() {
            return DocumentReference.class;
        }

        @Override
        Issue told(Issue ofLot) {
            return Intake.ofPublished(ofLot);
        }
    }
}
