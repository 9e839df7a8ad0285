package fr.carnet.enforcement;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import fr.carnet.caller.CallerSession;
import fr.carnet.caller.Correlation;
import fr.carnet.caller.Way;
import fr.carnet.dmp.Obligations;
import fr.carnet.dmp.OwedNotice;
import fr.carnet.trace.Circumstances;
import fr.carnet.trace.Interaction;
import fr.carnet.trace.TraceEntry;
import fr.carnet.trace.TraceLine;
import fr.carnet.trace.TraceNumber;
import fr.carnet.trace.TraceStore;
import fr.carnet.trace.TracedRequest;
import fr.carnet.trace.Verdict;
import fr.carnet.trace.Verdict.Outcome;
import fr.carnet.trace.Verdict.RuleRef;
import fr.carnet.trace.Who;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.AuditEvent;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * No trace, no data: stores the trace of every request before the first byte of its answer; of a write, inside the
 * transaction that stores it.
 */
@Interceptor
final class Notary {

    /** After the sieve, before the writers. */
    static final int ORDER = 500_000;

    private final TraceStore traces;
    private final Obligations obligations;
    private final Openings openings;
    private final TransactionTemplate transaction;
    private final String policyVersion;
    private final Clock clock;

    Notary(
            TraceStore traces,
            Obligations obligations,
            Openings openings,
            TransactionTemplate transaction,
            String policyVersion,
            Clock clock) {
        this.traces = traces;
        this.obligations = obligations;
        this.openings = openings;
        this.transaction = transaction;
        this.policyVersion = policyVersion;
        this.clock = clock;
    }

    /** Traces a permitted request, unless its transaction already did. */
    @Hook(value = Pointcut.SERVER_OUTGOING_RESPONSE, order = ORDER)
    public void attest(ServletRequestDetails request, ResponseDetails details) {
        if (request.getRestOperationType() == RestOperationTypeEnum.METADATA) {
            return;
        }
        RequestNotes notes = RequestNotes.of(request.getUserData());
        if (!notes.isTraced()) {
            if (details.getResponseResource() instanceof AuditEvent read) {
                notes.add(new TraceLine(
                        "AuditEvent/" + read.getIdElement().getIdPart(),
                        Optional.empty(),
                        Optional.empty(),
                        TraceLine.Effect.DISCLOSED));
            }
            store(request, Outcome.PERMITTED, details.getResponseCode());
        }
    }

    /** Ties the trace to the transaction that is open: both are stored, or neither. */
    void attestWithTransaction(ServletRequestDetails request) {
        RequestNotes notes = RequestNotes.of(request.getUserData());
        if (notes.isTraced()) {
            return;
        }
        notes.markTraced();
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void beforeCommit(boolean readOnly) {
                // what else the transaction writes waits for others now, not when it holds the end of the chain
                transaction.executeWithoutResult(TransactionStatus::flush);
                Way.within(request.getServletRequest(), "notary", () -> store(request, Outcome.PERMITTED, 200));
            }

            @Override
            public void afterCompletion(int status) {
                if (status != STATUS_COMMITTED) {
                    notes.rolledBack();
                }
            }
        });
    }

    /** Stores the trace of a request that ends with this status and, if it was permitted, the notices that it owes. */
    void store(ServletRequestDetails request, Outcome outcome, int status) {
        RequestNotes notes = RequestNotes.of(request.getUserData());
        boolean permitted = outcome == Outcome.PERMITTED;
        Optional<CallerSession> session = CallerSession.of(request.getServletRequest());
        TraceEntry entry = TraceEntry.at(
                clock.instant(),
                notes.patient().map(p -> p.id()),
                session.map(s -> Who.of(s.caller())),
                asked(request, notes),
                session.map(s -> Circumstances.of(s.context())).orElse(Circumstances.UNKNOWN),
                new Verdict(
                        outcome,
                        notes.rule().map(RuleRef::of),
                        policyVersion,
                        status,
                        Optional.of(notes.lines().size()),
                        notes.tolerances(),
                        notes.consent().filter(any -> permitted)),
                notes.lines());
        TraceNumber number = keep(entry, permitted ? notes.owed() : List.of());
        if (permitted) {
            session.ifPresent(s -> notes.declared()
                    .flatMap(consent -> openings.of(consent, s, entry))
                    .ifPresent(traces::append));
        }
        if (entry.discloses()) {
            DeliveryFilter.expect(request.getServletRequest(), number);
        }
        notes.markTraced();
    }

    private TraceNumber keep(TraceEntry entry, List<OwedNotice> owed) {
        if (owed.isEmpty()) {
            return traces.append(entry);
        }
        return transaction.execute(both -> {
            TraceNumber number = traces.append(entry);
            owed.forEach(notice -> obligations.add(notice, entry.recordedAt()));
            return number;
        });
    }

    private static TracedRequest asked(ServletRequestDetails request, RequestNotes notes) {
        Optional<Interaction> interaction = Transactions.interaction(request.getRestOperationType());
        return new TracedRequest(
                interaction,
                notes.action(),
                Transactions.iheTransaction(request),
                Optional.ofNullable(request.getResourceName()),
                interaction.filter(Interaction.SEARCH::equals).map(i -> query(request)),
                Optional.ofNullable(request.getServletRequest().getRemoteAddr()),
                Correlation.of(request.getServletRequest()));
    }

    private static String query(ServletRequestDetails request) {
        StringBuilder query = new StringBuilder(request.getResourceName()).append('?');
        request.getParameters().forEach((name, values) -> {
            for (String value : values) {
                query.append(name).append('=').append(value).append('&');
            }
        });
        return query.substring(0, query.length() - 1);
    }
}
