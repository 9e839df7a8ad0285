package fr.carnet.enforcement;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import fr.carnet.caller.CallerSession;
import fr.carnet.dmp.CrossReference;
import fr.carnet.document.iti65.DryRun;
import fr.carnet.document.overview.OverviewQuestion;
import fr.carnet.messaging.notice.PreferenceRequest;
import fr.carnet.policy.CallerKeys;
import fr.carnet.policy.Decision.Permit;
import fr.carnet.policy.Judgement;
import fr.carnet.policy.PatientFacts;
import fr.carnet.policy.Policy;
import fr.carnet.policy.VisibilityKeys;
import fr.carnet.shared.Fault;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;

/**
 * Decides at the entrance: whose record, and may he at all. One case per interaction finds the patient and the question;
 * what it finds is left with the request, and the rooms that act work from that alone.
 */
@Interceptor
final class Judge {

    private final Policy policy;
    private final VisibilityKeys keys;
    private final Clock clock;
    private final ReadCases reads;
    private final WriteCases writes;
    private final StatusChecks statusChecks;
    private final RecordCases records;
    private final CircleCases circle;
    private final MessageCases messages;
    private final ExplanationCases explanations;
    private final TraceCases traces;
    private final ExportCases exports;

    Judge(
            Policy policy,
            VisibilityKeys keys,
            Clock clock,
            ReadCases reads,
            WriteCases writes,
            StatusChecks statusChecks,
            RecordCases records,
            CircleCases circle,
            MessageCases messages,
            ExplanationCases explanations,
            TraceCases traces,
            ExportCases exports) {
        this.policy = policy;
        this.keys = keys;
        this.clock = clock;
        this.reads = reads;
        this.writes = writes;
        this.statusChecks = statusChecks;
        this.records = records;
        this.circle = circle;
        this.messages = messages;
        this.explanations = explanations;
        this.traces = traces;
        this.exports = exports;
    }

    /** Judges a request before its provider is called. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED)
    public void judge(ServletRequestDetails request, RestOperationTypeEnum operation) {
        if (operation == RestOperationTypeEnum.METADATA) {
            return;
        }
        var hearing = new Hearing(
                request, CallerSession.of(request.getServletRequest()).orElseThrow(), clock.instant(), policy);
        if (operation == RestOperationTypeEnum.TRANSACTION) {
            leave(hearing, writes.submission(hearing));
            return;
        }
        if (operation == RestOperationTypeEnum.EXTENDED_OPERATION_TYPE
                && DryRun.OPERATION.equals(request.getOperation())) {
            writes.dryRun(hearing, () -> declared(hearing)).ifPresent(verdict -> leave(hearing, verdict));
            return;
        }
        leave(
                hearing,
                switch (request.getResourceName()) {
                    case "Patient" -> patient(hearing, operation);
                    case "Consent" ->
                        operation == RestOperationTypeEnum.SEARCH_TYPE
                                ? circle.consents(hearing)
                                : writes.consent(hearing, operation);
                    case "CareTeam" -> circle.team(hearing, operation);
                    case "RelatedPerson" -> circle.related(hearing, operation);
                    case "Communication" ->
                        operation == RestOperationTypeEnum.READ || operation == RestOperationTypeEnum.SEARCH_TYPE
                                ? circle.communication(hearing, operation)
                                : messages.hear(hearing, operation);
                    case "DocumentReference" -> document(hearing, operation);
                    case "List", "Binary", "Bundle" -> reads.shared(hearing, operation);
                    case "AuditEvent" -> traces.hear(hearing, operation);
                    default -> throw Refused.absent();
                });
    }

    /** What a dry run rehearses, as if it were declared. */
    private Verdict declared(Hearing hearing) {
        return switch (hearing.request().getResourceName()) {
            case "Bundle" -> writes.submission(hearing);
            case "DocumentReference" -> writes.simplifiedPublish(hearing);
            case "Consent" -> writes.consent(hearing, RestOperationTypeEnum.CREATE);
            case "CareTeam" -> circle.team(hearing, RestOperationTypeEnum.CREATE);
            case "RelatedPerson" -> circle.related(hearing, RestOperationTypeEnum.CREATE);
            case "Patient" -> writes.registration(hearing);
            default -> throw Refused.absent();
        };
    }

