package fr.carnet.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tab-separated table of the class path: a line of column names, then one line per row. */
record Table(String name, List<Row> rows) {

    /** @throws IllegalStateException if the table is absent or a row has not as many cells as the header */
    static Table read(String name) {
        try (InputStream stream = Table.class.getResourceAsStream("/sandbox/" + name)) {
            if (stream == null) {
                throw new IllegalStateException("no table " + name);
            }
            List<String> lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
                    .lines()
                    .toList();
            String[] columns = lines.get(0).split("\t", -1);
            return new Table(
                    name,
                    lines.stream().skip(1).map(line -> row(name, columns, line)).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(String table, String[] columns, String line) {
        String[] cells = line.split("\t", -1);
        if (cells.length != columns.length) {
            throw new IllegalStateException(table + ": a row has " + cells.length + " cells: " + cells[0]);
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < cells.length; i++) {
            values.put(columns[i], cells[i]);
        }
        return new Row(values);
    }

    /** One row, its cells by column. */
    record Row(Map<String, String> cells) {

        String get(String column) {
            return find(column).orElseThrow(() -> new IllegalStateException("empty cell: " + column));
        }

        Optional<String> find(String column) {
            return Optional.ofNullable(cells.get(column)).filter(cell -> !cell.isEmpty());
        }

        List<String> list(String column) {
            return find(column).map(cell -> Arrays.asList(cell.split(","))).orElse(List.of());
        }
    }
}
