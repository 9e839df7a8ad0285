package fr.carnet.policy;

import static java.util.stream.Collectors.joining;

import fr.carnet.shared.ActorCode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The cases in French, for readers who know the law and not the program: every word of the table has its sentence. */
final class CaseBook {

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("dd/MM/yyyy 'à' HH:mm:ss").withZone(ZoneId.of("Europe/Paris"));
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy");

    private final CaseWords words = new CaseWords("/policy/words.fr.properties");
    private final Map<String, String> sentences = new CaseWords("/messages/rules.properties").all();
    private final HabilitationMatrix matrix = HabilitationMatrix.load();
    private final ActorLabels actors = ActorLabels.load();
    private final Map<String, String> types = HabilitationTables.ofRelease()
            .types()
            .lines()
            .skip(1)
            .map(line -> line.split("\t", -1))
            .collect(Collectors.toMap(row -> row[0], row -> row[1]));
    private final List<DecisionCase> cases;

    CaseBook(List<DecisionCase> cases) {
        this.cases = cases;
    }

    List<String> page(List<CatalogueEntry> rules) {
        List<String> lines = new ArrayList<>(List.of(
                "# Les règles, cas par cas",
                "",
                "Page produite à partir de `src/test/resources/policy/cases.psv`, que chaque construction joue contre la"
                        + " politique. Le texte des règles est dans [rules.md](rules.md).",
                "",
                "Les cas se jouent le " + MOMENT.format(Cast.NOW) + ", heure de Paris.",
                "",
                "## Qui est qui",
                ""));
        words.all().keySet().stream()
                .filter(key -> key.startsWith("who."))
                .map(key -> key.substring("who.".length()))
                .sorted(Comparator.comparing(this::name))
                .forEach(name -> lines.add("- **" + name(name) + "** : " + words.of("who." + name) + "."));
        for (CatalogueEntry rule : rules) {
            List<DecisionCase> own = cases.stream()
                    .filter(played -> played.rules().contains(rule.id()))
                    .toList();
            if (!own.isEmpty()) {
                lines.add("");
                lines.add("## " + rule.id());
                lines.add("");
                lines.add(rule.asks().french());
                lines.add("");
                lines.add("| Qui | Comment | Dossier | Action | Objet | Réglage | Décision |");
                lines.add("|" + "---|".repeat(7));
                own.forEach(played -> lines.add(row(played.cells())));
            }
        }
        return lines;
    }

    private String row(List<String> cells) {
        return Stream.of(
                        caller(cells.get(1)),
                        each("context", cells.get(2)),
                        patient(cells.get(3)),
                        words.of("action." + cells.get(4)),
                        object(cells.get(5)),
                        each("settings", cells.get(6)),
                        decision(cells.get(7)))
                .collect(joining(" | ", "| ", " |"));
    }

    private String caller(String cell) {
        return named("caller", cell);
    }

    private String patient(String cell) {
        return cell.equals("-") ? words.of("patient.none") : named("patient", cell);
    }

    /** A person of the cast, then the words that make him differ. */
    private String named(String column, String cell) {
        String[] parts = cell.split(" ", 2);
        return name(parts[0]) + (parts.length == 1 ? "" : ", " + each(column, parts[1]));
    }

    private String object(String cell) {
        String[] parts = cell.split(" ", 2);
        if (!parts[0].contains("/")) {
            return each("object", cell);
        }
        String[] code = parts[0].split("/", 2);
        String label = types.get(code[0]);
        boolean known = label != null && matrix.knows(code[0]);
        String document = known
                ? words.of("object.document").formatted(label, code[0], code[1])
                : words.of("object.unknown").formatted(code[0], code[1]);
        return document + (parts.length == 1 ? "" : ", " + each("object", parts[1]));
    }

    private String each(String column, String cell) {
        return cell.equals("-")
                ? ""
                : Arrays.stream(cell.split(" ", -1))
                        .map(word -> word(column, word))
                        .collect(joining(", "));
    }

    private String word(String column, String word) {
        String[] parts = word.split("=", 2);
        String key = column + "." + parts[0];
        if (parts.length == 1) {
            return words.of(key);
        }
        if (key.equals("patient.auth")) {
            String[] declared = parts[1].split(":", 3);
            return words.of(key + "." + declared[1]).formatted(name(declared[0]), ago(Duration.parse(declared[2])));
        }
        return words.all().containsKey(key + "." + parts[1])
                ? words.of(key + "." + parts[1])
                : words.of(key).formatted(value(key, parts[1]));
    }

    private String value(String key, String value) {
        return switch (key) {
            case "caller.role" -> actors.of(new ActorCode(value)).orElseThrow();
            case "caller.sector", "caller.function", "caller.structure", "patient.service" -> value;
            case "patient.parent", "patient.guardian", "patient.curator", "patient.second-parent" ->
                title(value.split(",", -1));
            case "patient.since", "object.deposited" -> MOMENT.format(Instant.parse(value));
            case "patient.born" -> DAY.format(LocalDate.parse(value));
            default -> Arrays.stream(value.split(",", -1)).map(this::name).collect(joining(" et "));
        };
    }

    /** Local id, first instant, end. */
    private String title(String[] words) {
        String from = words[1].isEmpty() ? "" : " depuis le " + MOMENT.format(Instant.parse(words[1]));
        String until = words[2].isEmpty() ? "" : " jusqu’au " + MOMENT.format(Instant.parse(words[2]));
        return name(words[0]) + from + until;
    }

    private String name(String of) {
        return words.of("name." + of);
    }

    private static String ago(Duration duration) {
        Duration distance = duration.abs();
        String parts = Stream.of(
                        part(distance.toDays(), "jours"),
                        part(distance.toHoursPart(), "h"),
                        part(distance.toMinutesPart(), "min"),
                        part(distance.toSecondsPart(), "s"))
                .filter(part -> !part.isEmpty())
                .collect(joining(" "));
        return (duration.isNegative() ? "pour dans " : "il y a ") + parts;
    }

    private static String part(long number, String unit) {
        return number == 0 ? "" : number + " " + unit;
    }

    /** {@code permit R36.consent +NOTIFY_HOLDER} or {@code R44.blocked SAY}. */
    private String decision(String cell) {
        boolean permit = cell.startsWith("permit ");
        String[] parts = (permit ? cell.substring("permit ".length()) : cell).split(" \\+", 2);
        List<String> verdicts = Arrays.asList(parts[0].split(" ", -1));
        if (!permit) {
            return words.of("answer." + verdicts.get(1)) + " " + sentence(verdicts.get(0));
        }
        String reasons = verdicts.stream().map(this::sentence).collect(joining(" "));
        String obligations = parts.length == 1
                ? ""
                : Arrays.stream(parts[1].split(" ", -1))
                        .map(obligation -> words.of("obligation." + obligation))
                        .collect(joining(" ; ", " *À faire : ", ".*"));
        return words.of("answer.permit") + " " + reasons + obligations;
    }

    private String sentence(String verdict) {
        return sentences.get(verdict) + " `" + verdict + "`";
    }
}
