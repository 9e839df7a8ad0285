package fr.carnet.validation.schematron;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The operator's {@code schematrons.tsv}: which documents each schematron is for. One line each, two columns: {@code *} for
 * every CDA, a format code or a template ({@code root} or {@code root^extension}); and the file, relative to the folder.
 * Lines that begin with {@code #} are comments.
 */
record SchematronTable(List<Row> rows) {

    static final String NAME = "schematrons.tsv";

    private static final String EVERY = "*";
    private static final int COLUMNS = 2;

    /** @param documents which it is for */
    record Row(String documents, String file) {}

    /** @throws UnreadableSchematron if it is missing, names nothing, or has a line that is not of this form */
    static SchematronTable read(Path folder) {
        List<String> lines;
        try {
            lines = Files.readAllLines(folder.resolve(NAME));
        } catch (IOException e) {
            throw new UnreadableSchematron("start.schematron-table", e, NAME, folder);
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                rows.add(row(line, i + 1));
            }
        }
        if (rows.isEmpty()) {
            throw new UnreadableSchematron("start.schematron-table", null, NAME, folder);
        }
        return new SchematronTable(rows);
    }

    private static Row row(String line, int number) {
        String[] columns = line.split("\t+", -1);
        if (columns.length != COLUMNS) {
            throw new UnreadableSchematron("start.schematron-line", null, NAME, Integer.toString(number));
        }
        return new Row(columns[0].strip(), columns[1].strip());
    }

    /** Every file once, in order. */
    Set<String> files() {
        Set<String> files = new LinkedHashSet<>();
        rows.forEach(row -> files.add(row.file()));
        return files;
    }

    /** Files for a document of these format codes and templates, in order. */
    Set<String> files(Set<String> kinds) {
        Set<String> files = new LinkedHashSet<>();
        rows.stream()
                .filter(row -> EVERY.equals(row.documents()) || kinds.contains(row.documents()))
                .forEach(row -> files.add(row.file()));
        return files;
    }
}
