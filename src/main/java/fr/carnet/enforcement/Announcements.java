package fr.carnet.enforcement;

import fr.carnet.dmp.Obligations;
import fr.carnet.dmp.OwedNotice;
import fr.carnet.dmp.OwedNotice.Kind;
import fr.carnet.dmp.PatientRecords;
import fr.carnet.dmp.SystemWrite;
import fr.carnet.document.HiddenDocuments;
import fr.carnet.policy.Action;
import fr.carnet.policy.Announcement;
import fr.carnet.policy.DocumentFacts;
import fr.carnet.policy.Policy;
import fr.carnet.policy.Rule;
import fr.carnet.shared.DueJob;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Documents hidden from the holder that nobody announced: after two weeks he is invited to see a professional (R113), after
 * one month the label goes, and the document shows (R114). The policy has shown it from that day on; this makes SQL follow.
 *
 * <p>May run twice and on several nodes: an invitation is stored once, a document is locked and looked at again.
 */
final class Announcements implements DueJob {

    private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);

    private final Policy policy;
    private final PatientRecords records;
    private final HiddenDocuments documents;
    private final Obligations obligations;
    private final OwnTraces traces;
    private final TransactionTemplate transaction;

    Announcements(
            Policy policy,
            PatientRecords records,
            HiddenDocuments documents,
            Obligations obligations,
            OwnTraces traces,
            TransactionTemplate transaction) {
        this.policy = policy;
        this.records = records;
        this.documents = documents;
        this.obligations = obligations;
        this.traces = traces;
        this.transaction = transaction;
    }

    @Override
    public void run(Instant now) {
        Map<String, DocumentFacts> hidden = documents.depositedBefore(policy.lateBefore(now));
        Set<String> told = obligations.told(Kind.HOLDER_TO_SEE_A_PROFESSIONAL, hidden.keySet());
        hidden.forEach((id, document) -> {
            try {
                follow(id, document, told.contains(id), now);
            } catch (RuntimeException e) {
                // the others do not wait for it; the next run tries again
                LOG.error(
                        "the delay of a document could not be followed: {}",
                        e.getClass().getName());
            }
        });
    }

    private void follow(String id, DocumentFacts document, boolean told, Instant now) {
        switch (policy.announcement(document, now)) {
            case LATE -> {
                if (!told && document.current()) {
                    notice(Kind.HOLDER_TO_SEE_A_PROFESSIONAL, "R113", id, document, now)
                            .ifPresent(invitation -> obligations.add(invitation, now));
                }
            }
            case OVERDUE -> transaction.executeWithoutResult(status -> show(id, now));
            case NOT_AWAITED, AWAITED -> {}
        }
    }

    private void show(String id, Instant now) {
        documents
                .show(id, facts -> policy.announcement(facts, now) == Announcement.OVERDUE, SystemWrite.request())
                .ifPresent(shown -> {
                    DocumentFacts document = shown.before();
                    Rule rule = Rule.R114_DELAY_OVER;
                    List<OwedNotice> owed = document.current()
                            ? notice(Kind.HOLDER_OF_DOCUMENT, rule.id(), id, document, now).stream()
                                    .toList()
                            : List.of();
                    traces.changed(id, shown.version(), document.patient(), Action.SHOW_TO_HOLDER, rule, now, owed);
                });
    }

    private Optional<OwedNotice> notice(Kind kind, String rule, String id, DocumentFacts document, Instant now) {
        return records.byId(document.patient())
                .filter(patient -> policy.owesNotice(patient, now))
                .map(patient -> new OwedNotice(kind, rule, document.patient(), Optional.of(id), now));
    }
}
