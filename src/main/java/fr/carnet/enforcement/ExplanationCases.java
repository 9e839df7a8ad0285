package fr.carnet.enforcement;

import fr.carnet.caller.CallerSession;
import fr.carnet.document.Registry;
import fr.carnet.enforcement.Judge.Hearing;
import fr.carnet.enforcement.Judge.Verdict;
import fr.carnet.policy.AccessRequest;
import fr.carnet.policy.Action;
import fr.carnet.policy.Decision.Permit;
import fr.carnet.policy.DocumentFacts;
import fr.carnet.policy.PatientFacts;
import fr.carnet.shared.AccessContext;
import fr.carnet.shared.PatientReference;
import fr.carnet.trace.TraceLine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Parameters;

/** Questions about decisions before the judge: who may ask them, and about what; what is asked is left with the request. */
final class ExplanationCases {

    private static final String KEY = ExplanationCases.class.getName();

    private final Patients patients;
    private final Registry registry;
    private final StatusChecks statusChecks;

    ExplanationCases(Patients patients, Registry registry, StatusChecks statusChecks) {
        this.patients = patients;
        this.registry = registry;
        this.statusChecks = statusChecks;
    }

    /** The request that is to be explained, as the judge left it. */
    static AccessRequest asked(Map<Object, Object> userData) {
        if (userData.get(KEY) instanceof AccessRequest asked) {
            return asked;
        }
        throw new IllegalStateException("question was not judged");
    }

    Verdict hear(Hearing hearing, ExplanationOperation operation) {
        boolean readers = operation == ExplanationOperation.LIST_READERS;
        hearing.asks(readers ? Action.LIST_READERS : Action.EXPLAIN);
        Parameters parameters = hearing.body(Parameters.class);
        return readers
                ? readers(Question.of(operation, parameters), hearing)
                : explained(operation, parameters, hearing);
    }

    /** R92: who may not ask learns nothing, not even whether he asked well. */
    private Verdict explained(ExplanationOperation operation, Parameters parameters, Hearing hearing) {
        Court court = hearing.court(Optional.empty());
        Permit permit = court.require(court.decide(Action.EXPLAIN));
        Question question = Question.of(operation, parameters);
        Hearing imagined = imagined(question, hearing);
        Optional<DocumentFacts> document = question.document().map(id -> document(id, hearing));
        Optional<PatientFacts> patient = document.isPresent()
                ? patients.byId(document.get().patient(), imagined)
                : named(question, hearing, imagined);
        // for the trace
        hearing.court(patient);
        leave(question, imagined, patient, document, hearing);
        return new Verdict(patient, permit);
    }

    /** What tells of a matricule whether it has a record is counted. */
    private Optional<PatientFacts> named(Question question, Hearing hearing, Hearing imagined) {
        statusChecks.count(hearing);
        return patients.named(
                new PatientReference.Identified(question.identifier().orElseThrow()), imagined);
    }

    private DocumentFacts document(String id, Hearing hearing) {
        DocumentFacts facts = find(id).orElseThrow(Refused::absent);
        note(id, hearing);
        return facts;
    }

    private Optional<DocumentFacts> find(String id) {
        return Optional.ofNullable(registry.facts(List.of(id)).get(id));
    }

    private static void note(String id, Hearing hearing) {
        RequestNotes.of(hearing.request().getUserData())
                .add(new TraceLine(
                        "DocumentReference/" + id, Optional.empty(), Optional.empty(), TraceLine.Effect.DISCLOSED));
    }

    private static Hearing imagined(Question question, Hearing hearing) {
        AccessContext circumstances = question.context()
                .orElseGet(() -> question.actor().isPresent() ? AccessContext.NORMAL : hearing.context());
        return new Hearing(
                hearing.request(),
                new CallerSession(question.actor().orElse(hearing.caller()), circumstances),
                hearing.now(),
                hearing.policy());
    }

    /** An imagined token names the patient of the question; the caller's own names whom it names. */
    private static void leave(
            Question question,
            Hearing imagined,
            Optional<PatientFacts> patient,
            Optional<DocumentFacts> document,
            Hearing hearing) {
        boolean own = question.actor().isEmpty() && question.context().isEmpty();
        AccessContext context = own ? imagined.context() : imagined.context().about(patient.map(PatientFacts::ins));
        AccessRequest asked = new AccessRequest(
                imagined.caller(), context, question.action(), patient, document, Optional.empty(), hearing.now());
        hearing.request().getUserData().put(KEY, asked);
    }

    /** R91: of a document that the holder or his representative sees. */
    private Verdict readers(Question question, Hearing hearing) {
        String id = question.document().orElseThrow();
        Optional<DocumentFacts> document = find(id);
        Optional<PatientFacts> patient = hearing.context().patient().isPresent()
                ? patients.ofToken(hearing)
                : document.flatMap(facts -> patients.byId(facts.patient(), hearing));
        Court court = hearing.court(patient);
        if (document.isEmpty() && hearing.context().patient().isPresent()) {
            court.require(court.decide(Action.LIST_READERS));
        }
        DocumentFacts facts = document.orElseThrow(Refused::absent);
        Permit permit = court.require(court.decide(Action.LIST_READERS, facts));
        note(id, hearing);
        leave(question, hearing, patient, document, hearing);
        return new Verdict(patient, permit);
    }
}
