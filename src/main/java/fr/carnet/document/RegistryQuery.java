package fr.carnet.document;

import fr.carnet.document.RegistryRow.Kind;
import fr.carnet.shared.Parameter;
import fr.carnet.shared.PatientReference;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A search, read and checked: nothing in it comes from the client but bound values.
 *
 * @param kinds which rows
 * @param patient whom it names
 * @param criteria all of which hold
 * @param text words that the documents must hold, as they were written
 * @param paging which of the rows, in which order
 * @param inclusions what comes with them
 * @param countOnly {@code _summary=count}
 * @param links parameters as they may stand in a link that we write: nothing personal
 * @param personal parameters that may not, such as authors' names: sealed into the links
 * @param warnings keys of what the client should know, e.g. a parameter that was ignored
 */
public record RegistryQuery(
        Set<Kind> kinds,
        Optional<PatientReference> patient,
        List<Criterion> criteria,
        Optional<String> text,
        Paging paging,
        Set<Inclusion> inclusions,
        boolean countOnly,
        List<Parameter> links,
        List<Parameter> personal,
        List<Warning> warnings) {

    /** True if it asks for words of a title: such a lot must be visible whole, as the title is (R152). */
    boolean readsTitle() {
        return personal.stream()
                .anyMatch(p -> p.name().equals("title") || p.name().startsWith("title:"));
    }

    /** The same, narrowed. */
    RegistryQuery and(Criterion further) {
        return new RegistryQuery(
                kinds,
                patient,
                Stream.concat(criteria.stream(), Stream.of(further)).toList(),
                text,
                paging,
                inclusions,
                countOnly,
                links,
                personal,
                warnings);
    }

    /** True if only the number of matches is asked. */
    boolean onlyCounts() {
        return countOnly || paging.count() == 0;
    }

    /** A warning and the argument of its sentence. */
    public record Warning(String code, String argument) {}
}
