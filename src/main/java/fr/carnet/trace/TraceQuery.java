package fr.carnet.trace;

import fr.carnet.shared.FhirInterval;
import fr.carnet.shared.Parameter;
import fr.carnet.shared.PatientReference;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A search of traces (ITI-81), read and checked.
 *
 * @param patient whom it names
 * @param criteria all of which hold
 * @param count traces of a page; 0 asks for the total alone
 * @param offset how many to skip
 * @param links parameters as they may stand in a link that we write: nothing personal
 * @param personal parameters that may not, such as the identifier of an agent: sealed into the links
 */
public record TraceQuery(
        Optional<PatientReference> patient,
        List<Criterion> criteria,
        int count,
        int offset,
        List<Parameter> links,
        List<Parameter> personal) {

    private static final Set<FhirInterval.Comparator> BOUNDED_BELOW = EnumSet.of(
            FhirInterval.Comparator.EQ,
            FhirInterval.Comparator.GE,
            FhirInterval.Comparator.GT,
            FhirInterval.Comparator.SA);

    /** Keeps copies of the lists. */
    public TraceQuery {
        criteria = List.copyOf(criteria);
        links = List.copyOf(links);
        personal = List.copyOf(personal);
    }

    /** True if it asks for the events of this agent, and of no other beside him. */
    public boolean isOfAgent(String system, String value) {
        List<String> alone = List.of(system + "|" + value);
        return criteria.stream()
                .anyMatch(c -> c.parameter().equals(TraceQueries.AGENT_IDENTIFIER)
                        && c.values().equals(alone));
    }

    /** True if its window has a beginning. */
    public boolean hasBeginning() {
        return criteria.stream()
                .filter(c -> c.parameter().equals(TraceQueries.DATE))
                .anyMatch(c -> c.values().stream().allMatch(value -> FhirInterval.parse(value)
                        .filter(interval -> BOUNDED_BELOW.contains(interval.comparator()))
                        .isPresent()));
    }

    /**
     * One parameter.
     *
     * @param parameter its name
     * @param values of which one holds
     */
    record Criterion(String parameter, List<String> values) {}
}
