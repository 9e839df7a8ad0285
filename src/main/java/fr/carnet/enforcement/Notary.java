package fr.carnet.enforcement;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import fr.carnet.caller.CallerSession;
import fr.carnet.caller.Correlation;
import fr.carnet.dmp.CrossReference;
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
import java.util.Map;
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

    private static final Map<String, String> SEARCHES =
            Map.of("List", "ITI-66", "DocumentReference", "ITI-67", "Patient", "ITI-78", "AuditEvent", "ITI-81");
    private static final Map<String, String> READS =
            Map.of("Binary", "ITI-68", "Bundle", "ITI-68", "Patient", "ITI-78");

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
                store(request, Outcome.PERMITTED, 200);
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
        Optional<Interaction> interaction = interaction(request.getRestOperationType());
        return new TracedRequest(
                interaction,
                notes.action(),
                transaction(request),
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

    private static Optional<Interaction> interaction(RestOperationTypeEnum operation) {
        if (operation == null) {
            return Optional.empty();
        }
        return switch (operation) {
            case READ -> Optional.of(Interaction.READ);
            case VREAD -> Optional.of(Interaction.VREAD);
            case SEARCH_TYPE, SEARCH_SYSTEM -> Optional.of(Interaction.SEARCH);
            case CREATE -> Optional.of(Interaction.CREATE);
            case UPDATE -> Optional.of(Interaction.UPDATE);
            case PATCH -> Optional.of(Interaction.PATCH);
            case DELETE -> Optional.of(Interaction.DELETE);
            case TRANSACTION -> Optional.of(Interaction.TRANSACTION);
            default -> Optional.of(Interaction.OPERATION);
        };
    }

    private static Optional<String> transaction(ServletRequestDetails request) {
        if (request.getRestOperationType() == null) {
            return Optional.empty();
        }
        String type = request.getResourceName() == null ? "" : request.getResourceName();
        return Optional.ofNullable(
                switch (request.getRestOperationType()) {
                    case TRANSACTION -> "ITI-65";
                    case SEARCH_TYPE -> SEARCHES.get(type);
                    case READ -> READS.get(type);
                    case CREATE -> type.equals("DocumentReference") ? "ITI-105" : null;
                    case EXTENDED_OPERATION_TYPE ->
                        CrossReference.OPERATION.equals(request.getOperation()) ? "ITI-83" : null;
                    default -> null;
                });
    }
}
