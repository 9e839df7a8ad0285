package fr.carnet.enforcement;

import fr.carnet.dmp.OperationParameters;
import fr.carnet.shared.AccessContext;
import fr.carnet.shared.AccessContext.EmergencyStatement;
import fr.carnet.shared.AccessMode;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.StringType;

/** The circumstances that a question imagines, as a token would state them. */
final class ImaginedContext {

    private static final String PURPOSE = "purpose";
    private static final String REASON = "reason";
    private static final String UNABLE_TO_CONSENT = "unable-to-consent";
    private static final String IMMEDIATE_RISK = "immediate-risk";
    private static final String SECRET_CONNECTION = "secret-connection";

    private ImaginedContext() {}

    /** Circumstances without the patient, who is the one of the question; empty if none are given. */
    static Optional<AccessContext> in(OperationParameters given) {
        return given.parts(
                        Question.CONTEXT, Set.of(PURPOSE, REASON, UNABLE_TO_CONSENT, IMMEDIATE_RISK, SECRET_CONNECTION))
                .map(parts -> new AccessContext(
                        Optional.empty(),
                        parts.value(PURPOSE, CodeType.class)
                                .map(purpose -> AccessMode.of(purpose.getValue()))
                                .orElse(Optional.of(AccessMode.NORMAL)),
                        new EmergencyStatement(
                                parts.value(REASON, StringType.class).map(StringType::getValue),
                                flag(UNABLE_TO_CONSENT, parts),
                                flag(IMMEDIATE_RISK, parts)),
                        flag(SECRET_CONNECTION, parts)));
    }

    static boolean flag(String name, OperationParameters parts) {
        return parts.value(name, BooleanType.class)
                .filter(BooleanType::booleanValue)
                .isPresent();
    }
}
