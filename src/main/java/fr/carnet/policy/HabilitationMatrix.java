package fr.carnet.policy;

import static java.util.stream.Collectors.toUnmodifiableMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import fr.carnet.shared.ActorCode;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Matrix of habilitations: which profession or function may read or feed which document type (R28–R35).
 * Types are grouped in the classes of the documents (R29).
 *
 * <p>Loaded once from the tables in {@code habilitation/}; immutable. A document whose type has no row falls back on the
 * row of its class, {@code class/NN}, and if the class is unknown too on {@code class/other} (R33). Those rows only ever
 * grant reading.
 */
public final class HabilitationMatrix {

    private static final String CLASS_ROW = "class/";
    static final String OTHER_ROW = CLASS_ROW + "other";
    /** Columns of functions that are no profession of health; in service only by a switch (R35). */
    private static final Set<String> FUNCTION_COLUMNS =
            Set.of("R22:GENR08", "R22:GENR09", "R22:GENR10", "R22:GENR11", "R22:GENR12", "R94:41");

    private final String version;
    private final String source;
    private final Set<String> rows;
    private final Map<ActorCode, Map<String, Cell>> columns;
    private final Map<ActorCode, Set<String>> readable;
    private final Set<Position> confirmed;

    HabilitationMatrix(
            String version,
            String source,
            Collection<String> rows,
            Map<ActorCode, Map<String, Cell>> columns,
            Set<Position> confirmed) {
        this.version = version;
        this.source = source;
        this.rows = Collections.unmodifiableSet(new LinkedHashSet<>(rows));
        this.columns = columns;
        this.readable = columns.entrySet().stream()
                .collect(toUnmodifiableMap(Map.Entry::getKey, column -> column.getValue().entrySet().stream()
                        .filter(cell -> cell.getValue().reads())
                        .map(Map.Entry::getKey)
                        .collect(toUnmodifiableSet())));
        this.confirmed = Set.copyOf(confirmed);
    }

    /**
     * The matrix that comes with this release.
     *
     * @throws IllegalArgumentException if its tables do not fit each other or the value sets; the server must not start
     */
    public static HabilitationMatrix load() {
        return HabilitationTables.ofRelease().matrix();
    }

    /** True if the actor may read documents of the type; the class decides where the type has no row. */
    public boolean mayRead(ActorCode actor, String type, String classCode) {
        return cell(actor, rowOf(type, classCode)).reads();
    }

    /** True if the actor may deposit documents of the type; never for a type without a row (R33). */
    public boolean mayFeed(ActorCode actor, String type, String classCode) {
        return cell(actor, rowOf(type, classCode)).feeds();
    }

    /** True if the actor has at least one cell that reads (rules.md §0, step 7b). */
    public boolean readsAnything(ActorCode actor) {
        return !readableTypes(actor).isEmpty();
    }

    /** True if the actor has at least one cell that feeds. */
    public boolean feedsAnything(ActorCode actor) {
        return column(actor).values().stream().anyMatch(Cell::feeds);
    }

    /** Rows that the actor may read, as {@link #rowOf} gives them: types, {@code class/NN}, {@code class/other}. */
    public Set<String> readableTypes(ActorCode actor) {
        return readable.getOrDefault(actor, Set.of());
    }

    /** True if the type has a row of its own. */
    public boolean knows(String type) {
        return !type.startsWith(CLASS_ROW) && rows.contains(type);
    }

    /** Row that decides on a document: its type, else its class, else {@code class/other}. */
    public String rowOf(String type, String classCode) {
        if (knows(type)) {
            return type;
        }
        String ofClass = CLASS_ROW + classCode;
        return rows.contains(ofClass) ? ofClass : OTHER_ROW;
    }

    /** Version of the table, part of what a trace records. */
    public String version() {
        return version;
    }

    /** Where the cells come from. */
    public String source() {
        return source;
    }

    /** All rows in the order of the table. */
    public List<String> rows() {
        return List.copyOf(rows);
    }

    /** All columns in the order of the table. */
    public List<ActorCode> actors() {
        return List.copyOf(columns.keySet());
    }

    /** What one cell grants; {@link Cell#NONE} for an actor or a row that the table does not know. */
    public Cell cell(ActorCode actor, String row) {
        return column(actor).getOrDefault(row, Cell.NONE);
    }

    /** True if a source confirms whether this cell reads; all other cells are reconstructed. */
    public boolean isConfirmed(ActorCode actor, String row) {
        return confirmed.contains(new Position(actor, row));
    }

    /** True for a column of a function, not of a profession (R35). */
    static boolean isFunction(ActorCode actor) {
        return FUNCTION_COLUMNS.contains(actor.code());
    }

    /** The matrix as deployed: without the columns of functions (R35). */
    HabilitationMatrix withoutFunctions() {
        Map<ActorCode, Map<String, Cell>> professions = new LinkedHashMap<>(columns);
        professions.keySet().removeIf(HabilitationMatrix::isFunction);
        return new HabilitationMatrix(version, source, rows, professions, confirmed);
    }

    private Map<String, Cell> column(ActorCode actor) {
        return columns.getOrDefault(actor, Map.of());
    }

    /** What a cell of the table grants. */
    public enum Cell {
        NONE("-"),
        R("R"),
        W("W"),
        RW("RW");

        private final String text;

        Cell(String text) {
            this.text = text;
        }

        /** As written in the table. */
        public String text() {
            return text;
        }

        boolean reads() {
            return this == R || this == RW;
        }

        boolean feeds() {
            return this == W || this == RW;
        }
    }

    /** Place of a cell. */
    record Position(ActorCode actor, String row) {}
}
