package fr.carnet.dmp;

import fr.carnet.shared.Fault;
import fr.carnet.shared.IdentifierToken;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Type;

/** What an operation was given: its parameters, or the parts of one of them. Each may come once. */
public final class OperationParameters {

    private final String path;
    private final List<ParametersParameterComponent> given;

    private OperationParameters(String path, List<ParametersParameterComponent> given, Set<String> known) {
        this.path = path;
        this.given = List.copyOf(given);
        given.stream()
                .map(parameter -> String.valueOf(parameter.getName()))
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw Fault.of(400, "unknown-parameter", name);
                });
    }

    /**
     * Parameters of an operation that has these and no others.
     *
     * @throws Fault 400 for one that it does not have
     */
    public static OperationParameters of(Parameters parameters, Set<String> known) {
        return new OperationParameters("Parameters.parameter", parameters.getParameter(), known);
    }

    /**
     * Value of a parameter; empty if it was not given.
     *
     * @throws Fault 422 if it is repeated or of another type
     */
    public <T extends Type> Optional<T> value(String name, Class<T> type) {
        Optional<Type> value = only(name).map(ParametersParameterComponent::getValue);
        if (only(name).isPresent() && value.filter(type::isInstance).isEmpty()) {
            throw refusal(name);
        }
        return value.map(type::cast);
    }

    /**
     * An identifier that the operation needs, with its system.
     *
     * @throws Fault 422 if it is missing, repeated, incomplete or of another type
     */
    public IdentifierToken identifier(String name) {
        return value(name, Identifier.class)
                .filter(identifier -> identifier.hasSystem() && identifier.hasValue())
                .map(identifier -> new IdentifierToken(identifier.getSystem(), identifier.getValue()))
                .orElseThrow(() -> refusal(name));
    }

    /**
     * Parts of a parameter that has these and no others; empty if it was not given.
     *
     * @throws Fault 400 for a part that it does not have; 422 if it is repeated
     */
    public Optional<OperationParameters> parts(String name, Set<String> known) {
        return only(name).map(parameter -> new OperationParameters(at(name) + ".part", parameter.getPart(), known));
    }

    private Optional<ParametersParameterComponent> only(String name) {
        List<ParametersParameterComponent> all = given.stream()
                .filter(parameter -> name.equals(parameter.getName()))
                .toList();
        if (all.size() > 1) {
            throw refusal(name);
        }
        return all.stream().findFirst();
    }

    /** The refusal of a parameter that is missing or says what it may not, as 422 that names it. */
    public Fault refusal(String name) {
        return Findings.refusal("operation-parameter", at(name));
    }

    private String at(String name) {
        return path + ".where(name = '" + name + "')";
    }
}
