package fr.carnet.enforcement;

import fr.carnet.dmp.OperationParameters;
import fr.carnet.policy.Action;
import fr.carnet.shared.AccessContext;
import fr.carnet.shared.Caller;
import fr.carnet.shared.Fault;
import fr.carnet.shared.IdentifierToken;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;

/**
 * What an {@link ExplanationOperation} is asked.
 *
 * @param operation which
 * @param document FHIR id; empty where the question is about a record
 * @param identifier matricule of the patient, not yet checked; empty where the question is about a document
 * @param action what the actor wants to do
 * @param actor about whom; empty: about the caller himself
 * @param context in which circumstances, without the patient; empty: in those of the caller
 */
record Question(
        ExplanationOperation operation,
        Optional<String> document,
        Optional<IdentifierToken> identifier,
        Action action,
        Optional<Caller> actor,
        Optional<AccessContext> context) {

    static final String DOCUMENT = "document";
    static final String IDENTIFIER = "identifier";
    static final String ACTION = "action";
    static final String ACTOR = "actor";
    static final String CONTEXT = "context";

    /** What can be asked without a Consent at hand; what an explanation would explain of itself is left out. */
    private static final Set<Action> EXPLAINED =
            EnumSet.complementOf(EnumSet.of(Action.CREATE_CONSENT, Action.END_CONSENT, Action.EXPLAIN));

    /**
     * Reads the parameters of an operation.
     *
     * @throws Fault 400 for a parameter that the operation does not have; 422 for one that is missing, repeated, of
     *     another type or without meaning
     */
    static Question of(ExplanationOperation operation, Parameters parameters) {
        var given = OperationParameters.of(parameters, operation.parameters());
        boolean record = operation == ExplanationOperation.EXPLAIN_RECORD;
        return new Question(
                operation,
                record ? Optional.empty() : Optional.of(document(given)),
                record ? Optional.of(given.identifier(IDENTIFIER)) : Optional.empty(),
                action(operation, given),
                ImaginedActor.in(given),
                ImaginedContext.in(given));
    }

    private static String document(OperationParameters given) {
        return given.value(DOCUMENT, Reference.class)
                .map(reference -> new IdType(reference.getReference()))
                .filter(id -> "DocumentReference".equals(id.getResourceType()) && !id.isAbsolute())
                .map(IdType::getIdPart)
                .orElseThrow(() -> given.refusal(DOCUMENT));
    }

    private static Action action(ExplanationOperation operation, OperationParameters given) {
        if (operation == ExplanationOperation.LIST_READERS) {
            return Action.LIST_READERS;
        }
        Optional<String> code = given.value(ACTION, CodeType.class).map(CodeType::getValue);
        return code.map(stated -> Arrays.stream(Action.values())
                        .filter(action -> codeOf(action).equals(stated) && EXPLAINED.contains(action))
                        .findFirst()
                        .orElseThrow(() -> given.refusal(ACTION)))
                .orElse(Action.READ);
    }

    /** Code of an action or of another constant, e.g. {@code show-to-holder}. */
    static String codeOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
