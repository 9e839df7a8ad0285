package fr.carnet.server;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** The channels by number. */
final class ChannelTable {

    private ChannelTable() {}

    /** Name and how it is closed, by number. */
    static Map<Integer, String[]> load() {
        try (InputStream in = ChannelTable.class.getResourceAsStream("/leaks/channels.tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .collect(toMap(
                            cells -> Integer.parseInt(cells[0]),
                            cells -> new String[] {cells[1], cells[2]},
                            (first, second) -> {
                                throw new IllegalArgumentException("twice: " + first[0]);
                            },
                            TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
