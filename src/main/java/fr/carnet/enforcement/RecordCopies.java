package fr.carnet.enforcement;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import fr.carnet.dmp.PatientRecords;
import fr.carnet.document.RegistryPage;
import fr.carnet.policy.AccessRequest;
import fr.carnet.policy.Action;
import fr.carnet.policy.CallerKeys;
import fr.carnet.policy.Decision;
import fr.carnet.policy.Decision.Deny;
import fr.carnet.policy.Decision.Permit;
import fr.carnet.policy.Judgement;
import fr.carnet.policy.PatientFacts;
import fr.carnet.policy.Policy;
import fr.carnet.policy.VisibilityKeys;
import fr.carnet.shared.AccessContext;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.AuthenticationMode;
import fr.carnet.shared.Caller;
import fr.carnet.shared.CallerKind;
import fr.carnet.shared.CarnetUris;
import fr.carnet.shared.Ins;
import fr.carnet.shared.Texts;
import fr.carnet.trace.TraceView;
import fr.carnet.trace.Who;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;

/**
 * The copy of a record for a holder who asked the operator for it (R91): the archive that he would be given himself, judged and
 * sieved as his own request, and nothing that is hidden from him. The operator is traced with all that leaves, before it
 * leaves; a refusal is traced, too (R90, R92).
 */
public final class RecordCopies {

    private static final String NOT_STATED = "-";
    private static final String SOFTWARE = "Carnet (ligne de commande)";
    private static final Caller.TokenRef NO_TOKEN = new Caller.TokenRef(CarnetUris.LOCAL_ID, "carnet", NOT_STATED);

    private final Policy policy;
    private final VisibilityKeys keys;
    private final PatientRecords records;
    private final ExportProvider exports;
    private final Sieve sieve;
    private final CircleSieve circle;
    private final RecordArchive archive;
    private final OwnTraces traces;
    private final Clock clock;

    RecordCopies(
            Policy policy,
            VisibilityKeys keys,
            PatientRecords records,
            ExportProvider exports,
            Sieve sieve,
            CircleSieve circle,
            RecordArchive archive,
            OwnTraces traces,
            Clock clock) {
        this.policy = policy;
        this.keys = keys;
        this.records = records;
        this.exports = exports;
        this.sieve = sieve;
        this.circle = circle;
        this.archive = archive;
        this.traces = traces;
        this.clock = clock;
    }

    /**
     * Writes the archive, a ZIP; the stream stays open.
     *
     * @param ins a matricule of the holder
     * @param operator account of who is at the machine, for the trace
     * @param texts of the reader of the archive
     * @throws fr.carnet.shared.Fault with the rule, if the holder would not be given it now; then nothing was written
     * @throws fr.carnet.trace.TraceUnavailable if no trace can be stored; then nothing was written
     * @throws IOException if it cannot be written
     */
    public void write(Ins ins, String operator, Texts texts, OutputStream out) throws IOException {
        Instant now = clock.instant();
        Caller holder = caller(CallerKind.HOLDER, ins.value());
        AccessContext context = AccessContext.NORMAL.about(Optional.of(ins));
        Optional<PatientFacts> patient = records.byIns(ins, holder);
        Decision decision = policy.decide(new AccessRequest(
                holder, context, Action.EXPORT_RECORD, patient, Optional.empty(), Optional.empty(), now));
        var request = new SystemRequestDetails();
        if (decision instanceof Permit permit) {
            PatientFacts facts = patient.orElseThrow();
            CallerKeys own = keys.keysFor(holder, context, facts, now);
            new Judgement(holder, context, patient, own, permit, now).storeIn(request.getUserData());
            Bundle rest = sieved(request);
            trace(operator, patient, decision, request, now);
            archive.write(
                    RegistryPage.of(request.getUserData()),
                    rest,
                    new TraceView(holder, Optional.of(facts.id())),
                    texts,
                    out);
        } else {
            trace(operator, patient, decision, request, now);
            throw Refused.by((Deny) decision);
        }
    }

    private Bundle sieved(RequestDetails request) {
        RequestNotes.of(request.getUserData()).asks(Action.EXPORT_RECORD);
        var answer = new ResponseDetails(exports.exportRecord(request));
        sieve.sift(request);
        circle.sift(request, answer);
        return (Bundle) answer.getResponseResource();
    }

    private void trace(
            String operator, Optional<PatientFacts> patient, Decision decision, RequestDetails request, Instant now) {
        traces.exported(
                Who.of(caller(CallerKind.OPERATOR, operator)),
                patient.map(PatientFacts::id),
                decision,
                RequestNotes.of(request.getUserData()).lines(),
                now);
    }

    private static Caller caller(CallerKind kind, String subject) {
        return new Caller(
                kind,
                subject,
                kind == CallerKind.OPERATOR ? subject : NOT_STATED,
                kind == CallerKind.HOLDER ? Optional.of(ActorCode.HOLDER) : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                AuthenticationMode.DIRECTE,
                SOFTWARE,
                NO_TOKEN);
    }
}
