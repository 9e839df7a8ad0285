package fr.carnet.directory.extract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Which cell of a pipe-separated line is which, by the names of the first line: extracts gain columns over the years. */
final class Columns {

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final char SEPARATOR = '|';

    private final Map<String, Integer> places = new HashMap<>();

    /**
     * Reads the line of names.
     *
     * @param required names without which the file is not what it should be
     * @throws LoadRefused naming the columns that are missing
     */
    Columns(String header, List<String> required) {
        List<String> names = cells(header);
        for (int place = 0; place < names.size(); place++) {
            places.putIfAbsent(key(names.get(place)), place);
        }
        List<String> missing =
                required.stream().filter(name -> !places.containsKey(key(name))).toList();
        if (!missing.isEmpty()) {
            throw new LoadRefused(LoadRefused.Reason.MISSING_COLUMNS, String.join(", ", missing));
        }
    }

    /** Cells of a line. No cell is ever quoted in these files: a bar always separates. */
    static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        int from = !line.isEmpty() && line.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
        for (int bar = line.indexOf(SEPARATOR, from); bar >= 0; bar = line.indexOf(SEPARATOR, from)) {
            cells.add(line.substring(from, bar).strip());
            from = bar + 1;
        }
        cells.add(line.substring(from).strip());
        return cells;
    }

    /** A line of data; empty if it is cut short. */
    Optional<Row> row(String line) {
        List<String> cells = cells(line);
        boolean whole =
                places.values().stream().mapToInt(Integer::intValue).max().orElse(0) < cells.size();
        return whole ? Optional.of(name -> cell(cells, name)) : Optional.empty();
    }

    private Optional<String> cell(List<String> cells, String name) {
        return Optional.ofNullable(places.get(key(name))).map(cells::get).filter(cell -> !cell.isEmpty());
    }

    private static String key(String name) {
        return name.replace('’', '\'').toLowerCase(Locale.ROOT);
    }

    /** Cells of a line by the name of their column. */
    @FunctionalInterface
    interface Row {

        /** What stands there; empty for an empty cell and for a column that this file does not have. */
        Optional<String> cell(String column);
    }
}
