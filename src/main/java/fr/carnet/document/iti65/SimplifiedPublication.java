package fr.carnet.document.iti65;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import fr.carnet.document.Registry;
import fr.carnet.policy.Rule;
import fr.carnet.shared.Fault.Issue;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.IdType;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Stores the judged lot of an ITI-105 DocumentReference, whole or not at all. */
@Component
public class SimplifiedPublication {

    private static final int DOCUMENT = 1;

    private final SubmissionStore store;
    private final Registry registry;
    private final TransactionTemplate transaction;

    SimplifiedPublication(SubmissionStore store, Registry registry, TransactionTemplate transaction) {
        this.store = store;
        this.registry = registry;
        this.transaction = transaction;
    }

    /**
     * What became of it.
     *
     * @param id of the document
     * @param again it was there already, of the same depositor (R124): nothing was stored
     * @param warnings on what was sent
     */
    public record Published(IdType id, boolean again, List<Issue> warnings) {}

    /** Stores what was judged; the same document sent again is found again. */
    public Published publish(RequestDetails request) {
        PreparedSubmission prepared = PreparedSubmission.of(request.getUserData());
        Optional<Published> earlier = prepared.isRepetition() ? earlier(prepared) : Optional.empty();
        return earlier.orElseGet(() -> store(prepared, request));
    }

    private Published store(PreparedSubmission prepared, RequestDetails request) {
        try {
            IdType id =
                    transaction.execute(status -> store.store(prepared, request).get(DOCUMENT));
            return new Published(id, false, prepared.warnings());
        } catch (RuntimeException e) {
            // somebody may have been faster with the very same
            return earlier(prepared).orElseThrow(() -> Duplicates.isDuplicate(e) ? Rule.R124_DUPLICATE.refusal() : e);
        }
    }

    private Optional<Published> earlier(PreparedSubmission prepared) {
        var document = prepared.documents().get(0).resource();
        String hash =
                document.getContentFirstRep().getAttachment().getHashElement().getValueAsString();
        return registry.sent(
                        document.getMasterIdentifier().getValue(),
                        hash,
                        prepared.deposit().depositor())
                .map(id -> new Published(new IdType("DocumentReference", id), true, prepared.warnings()));
    }
}
