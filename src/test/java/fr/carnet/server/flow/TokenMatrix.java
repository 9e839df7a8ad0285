package fr.carnet.server.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is expected of each way in with each flaw: {@code src/test/resources/token/matrix.tsv}. */
final class TokenMatrix {

    private static final Path TABLE = Path.of("src", "test", "resources", "token", "matrix.tsv");
    private static final int COLUMNS = 6;

    private TokenMatrix() {}

    /**
     * One line.
     *
     * @param status of the answer; 0 where the way in has no such case
     * @param code told and traced
     * @param rule traced with it
     * @param why there is no such case
     */
    record Cell(Flaw flaw, FlawedWay way, int status, String code, String rule, String why) {

        boolean exists() {
            return status != 0;
        }

        @Override
        public String toString() {
            return way + " × " + flaw;
        }
    }

    static List<Cell> cells() {
        try (var lines = Files.lines(TABLE)) {
            return lines.filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .map(TokenMatrix::cell)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Cell cell(String[] cells) {
        if (cells.length != COLUMNS) {
            throw new IllegalArgumentException("matrix.tsv: " + String.join(" ", cells));
        }
        boolean none = cells[2].equals("-");
        return new Cell(
                Flaw.valueOf(cells[0].toUpperCase(Locale.ROOT).replace('-', '_')),
                FlawedWay.valueOf(cells[1]),
                none ? 0 : Integer.parseInt(cells[2]),
                cells[3],
                cells[4],
                cells[5]);
    }

    /** As a page: one line for each flaw, then what does not exist. */
    static String page() {
        List<Cell> cells = cells();
        String table = Arrays.stream(Flaw.values())
                .map(flaw -> "| " + words(flaw) + " | "
                        + Arrays.stream(FlawedWay.values())
                                .map(way -> shown(cells, flaw, way))
                                .collect(Collectors.joining(" | "))
                        + " |\n")
                .collect(Collectors.joining());
        String reasons = cells.stream()
                .filter(cell -> !cell.exists())
                .map(cell -> "- " + cell.way() + ", " + words(cell.flaw()) + ": " + cell.why() + "\n")
                .collect(Collectors.joining());
        return "# Ways in, and what each refuses\n\n"
                + "Tried by `TokenMatrixIT` over HTTPS against the sandbox; each refusal is traced with its rule and code, never"
                + " with the proof.\nLOGIN is a person with a browser: the client is told by a redirection, the status is that"
                + " of the trace.\nDOOR is an access token of this server at the FHIR base. Made from"
                + " `src/test/resources/token/matrix.tsv`.\n\n"
                + "| | " + Arrays.stream(FlawedWay.values()).map(Enum::name).collect(Collectors.joining(" | ")) + " |\n"
                + "|---|" + "---|".repeat(FlawedWay.values().length) + "\n" + table + "\nThere is no such case:\n\n"
                + reasons;
    }

    private static String shown(List<Cell> cells, Flaw flaw, FlawedWay way) {
        Cell cell = cells.stream()
                .filter(one -> one.flaw() == flaw && one.way() == way)
                .findFirst()
                .orElseThrow();
        String rule = cell.rule().startsWith("R") ? " " + cell.rule() : "";
        return cell.exists() ? cell.status() + rule + " `" + cell.code() + "`" : "–";
    }

    private static String words(Flaw flaw) {
        return flaw.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
