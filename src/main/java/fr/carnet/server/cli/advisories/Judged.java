package fr.carnet.server.cli.advisories;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An advisory that concerns a library of ours, and cannot be met by a newer version: why it does no harm here. Each is held by
 * a test that bears its id.
 *
 * @param id of the advisory
 * @param library {@code group:artifact}
 * @param why what stands in its way
 */
record Judged(String id, String library, String why) {

    private static final String TABLE = "/advisories/judged.tsv";

    /** The whole table. */
    static List<Judged> all() {
        try (InputStream table = Judged.class.getResourceAsStream(TABLE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .map(cells -> new Judged(cells[0], cells[1], cells[2]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It is about this advisory and this library. */
    boolean concerns(Advisory advisory, Component component) {
        return advisory.ids().contains(id) && library.equals(component.name());
    }
}
