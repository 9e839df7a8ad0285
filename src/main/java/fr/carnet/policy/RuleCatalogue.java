package fr.carnet.policy;

import static java.util.stream.Collectors.toCollection;

import fr.carnet.policy.CatalogueEntry.Grade;
import fr.carnet.policy.CatalogueEntry.Judge;
import fr.carnet.policy.CatalogueEntry.Sentence;
import fr.carnet.policy.CatalogueEntry.Theme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The rule book as this release stands to it: every rule with its grade, its sources and who judges it, in the order of
 * the numbers. One line per rule in {@code rules/catalogue.tsv}, whose head says how to write one.
 */
public final class RuleCatalogue {

    private static final String TABLE = "/rules/catalogue.tsv";
    private static final String HEAD = "rule\tgrade\tjudged\tsources\tfr\ten\twhy-fr\twhy-en";
    private static final int COLUMNS = 8;
    private static final String NOTHING = "-";
    private static final String NOT_ENFORCEABLE = "not-enforceable";
    private static final String PENDING = "pending:";

    private final List<CatalogueEntry> entries;

    private RuleCatalogue(List<CatalogueEntry> entries) {
        this.entries = List.copyOf(entries);
        for (int i = 1; i < entries.size(); i++) {
            require(
                    entries.get(i - 1).number() < entries.get(i).number(),
                    entries.get(i).id() + " is not in the order of the numbers");
        }
    }

    /** The catalogue of this release. */
    public static RuleCatalogue load() {
        try (InputStream in = RuleCatalogue.class.getResourceAsStream(TABLE)) {
            return read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalArgumentException naming the first line that cannot be read */
    static RuleCatalogue read(String table) {
        List<String> lines = table.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        require(!lines.isEmpty() && lines.get(0).equals(HEAD), "the head of the table differs");
        return new RuleCatalogue(
                lines.stream().skip(1).map(RuleCatalogue::entry).toList());
    }

    /** All rules. */
    public List<CatalogueEntry> entries() {
        return entries;
    }

    private static CatalogueEntry entry(String line) {
        String[] cells = line.split("\t", -1);
        require(cells.length == COLUMNS, cells[0] + ": " + cells.length + " columns");
        require(cells[0].matches("R[1-9]\\d{0,2}"), cells[0] + ": not a rule's number");
        List<String> judged = words(cells[2], " ");
        return new CatalogueEntry(
                Integer.parseInt(cells[0].substring(1)),
                words(cells[1], " ").stream().map(RuleCatalogue::grade).toList(),
                judges(judged, cells[0]),
                pending(judged, cells[0]),
                words(cells[3], "; "),
                new Sentence(cells[4], cells[5]),
                cells[6].equals(NOTHING) && cells[7].equals(NOTHING)
                        ? Optional.empty()
                        : Optional.of(new Sentence(cells[6], cells[7])));
    }

    private static Set<Judge> judges(List<String> judged, String rule) {
        boolean beyondAnyServer = judged.contains(NOT_ENFORCEABLE);
        require(!beyondAnyServer || judged.size() == 1, rule + ": " + NOT_ENFORCEABLE + " stands alone");
        return beyondAnyServer
                ? Set.of()
                : judged.stream()
                        .filter(word -> !word.startsWith(PENDING))
                        .map(word -> constant(Judge.class, word))
                        .collect(toCollection(() -> EnumSet.noneOf(Judge.class)));
    }

    private static Optional<Theme> pending(List<String> judged, String rule) {
        List<String> themes =
                judged.stream().filter(word -> word.startsWith(PENDING)).toList();
        require(themes.size() <= 1, rule + ": one theme brings the rest");
        return themes.stream()
                .map(word -> constant(Theme.class, word.substring(PENDING.length())))
                .findFirst();
    }

    private static Grade grade(String letter) {
        return Arrays.stream(Grade.values())
                .filter(grade -> grade.code().equals(letter))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("rule catalogue: no grade " + letter));
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String word) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("rule catalogue: unknown word " + word));
    }

    private static List<String> words(String cell, String separator) {
        return cell.isBlank() ? List.of() : List.of(cell.split(separator, -1));
    }

    private static void require(boolean fits, String complaint) {
        if (!fits) {
            throw new IllegalArgumentException("rule catalogue: " + complaint);
        }
    }
}
