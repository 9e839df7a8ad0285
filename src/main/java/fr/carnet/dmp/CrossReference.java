package fr.carnet.dmp;

import fr.carnet.shared.CarnetUris;
import fr.carnet.shared.Fault;
import fr.carnet.shared.IdentifierToken;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.UriType;

/**
 * What {@code Patient/$ihe-pix} is asked (PIXm, ITI-83): by which other identifiers a patient goes.
 *
 * @param source identifier by which he is known to the client
 * @param target system of those that are wanted; empty for all
 */
public record CrossReference(IdentifierToken source, Optional<String> target) {

    /** Last part of the URL. */
    public static final String OPERATION = "$ihe-pix";

    /** {@code OperationDefinition.code}. */
    public static final String CODE = "ihe-pix";

    /** Canonical URL of its OperationDefinition. */
    public static final String CANONICAL = CarnetUris.ROOT + "/OperationDefinition/patient-" + CODE;

    static final String SOURCE = "sourceIdentifier";
    static final String TARGET = "targetSystem";

    /** Names of its parameters. */
    public static final Set<String> PARAMETERS = Set.of(SOURCE, TARGET);

    private static final String KEY = CrossReference.class.getName();

    /**
     * Reads the parameters of a URL.
     *
     * @throws Fault 400 if the source is missing, or one is repeated
     */
    public static CrossReference of(Map<String, String[]> parameters) {
        String[] target = parameters.get(TARGET);
        if (target != null && target.length > 1) {
            throw Fault.of(400, "parameter-twice", TARGET);
        }
        return new CrossReference(
                IdentifierToken.of(SOURCE, parameters.get(SOURCE)),
                Optional.ofNullable(target).map(t -> t[0]));
    }

    /**
     * Reads a body. The source may be an Identifier, or a string {@code system|value} as in a URL.
     *
     * @throws Fault 400 for an unknown parameter; 422 for one that is missing, repeated or of another type
     */
    public static CrossReference of(Parameters body) {
        var given = OperationParameters.of(body, PARAMETERS);
        boolean written = body.getParameter().stream()
                .anyMatch(p -> SOURCE.equals(p.getName()) && p.getValue() instanceof StringType);
        IdentifierToken source = written
                ? IdentifierToken.parse(given.value(SOURCE, StringType.class)
                                .orElseThrow()
                                .getValue())
                        .orElseThrow(() -> given.refusal(SOURCE))
                : given.identifier(SOURCE);
        return new CrossReference(source, given.value(TARGET, UriType.class).map(UriType::getValue));
    }

    /** Leaves it with the request. */
    public void storeIn(Map<Object, Object> userData) {
        userData.put(KEY, this);
    }

    static CrossReference in(Map<Object, Object> userData) {
        return (CrossReference) userData.get(KEY);
    }

    /** True if this identifier is asked for: not the one that is known already. */
    boolean wants(Identifier identifier) {
        boolean known =
                source.system().equals(identifier.getSystem()) && source.value().equals(identifier.getValue());
        return !known && target.filter(t -> !t.equals(identifier.getSystem())).isEmpty();
    }
}
