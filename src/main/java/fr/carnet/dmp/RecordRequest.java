package fr.carnet.dmp;

import fr.carnet.policy.Action;
import fr.carnet.shared.Caller;
import fr.carnet.shared.Fault;
import fr.carnet.shared.IdentifierToken;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;

/**
 * What somebody asks for a record, by one of the {@link RecordOperation}s.
 *
 * @param operation which
 * @param identifier of the patient: domain and matricule, not yet checked (R1, R2)
 * @param sent of an information: when it was sent (R12)
 * @param motive of a closing: code of the DMP's CodeSystem
 * @param reason of a closing, in words
 * @param consent the box was ticked (R25)
 * @param newIdentifier of a change of the matricule: the one that counts from now on, not yet checked (R9)
 */
public record RecordRequest(
        RecordOperation operation,
        IdentifierToken identifier,
        Optional<Instant> sent,
        Optional<String> motive,
        Optional<String> reason,
        boolean consent,
        Optional<IdentifierToken> newIdentifier) {

    static final String IDENTIFIER = "identifier";
    static final String SENT = "sent";
    static final String MOTIVE = "motive";
    static final String REASON = "reason";
    static final String CONSENT = "consent";
    static final String NEW = "new";

    private static final String KEY = RecordRequest.class.getName();

    /**
     * Reads the parameters of an operation.
     *
     * @throws Fault 400 for a parameter that the operation does not have; 422 for one that is missing, repeated or of
     *     another type
     */
    public static RecordRequest of(RecordOperation operation, Parameters parameters) {
        Set<String> known = new HashSet<>(operation.parameters());
        known.add(IDENTIFIER);
        var given = OperationParameters.of(parameters, known);
        return new RecordRequest(
                operation,
                given.identifier(IDENTIFIER),
                given.value(SENT, DateTimeType.class).map(RecordRequest::instant),
                given.value(MOTIVE, CodeType.class).map(CodeType::getValue),
                given.value(REASON, StringType.class).map(StringType::getValue),
                given.value(CONSENT, BooleanType.class)
                        .map(BooleanType::booleanValue)
                        .orElse(false),
                operation == RecordOperation.CHANGE_INS ? Optional.of(given.identifier(NEW)) : Optional.empty());
    }

    private static Instant instant(DateTimeType time) {
        if (!PatientReading.isInstant(time)) {
            throw refusal(SENT);
        }
        return time.getValue().toInstant();
    }

    static Fault refusal(String parameter) {
        return Findings.refusal("operation-parameter", "Parameters.parameter.where(name = '" + parameter + "')");
    }

    /** What the policy is asked: a professional who ticked the consent box reactivates (R25). */
    public Action action(Caller caller) {
        return operation == RecordOperation.REOPEN && consent && caller.isProfessional()
                ? Action.REACTIVATE
                : operation.action();
    }

    /** Leaves this with the request. */
    public void storeIn(Map<Object, Object> userData) {
        userData.put(KEY, this);
    }

    /** What the judge read; {@code IllegalStateException} if nobody did. */
    static RecordRequest of(Map<Object, Object> userData) {
        if (userData.get(KEY) instanceof RecordRequest asked) {
            return asked;
        }
        throw new IllegalStateException("operation was not judged");
    }

    /** True if a request says when the person was informed: nobody else is to inform him then (R11). */
    public static boolean saysWhenInformed(Map<Object, Object> userData) {
        return userData.get(KEY) instanceof RecordRequest asked && asked.sent().isPresent();
    }

    /** The action of the operation that a request calls; empty for every other request. */
    public static Optional<Action> actionOf(Map<Object, Object> userData, Caller caller) {
        return userData.get(KEY) instanceof RecordRequest asked ? Optional.of(asked.action(caller)) : Optional.empty();
    }
}
