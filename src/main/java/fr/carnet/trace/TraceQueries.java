package fr.carnet.trace;

import fr.carnet.shared.Fault;
import fr.carnet.shared.FhirInterval;
import fr.carnet.shared.IdentifierToken;
import fr.carnet.shared.LinkSeal;
import fr.carnet.shared.Parameter;
import fr.carnet.shared.PatientReference;
import fr.carnet.trace.TraceQuery.Criterion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the parameters of an ITI-81 search. */
public final class TraceQueries {

    static final String AGENT_IDENTIFIER = "agent.identifier";
    static final String DATE = "date";

    private static final String ADDRESS = "address";

    static final Set<String> DATES = Set.of(DATE, "_lastUpdated");
    private static final Set<String> CRITERIA = Set.of(
            "_id",
            DATE,
            "_lastUpdated",
            "agent",
            AGENT_IDENTIFIER,
            ADDRESS,
            "entity",
            "entity.identifier",
            "entity-type",
            "entity-role",
            "subtype",
            "type",
            "action",
            "outcome",
            "source",
            "source.identifier");
    private static final Set<String> PATIENT = Set.of("patient", "patient.identifier");
    private static final Set<String> PERSONAL = Set.of("agent", AGENT_IDENTIFIER, ADDRESS);
    private static final Set<String> KEPT = Set.of("_format", "_pretty", "_elements");
    private static final int DEFAULT_COUNT = 50;
    private static final int MOST_COUNT = 500;
    private static final int DEEPEST_OFFSET = 1_000_000;
    private static final int MOST_VALUES = 20;
    private static final int MOST_PARAMETERS = 40;

    private final LinkSeal seal;

    /** @param seal of the links' personal parameters */
    public TraceQueries(LinkSeal seal) {
        this.seal = seal;
    }

    /** Names of the parameters, but for those of the presentation. */
    public static Set<String> parameters() {
        Set<String> names = new TreeSet<>(CRITERIA);
        names.addAll(PATIENT);
        names.addAll(Set.of("_count", "_offset", "_total", LinkSeal.PARAMETER));
        return names;
    }

    /**
     * Reads them; what is none of them is left to whoever admits parameters.
     *
     * @throws Fault 400 for a value that has not the form of its parameter, or too many of them
     */
    public TraceQuery parse(Map<String, String[]> sent) {
        List<Parameter> parameters = new ArrayList<>();
        sent.forEach((name, values) -> Arrays.stream(values).forEach(value -> {
            if (name.equals(LinkSeal.PARAMETER)) {
                parameters.addAll(seal.open(value));
            } else {
                parameters.add(new Parameter(name, value));
            }
        }));
        if (parameters.size() > MOST_PARAMETERS) {
            throw Fault.of(400, "too-many-parameters", MOST_PARAMETERS);
        }
        List<Parameter> links = new ArrayList<>();
        List<Parameter> personal = new ArrayList<>();
        List<Criterion> criteria = new ArrayList<>();
        for (Parameter parameter : parameters) {
            if (CRITERIA.contains(parameter.name())) {
                criteria.add(criterion(parameter));
                (PERSONAL.contains(parameter.name()) ? personal : links).add(parameter);
            } else if (KEPT.contains(parameter.name())) {
                links.add(parameter);
            }
        }
        return new TraceQuery(
                patient(parameters),
                criteria,
                Math.min(MOST_COUNT, number("_count", parameters, DEFAULT_COUNT, Integer.MAX_VALUE)),
                number("_offset", parameters, 0, DEEPEST_OFFSET),
                links,
                personal);
    }

    private static Optional<PatientReference> patient(List<Parameter> parameters) {
        List<Parameter> naming =
                parameters.stream().filter(p -> PATIENT.contains(p.name())).toList();
        if (naming.size() > 1) {
            throw Fault.of(400, "one-patient");
        }
        return naming.stream()
                .findFirst()
                .map(p -> p.name().equals("patient")
                        ? PatientReference.Literal.of(p.value())
                        : new PatientReference.Identified(IdentifierToken.of(p.name(), p.value())));
    }

    private static Criterion criterion(Parameter parameter) {
        List<String> values = List.of(parameter.value().split(",", -1));
        if (values.size() > MOST_VALUES) {
            throw Fault.of(400, "too-many-values", parameter.name(), MOST_VALUES);
        }
        if (values.stream().anyMatch(String::isEmpty)) {
            throw Fault.of(400, "empty-parameter", parameter.name());
        }
        boolean undated = DATES.contains(parameter.name())
                && values.stream().anyMatch(value -> FhirInterval.parse(value).isEmpty());
        if (undated) {
            throw Fault.of(400, "invalid-date", parameter.name());
        }
        return new Criterion(parameter.name(), values);
    }

    private static int number(String name, List<Parameter> parameters, int otherwise, int most) {
        List<String> given = parameters.stream()
                .filter(p -> p.name().equals(name))
                .map(Parameter::value)
                .toList();
        if (given.size() > 1) {
            throw Fault.of(400, "parameter-twice", name);
        }
        try {
            int value = given.isEmpty() ? otherwise : Integer.parseInt(given.get(0));
            if (value >= 0 && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below, like a number out of range
        }
        throw Fault.of(400, "invalid-number", name);
    }
}
