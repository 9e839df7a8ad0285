package fr.carnet.messaging;

import fr.carnet.shared.Fault;
import fr.carnet.shared.IdentifierToken;
import fr.carnet.shared.InsDomain;
import fr.carnet.shared.PatientReference.Literal;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/**
 * Who sends, or to whom it is sent, as the resource says to whoever reads it. The patient is named by reference: pages link to
 * each other with what was asked, and no link holds a matricule. Everybody else is named by identifier.
 */
enum Participant {
    SENDER("sender", "resource::jsonb -> 'sender' @> "),
    RECIPIENT("recipient", "resource::jsonb -> 'recipient' -> 0 @> ");

    private static final String REFERENCE = "jsonb_build_object('reference', ?::text)";
    private static final String IDENTIFIER =
            "jsonb_build_object('identifier', jsonb_build_object('system', ?::text, 'value', ?::text))";
    private static final int BAD_REQUEST = 400;

    private final String parameter;
    private final String holds;

    Participant(String parameter, String holds) {
        this.parameter = parameter;
        this.holds = holds;
    }

    /**
     * What a request asks of this side; all of it, where it asks more than once.
     *
     * @param parameters as received
     * @throws Fault 400 for what is no identifier, or one of a patient
     */
    Condition asked(Map<String, String[]> parameters) {
        return DSL.and(Stream.concat(
                        values(parameters, parameter).map(this::byReference),
                        values(parameters, parameter + ".identifier").map(this::byIdentifier))
                .toList());
    }

    private static Stream<String> values(Map<String, String[]> parameters, String name) {
        return Arrays.stream(parameters.getOrDefault(name, new String[0]));
    }

    private Condition byReference(String value) {
        return DSL.condition(holds + REFERENCE, "Patient/" + Literal.of(value).id());
    }

    private Condition byIdentifier(String value) {
        IdentifierToken token = IdentifierToken.of(parameter + ".identifier", value);
        if (InsDomain.of(token.system()).isPresent()) {
            throw Fault.of(BAD_REQUEST, "participant-patient", parameter);
        }
        return DSL.condition(holds + IDENTIFIER, token.system(), token.value());
    }
}
