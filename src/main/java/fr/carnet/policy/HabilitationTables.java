package fr.carnet.policy;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import fr.carnet.policy.HabilitationMatrix.Cell;
import fr.carnet.policy.HabilitationMatrix.Position;
import fr.carnet.shared.ActorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tables of the matrix as tab-separated text, and the check that they fit each other.
 *
 * @param grid a row per type, a column per actor, after {@code # name<TAB>value} lines
 * @param actors code and label of every actor
 * @param types code and label of every type of the value set of the DMP (JDV_J66)
 * @param grades cells whose reading a source confirms: actor, type, Y or N, source
 */
record HabilitationTables(String grid, String actors, String types, String grades) {

    private static final int FIRST_ACTOR = 2;
    private static final String TAB = "\t";

    static HabilitationTables ofRelease() {
        return new HabilitationTables(
                resource("matrix.tsv"), resource("actors.tsv"), resource("types.tsv"), resource("grades.tsv"));
    }

    /** @throws IllegalArgumentException naming the first thing that does not fit */
    HabilitationMatrix matrix() {
        List<String[]> lines = rows(grid);
        List<ActorCode> head = Arrays.stream(lines.get(0))
                .skip(FIRST_ACTOR)
                .map(HabilitationTables::actor)
                .toList();
        Map<ActorCode, Map<String, Cell>> columns = new LinkedHashMap<>();
        head.forEach(actor -> columns.put(actor, new LinkedHashMap<>()));
        requireActors(head, columns);
        Set<String> known = firstColumn(types);
        List<String> names = lines.stream().skip(1).map(row -> row[0]).toList();
        require(names.stream().distinct().count() == names.size(), "a type has two rows");
        require(names.contains(HabilitationMatrix.OTHER_ROW), "the row class/other is missing");
        lines.stream().skip(1).forEach(row -> addRow(row, head, known, columns));
        return new HabilitationMatrix(header("version"), header("source"), names, columns, confirmed(columns));
    }

    /** The same tables around another grid. */
    HabilitationTables withGrid(String other) {
        return new HabilitationTables(other, actors, types, grades);
    }

    /** Codes of the actors that may have a column. */
    Set<String> actorCodes() {
        return firstColumn(actors);
    }

    /** Codes of the types that may have a row of their own. */
    Set<String> typeCodes() {
        return firstColumn(types);
    }

    /** Label of every actor. */
    Map<ActorCode, String> labels() {
        return rows(actors).stream().skip(1).collect(toMap(row -> actor(row[0]), row -> row[1]));
    }

    private void requireActors(List<ActorCode> head, Map<ActorCode, Map<String, Cell>> columns) {
        require(columns.size() == head.size(), "an actor has two columns");
        Set<ActorCode> labelled =
                firstColumn(actors).stream().map(HabilitationTables::actor).collect(toSet());
        require(labelled.equals(columns.keySet()), "columns and table of actors differ");
    }

    private static void addRow(
            String[] row, List<ActorCode> head, Set<String> known, Map<ActorCode, Map<String, Cell>> columns) {
        boolean ofClass = row[0].matches("class/(\\d\\d|other)");
        require(ofClass || known.contains(row[0]), "row " + row[0] + ": no type of the value set");
        require(row.length == head.size() + FIRST_ACTOR, "row " + row[0] + ": " + row.length + " cells");
        for (int i = 0; i < head.size(); i++) {
            Cell cell = cellOf(row[0], row[i + FIRST_ACTOR]);
            require(!(ofClass && cell.feeds()), "row " + row[0] + ": an unknown type is never fed (R33)");
            columns.get(head.get(i)).put(row[0], cell);
        }
    }

    private Set<Position> confirmed(Map<ActorCode, Map<String, Cell>> columns) {
        return rows(grades).stream()
                .skip(1)
                .map(grade -> confirmed(grade, columns))
                .collect(toSet());
    }

    private static Position confirmed(String[] grade, Map<ActorCode, Map<String, Cell>> columns) {
        Position position = new Position(actor(grade[0]), grade[1]);
        Cell cell = columns.getOrDefault(position.actor(), Map.of()).get(position.row());
        require(cell != null, "grade of a cell that does not exist: " + grade[0] + " " + grade[1]);
        require(grade[2].equals(cell.reads() ? "Y" : "N"), "cell contradicts its source: " + grade[0] + " " + grade[1]);
        return position;
    }

    private String header(String name) {
        String prefix = "# " + name + TAB;
        return grid.lines()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("habilitation matrix: no " + name));
    }

    private static Cell cellOf(String row, String text) {
        return Arrays.stream(Cell.values())
                .filter(cell -> cell.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "habilitation matrix: row " + row + ": cell is none of R, W, RW, -"));
    }

    private static ActorCode actor(String code) {
        return new ActorCode(code);
    }

    private static Set<String> firstColumn(String table) {
        return rows(table).stream().skip(1).map(row -> row[0]).collect(toSet());
    }

    private static List<String[]> rows(String table) {
        return table.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("# "))
                .map(line -> line.split(TAB, -1))
                .toList();
    }

    private static void require(boolean fits, String complaint) {
        if (!fits) {
            throw new IllegalArgumentException("habilitation matrix: " + complaint);
        }
    }

    private static String resource(String name) {
        try (InputStream in = HabilitationTables.class.getResourceAsStream("/habilitation/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
