package fr.carnet.enforcement;

import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import fr.carnet.enforcement.Judge.Hearing;
import fr.carnet.enforcement.Judge.Verdict;
import fr.carnet.policy.Action;
import fr.carnet.policy.Decision;
import fr.carnet.policy.Decision.Deny;
import fr.carnet.policy.Decision.Permit;
import fr.carnet.policy.PatientFacts;
import fr.carnet.shared.Caller;
import fr.carnet.shared.CallerKind;
import fr.carnet.shared.Fault;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.StructureId;
import fr.carnet.trace.TraceQueries;
import fr.carnet.trace.TraceQuery;
import fr.carnet.trace.TraceReading;
import fr.carnet.trace.TraceStore;
import fr.carnet.trace.TraceView;
import java.util.Map;
import java.util.Optional;

/**
 * Readings of traces before the judge: of one record for its holder's side and the auditor, of a window of time for the
 * auditor, of his own accesses for whoever names himself as their agent.
 */
final class TraceCases {

    /** No record has it: narrowed to it, a search finds nothing. */
    private static final String NO_RECORD = "";

    private final Patients patients;
    private final TraceQueries queries;
    private final TraceStore traces;

    TraceCases(Patients patients, TraceQueries queries, TraceStore traces) {
        this.patients = patients;
        this.queries = queries;
        this.traces = traces;
    }

    Verdict hear(Hearing hearing, RestOperationTypeEnum operation) {
        hearing.asks(Action.READ_TRACES);
        return operation == RestOperationTypeEnum.READ
                ? byId(hearing)
                : search(hearing, queries.parse(hearing.request().getParameters()));
    }

    private Verdict search(Hearing hearing, TraceQuery query) {
        if (isOwn(hearing.caller(), query)) {
            return own(hearing, query);
        }
        boolean auditor = hearing.caller().kind() == CallerKind.AUDITOR;
        if (auditor && query.patient().isEmpty()) {
            return window(hearing, query);
        }
        // who may read no record's traces is told so, whatever he names
        boolean stranger = hearing.caller().kind() == CallerKind.PROFESSIONAL
                || hearing.caller().kind() == CallerKind.SYSTEM;
        if (stranger && query.patient().isEmpty()) {
            Court court = hearing.court(Optional.empty());
            court.require(court.decide(Action.READ_TRACES));
        }
        Optional<PatientFacts> patient =
                patients.named(query.patient().orElseThrow(() -> Fault.of(400, "patient-required")), hearing);
        Court court = hearing.court(patient);
        Permit permit = court.require(court.decide(Action.READ_TRACES));
        if (patient.isEmpty()) {
            throw Refused.absent();
        }
        return found(hearing, patient, permit, query);
    }

    private Verdict window(Hearing hearing, TraceQuery query) {
        Court court = hearing.court(Optional.empty());
        Permit permit = court.require(court.decide(Action.READ_TRACES));
        if (!query.hasBeginning()) {
            throw Fault.of(400, "window-required");
        }
        return found(hearing, Optional.empty(), permit, query);
    }

    /** R90, EX_AIR-120: what is read is his own, so it is traced in nobody's record. */
    private Verdict own(Hearing hearing, TraceQuery query) {
        hearing.asks(Action.READ_OWN_TRACES);
        Court court = hearing.court(Optional.empty());
        Permit permit = court.require(court.decide(Action.READ_OWN_TRACES));
        Optional<String> narrowed = query.patient()
                .map(name -> patients.named(name, hearing).map(PatientFacts::id).orElse(NO_RECORD));
        leave(hearing, new TraceView(hearing.caller(), narrowed), query);
        return new Verdict(Optional.empty(), permit);
    }

    private static boolean isOwn(Caller caller, TraceQuery query) {
        return switch (caller.kind()) {
            case PROFESSIONAL -> query.isOfAgent(IdNatPs.SYSTEM, caller.subject());
            case SYSTEM ->
                caller.structure()
                        .filter(structure -> query.isOfAgent(StructureId.SYSTEM, structure.value()))
                        .isPresent();
            case HOLDER, REPRESENTATIVE, OPERATOR, AUDITOR -> false;
        };
    }

    /** By id: where no token names a patient, every refusal is the answer of an absent trace. */
    private Verdict byId(Hearing hearing) {
        TraceQuery all = queries.parse(Map.of());
        CallerKind kind = hearing.caller().kind();
        if (kind == CallerKind.PROFESSIONAL || kind == CallerKind.SYSTEM) {
            return own(hearing, all);
        }
        String id = hearing.request().getId().getIdPart();
        boolean named =
                kind != CallerKind.AUDITOR && hearing.context().patient().isPresent();
        Optional<PatientFacts> patient = named
                ? patients.ofToken(hearing)
                : traces.recordOf(id).flatMap(record -> patients.byId(record, hearing));
        Decision decision = hearing.court(patient).decide(Action.READ_TRACES);
        if (!named && decision instanceof Deny deny) {
            RequestNotes.of(hearing.request().getUserData()).refusedBy(deny.reason());
            throw Refused.absent();
        }
        Permit permit = hearing.court(patient).require(decision);
        if (patient.isEmpty() && kind != CallerKind.AUDITOR) {
            throw Refused.absent();
        }
        return found(hearing, patient, permit, all);
    }

    private static Verdict found(Hearing hearing, Optional<PatientFacts> patient, Permit permit, TraceQuery query) {
        leave(hearing, new TraceView(hearing.caller(), patient.map(PatientFacts::id)), query);
        return new Verdict(patient, permit);
    }

    private static void leave(Hearing hearing, TraceView view, TraceQuery query) {
        new TraceReading(view, query).storeIn(hearing.request().getUserData());
    }
}
