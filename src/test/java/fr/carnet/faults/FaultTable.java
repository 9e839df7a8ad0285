package fr.carnet.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code faults/faults.tsv}. */
final class FaultTable {

    private FaultTable() {}

    /**
     * A fault.
     *
     * @param number of the security chapter
     * @param when {@code build}, {@code -Pfaults} or {@code pending: …}
     * @param tests {@code package.Class#method} under {@code fr.carnet}, those of every build first
     */
    record Row(int number, String fault, String expected, String when, List<String> tests) {

        boolean isPending() {
            return when.startsWith("pending");
        }
    }

    static List<Row> load() {
        try (InputStream in = FaultTable.class.getResourceAsStream("/faults/faults.tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .map(cells -> new Row(
                            Integer.parseInt(cells[0]),
                            cells[1],
                            cells[2],
                            cells[3],
                            List.of(cells[4].split(" ")).stream()
                                    .filter(test -> !test.isEmpty())
                                    .toList()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
