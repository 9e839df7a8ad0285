package fr.carnet.validation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A table of tab-separated values among the resources; its first line names the columns. */
public final class Table {

    private Table() {}

    /** Rows of a terminology, without the line of names. */
    public static List<List<String>> read(String name) {
        return at("/terminology/" + name + ".tsv");
    }

    /** Rows of the table of this path, without the line of names. */
    static List<List<String>> at(String path) {
        try (InputStream in = Table.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("no table " + path);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .skip(1)
                    .filter(line -> !line.isBlank())
                    .map(line -> List.of(line.split("\t", -1)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
