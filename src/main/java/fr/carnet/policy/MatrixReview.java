package fr.carnet.policy;

import fr.carnet.policy.HabilitationMatrix.Cell;
import fr.carnet.shared.ActorCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A matrix that somebody proposes, held against the tables of this release before anybody decides by it: a row per type, a
 * column per actor, as in {@code habilitation/matrix.tsv}.
 *
 * @param lines of the file, without their ends
 */
public record MatrixReview(List<String> lines) {

    private static final int FIRST_ACTOR = 2;
    private static final String CLASS = "class/(\\d\\d|other)";

    /** @throws NullPointerException if a line is missing */
    public MatrixReview {
        lines = List.copyOf(lines);
    }

    /** What may be wrong. */
    public enum Flaw {
        /** No {@code # version} or {@code # source}. */
        NO_HEADER,
        /** No row, or a first one that names no actor. */
        NO_COLUMNS,
        /** A column for somebody whom the table of actors does not know. */
        UNKNOWN_ACTOR,
        /** An actor has two columns. */
        ACTOR_TWICE,
        /** An actor has none. */
        MISSING_ACTOR,
        /** A row for a type that the value set does not have (JDV_J66). */
        UNKNOWN_TYPE,
        /** A type has two rows. */
        TYPE_TWICE,
        /** No row {@code class/other} (R33). */
        NO_OTHER,
        /** Another number of cells than columns. */
        CELLS,
        /** A cell is none of R, W, RW, -. */
        CELL,
        /** A type that the matrix does not know would be fed (R33). */
        FED_CLASS,
        /** The cell says something else than the source that confirms it. */
        CONTRADICTION
    }

    /**
     * Something that does not fit.
     *
     * @param line of the file, from 1; 0 for the file as a whole
     * @param what the code, the cell, or the position that it is about
     */
    public record Fault(int line, Flaw flaw, String what) {}

    /** A cell that is another one in the proposal. */
    public record Change(String type, ActorCode actor, Cell before, Cell after) {}

    /** Everything that does not fit, in the order of the file; empty if the server would start with it. */
    public List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        Stream.of("version", "source")
                .filter(name -> lines.stream().noneMatch(line -> line.startsWith("# " + name + "\t")))
                .forEach(name -> faults.add(new Fault(0, Flaw.NO_HEADER, name)));
        List<Integer> rows = rows();
        if (rows.isEmpty() || cells(rows.get(0)).size() <= FIRST_ACTOR) {
            faults.add(new Fault(0, Flaw.NO_COLUMNS, ""));
            return faults;
        }
        HabilitationTables release = HabilitationTables.ofRelease();
        List<String> actors = columns(rows.get(0), release, faults);
        Set<String> types = new HashSet<>();
        rows.stream().skip(1).forEach(row -> row(row, actors, types, release.typeCodes(), faults));
        if (!types.contains(HabilitationMatrix.OTHER_ROW)) {
            faults.add(new Fault(0, Flaw.NO_OTHER, HabilitationMatrix.OTHER_ROW));
        }
        if (faults.isEmpty()) {
            contradictions(rows, actors, faults);
        }
        return faults;
    }

    /**
     * What changes against the matrix of this release, by type and actor; a row or column that one of them lacks has no
     * rights.
     *
     * @throws IllegalArgumentException if the proposal has faults
     */
    public List<Change> changes() {
        HabilitationMatrix before = HabilitationMatrix.load();
        HabilitationMatrix after = HabilitationTables.ofRelease()
                .withGrid(String.join("\n", lines))
                .matrix();
        return Stream.concat(before.rows().stream(), after.rows().stream())
                .distinct()
                .flatMap(type -> before.actors().stream()
                        .map(actor -> new Change(type, actor, before.cell(actor, type), after.cell(actor, type))))
                .filter(change -> change.before() != change.after())
                .toList();
    }

    private List<Integer> rows() {
        return Stream.iterate(0, i -> i < lines.size(), i -> i + 1)
                .filter(i -> !lines.get(i).isBlank() && !lines.get(i).startsWith("# "))
                .toList();
    }

    private List<String> cells(int row) {
        return Arrays.asList(lines.get(row).split("\t", -1));
    }

    private List<String> columns(int row, HabilitationTables release, List<Fault> faults) {
        List<String> actors = cells(row).subList(FIRST_ACTOR, cells(row).size());
        Set<String> known = release.actorCodes();
        Set<String> seen = new HashSet<>();
        for (String actor : actors) {
            if (!known.contains(actor)) {
                faults.add(new Fault(row + 1, Flaw.UNKNOWN_ACTOR, actor));
            } else if (!seen.add(actor)) {
                faults.add(new Fault(row + 1, Flaw.ACTOR_TWICE, actor));
            }
        }
        known.stream()
                .filter(actor -> !seen.contains(actor))
                .sorted()
                .forEach(actor -> faults.add(new Fault(row + 1, Flaw.MISSING_ACTOR, actor)));
        return actors;
    }

    private void row(int row, List<String> actors, Set<String> seen, Set<String> known, List<Fault> faults) {
        List<String> cells = cells(row);
        String type = cells.get(0);
        boolean ofClass = type.matches(CLASS);
        if (!ofClass && !known.contains(type)) {
            faults.add(new Fault(row + 1, Flaw.UNKNOWN_TYPE, type));
        }
        if (!seen.add(type)) {
            faults.add(new Fault(row + 1, Flaw.TYPE_TWICE, type));
        }
        if (cells.size() != actors.size() + FIRST_ACTOR) {
            faults.add(new Fault(row + 1, Flaw.CELLS, type));
            return;
        }
        Function<String, Boolean> isCell = text ->
                Arrays.stream(Cell.values()).anyMatch(cell -> cell.text().equals(text));
        for (int i = 0; i < actors.size(); i++) {
            String cell = cells.get(i + FIRST_ACTOR);
            if (!isCell.apply(cell)) {
                faults.add(new Fault(row + 1, Flaw.CELL, type + " " + actors.get(i)));
            } else if (ofClass && cell.contains("W")) {
                faults.add(new Fault(row + 1, Flaw.FED_CLASS, type + " " + actors.get(i)));
            }
        }
    }

    private void contradictions(List<Integer> rows, List<String> actors, List<Fault> faults) {
        HabilitationMatrix release = HabilitationMatrix.load();
        for (int row : rows.subList(1, rows.size())) {
            List<String> cells = cells(row);
            for (int i = 0; i < actors.size(); i++) {
                ActorCode actor = new ActorCode(actors.get(i));
                boolean reads = cells.get(i + FIRST_ACTOR).contains("R");
                if (release.isConfirmed(actor, cells.get(0))
                        && release.cell(actor, cells.get(0)).reads() != reads) {
                    faults.add(new Fault(row + 1, Flaw.CONTRADICTION, cells.get(0) + " " + actors.get(i)));
                }
            }
        }
    }
}
