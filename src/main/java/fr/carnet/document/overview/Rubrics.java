package fr.carnet.document.overview;

import static java.util.stream.Collectors.toUnmodifiableSet;

import fr.carnet.document.overview.Rubric.Side;
import fr.carnet.validation.CodeTables;
import fr.carnet.validation.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rubrics of both sides, and what is read first in an emergency. Every type that the DMP takes stands in one rubric of
 * each side, or they are refused at start.
 */
public final class Rubrics {

    private static final String EVERY_OTHER = "*";

    private final List<Rubric> all;

    private Rubrics(List<Rubric> all) {
        this.all = List.copyOf(all);
    }

    /** The table that comes with the jar. */
    public static Rubrics bundled() {
        return of(Table.read("rubrics"), CodeTables.bundled().dmpTypeCodes());
    }

    /**
     * Reads a table.
     *
     * @param rows side, order, code, French label, English label, types that come first ({@code ;} between
     *     ranks, {@code +} between types of one), other types, grade, source
     * @param types codes of all types
     * @throws IllegalArgumentException naming the first thing that does not fit
     */
    static Rubrics of(List<List<String>> rows, Set<String> types) {
        var rubrics = new Rubrics(rows.stream().map(Rubrics::rubric).toList());
        require(rubrics.of(Side.EMERGENCY).size() == 1, "one rubric is read first in an emergency");
        rubrics.requireKnown(types);
        for (Side side : List.of(Side.PROFESSIONAL, Side.HOLDER)) {
            rubrics.requireOnePlaceEach(side, types);
        }
        return rubrics;
    }

    /** Those of a side, in their order. */
    public List<Rubric> of(Side side) {
        return all.stream().filter(rubric -> rubric.side() == side).toList();
    }

    private static Rubric rubric(List<String> row) {
        boolean last = row.get(6).equals(EVERY_OTHER);
        return new Rubric(
                Side.valueOf(row.get(0).toUpperCase(Locale.ROOT)),
                row.get(2),
                row.get(3),
                row.get(4),
                codes(row.get(5), ";")
                        .map(together -> codes(together, "\\+").collect(toUnmodifiableSet()))
                        .toList(),
                last ? Set.of() : codes(row.get(6), ";").collect(toUnmodifiableSet()),
                last);
    }

    private static Stream<String> codes(String cell, String separator) {
        return Arrays.stream(cell.split(separator)).filter(code -> !code.isEmpty());
    }

    private void requireKnown(Set<String> types) {
        all.stream()
                .flatMap(Rubric::types)
                .forEach(type -> require(types.contains(type), "type " + type + " is none of the value set"));
    }

    private void requireOnePlaceEach(Side side, Set<String> types) {
        List<Rubric> rubrics = of(side);
        List<String> placed = rubrics.stream().flatMap(Rubric::types).toList();
        var twice = new ArrayList<>(placed);
        Set.copyOf(placed).forEach(twice::remove);
        require(twice.isEmpty(), side + ": in two rubrics: " + twice);
        var missing = new HashSet<>(types);
        placed.forEach(missing::remove);
        require(missing.isEmpty(), side + ": in no rubric: " + missing);
        require(rubrics.stream().filter(Rubric::last).count() == 1, side + ": one rubric takes every other type");
        require(rubrics.get(rubrics.size() - 1).last(), side + ": what takes every other type comes last");
        require(
                rubrics.stream().map(Rubric::code).distinct().count() == rubrics.size(),
                side + ": two rubrics have one code");
    }

    private static void require(boolean fits, String complaint) {
        if (!fits) {
            throw new IllegalArgumentException("rubrics: " + complaint);
        }
    }
}
