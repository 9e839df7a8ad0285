package fr.carnet.server;

import fr.carnet.shared.Ins;
import fr.carnet.shared.InsDomain;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What must be found nowhere in logs, metrics and spans: any INS with a right key, whoever bears it; any token; names and
 * professional numbers of the cast; words that stand in documents alone.
 */
final class Secrets {

    private static final Pattern INS = Pattern.compile("(?<![\\w-])[1-478]\\d{4}(?:\\d\\d|2[AB])\\d{8}(?![\\w-])");
    private static final Pattern TOKEN = Pattern.compile("eyJ[\\w-]{16,}");
    /** Of what the tests publish: {@link Published}. */
    private static final Pattern TEXT = Pattern.compile("Ornithorynque\\d|Zibeline\\d");

    private static final List<String> TABLES = List.of("actors", "patients", "accounts", "directory");
    private static final Set<String> NAMES = Set.of("family", "given", "birth_name", "first_given");
    private static final Set<String> NUMBERS = Set.of("rpps", "id_nat_ps", "ins");
    private static final int SHORTEST_NAME = 4;

    private final Pattern cast;

    Secrets() {
        Set<String> words = new TreeSet<>();
        TABLES.forEach(table -> readInto(words, "/sandbox/" + table + ".tsv"));
        cast = Pattern.compile(
                words.stream().map(Pattern::quote).collect(Collectors.joining("|", "(?<![\\w-])(?:", ")(?![\\w-])")));
    }

    private static void readInto(Set<String> words, String table) {
        List<String> lines;
        try (InputStream in = Secrets.class.getResourceAsStream(table)) {
            lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String[] columns = lines.get(0).split("\t", -1);
        for (String line : lines.subList(1, lines.size())) {
            String[] values = line.split("\t", -1);
            for (int i = 0; i < Math.min(columns.length, values.length); i++) {
                if (NUMBERS.contains(columns[i]) && !values[i].isEmpty()) {
                    words.add(values[i]);
                } else if (NAMES.contains(columns[i]) && values[i].length() >= SHORTEST_NAME) {
                    words.add(values[i]);
                    words.add(values[i].toUpperCase(Locale.ROOT));
                }
            }
        }
    }

    /** The secrets that stand in a text. */
    List<String> in(String text) {
        List<String> found = new ArrayList<>();
        Stream.of(TOKEN, TEXT, cast).flatMap(p -> p.matcher(text).results()).forEach(hit -> found.add(hit.group()));
        Matcher numbers = INS.matcher(text);
        while (numbers.find()) {
            matricule(numbers.group()).ifPresent(found::add);
        }
        return found;
    }

    /** One number in a hundred that look like one has a right key. */
    private static Optional<String> matricule(String number) {
        try {
            return Optional.of(new Ins(InsDomain.TEST, number).value());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
