package fr.carnet.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One line for each fault that was injected, on the console and in {@code target/faults.md}, where the lines of all test
 * classes of a build meet, whichever JVM they run in.
 */
public final class FaultReport {

    private static final Path REPORT = Path.of("target", "faults.md");
    private static final String HEAD = "| fault | test | injected | proof | outcome |\n|---|---|---|---|---|\n";

    private static final Set<Integer> TOLD = new TreeSet<>();
    private static String test = "";

    private FaultReport() {}

    static synchronized void begin(String name) {
        test = name;
        TOLD.clear();
    }

    static synchronized Set<Integer> told() {
        return Set.copyOf(TOLD);
    }

    /**
     * Tells of a fault, and fails unless it happened.
     *
     * @param number of the fault
     * @param injected what was done
     * @param times how often its effect was counted: what was not counted once did not happen
     * @param proof what was counted
     * @param outcome what came of it
     */
    public static synchronized void tell(int number, String injected, long times, String proof, String outcome) {
        assertThat(times).as("fault %d, proof: %s", number, proof).isPositive();
        System.out.printf(
                "fault %d: injected %s; proof: %d %s; outcome: %s%n", number, injected, times, proof, outcome);
        TOLD.add(number);
        String key = "| %02d | %s | %s |".formatted(number, test, injected.replace("|", "\\|"));
        write(key, key + " %d %s | %s |".formatted(times, proof, outcome).replace("\n", " "));
    }

    private static void write(String key, String row) {
        try {
            var rows = new TreeMap<String, String>();
            if (Files.exists(REPORT)) {
                Files.readAllLines(REPORT).stream().skip(2).forEach(line -> rows.put(key(line), line));
            }
            rows.put(key, row);
            Files.writeString(REPORT, HEAD + String.join("\n", rows.values()) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first three cells. */
    private static String key(String row) {
        int end = 0;
        for (int cell = 0; cell < 4; cell++) {
            end = row.indexOf("| ", end) + 1;
        }
        return row.substring(0, end);
    }
}