    private Verdict patient(Hearing hearing, RestOperationTypeEnum operation) {
        return switch (operation) {
            case UPDATE -> writes.registration(hearing);
            case READ -> statusChecks.byId(hearing);
            case EXTENDED_OPERATION_TYPE, EXTENDED_OPERATION_INSTANCE -> operation(hearing);
            default -> statusChecks.check(hearing);
        };
    }

    private Verdict operation(Hearing hearing) {
        return switch (hearing.request().getOperation()) {
            case OverviewQuestion.OPERATION -> reads.overview(hearing);
            case CrossReference.OPERATION -> statusChecks.crossReference(hearing);
            case PreferenceRequest.OPERATION -> records.preferences(hearing);
            default -> explainedExportedOrChanged(hearing);
        };
    }

    private Verdict explainedExportedOrChanged(Hearing hearing) {
        return explanation(hearing)
                .map(question -> explanations.hear(hearing, question))
                .or(() -> ExportOperation.named("Patient", hearing.request().getOperation())
                        .map(export -> exports.hear(hearing, export)))
                .orElseGet(() -> records.change(hearing));
    }

    private Verdict document(Hearing hearing, RestOperationTypeEnum operation) {
        return switch (operation) {
            case CREATE -> writes.simplifiedPublish(hearing);
            case PATCH -> writes.metadataUpdate(hearing);
            case EXTENDED_OPERATION_TYPE ->
                explanations.hear(hearing, explanation(hearing).orElseThrow(Refused::absent));
            default -> reads.shared(hearing, operation);
        };
    }

    private static Optional<ExplanationOperation> explanation(Hearing hearing) {
        return ExplanationOperation.named(
                hearing.request().getResourceName(), hearing.request().getOperation());
    }

    private void leave(Hearing hearing, Verdict verdict) {
        CallerKeys opens = verdict.patient()
                .map(p -> keys.keysFor(hearing.caller(), hearing.context(), p, hearing.now()))
                .orElse(CallerKeys.NONE);
        new Judgement(hearing.caller(), hearing.context(), verdict.patient(), opens, verdict.permit(), hearing.now())
                .storeIn(hearing.request().getUserData());
    }

    /**
     * What a case found.
     *
     * @param patient whom the request concerns; empty when no record is known
     * @param permit permission at the level of the record
     */
    record Verdict(Optional<PatientFacts> patient, Permit permit) {}

    /**
     * A request before the judge.
     *
     * @param request as received
     * @param session who calls, in which circumstances
     * @param now instant of the request
     * @param policy to be asked
     */
    record Hearing(ServletRequestDetails request, CallerSession session, Instant now, Policy policy) {

        fr.carnet.shared.Caller caller() {
            return session.caller();
        }

        fr.carnet.shared.AccessContext context() {
            return session.context();
        }

        /** The policy, asked about this patient. */
        Court court(Optional<PatientFacts> patient) {
            patient.ifPresent(RequestNotes.of(request.getUserData())::concerns);
            return new Court(policy, caller(), context(), patient, now, request.getUserData());
        }

        /**
         * The resource that was sent.
         *
         * @throws Fault 400 if there is none of this type
         */
        <T> T body(Class<T> type) {
            if (type.isInstance(request.getResource())) {
                return type.cast(request.getResource());
            }
            throw Fault.of(400, "body-required", type.getSimpleName());
        }

        /** @throws Fault 400 if no resource of this type was sent */
        void require(String type) {
            IBaseResource sent = request.getResource();
            if (sent == null || !type.equals(sent.fhirType())) {
                throw Fault.of(400, "body-required", type);
            }
        }

        /** Notes what is asked, for the trace. */
        void asks(fr.carnet.policy.Action action) {
            RequestNotes.of(request.getUserData()).asks(action);
        }
    }
}
