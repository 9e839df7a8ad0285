package fr.carnet.policy;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.carnet.policy.CatalogueEntry.Grade;
import fr.carnet.policy.CatalogueEntry.Judge;
import fr.carnet.policy.CatalogueEntry.State;
import fr.carnet.policy.CatalogueEntry.Theme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleCatalogueTest {

    private static final List<CatalogueEntry> ENTRIES = RuleCatalogue.load().entries();
    private static final Path ROOMS = Path.of("src", "main", "java", "fr", "carnet");
    private static final Pattern RULE = Pattern.compile("\\bR\\d{1,3}(?=\\b|_)");
    private static final String HEAD = "rule\tgrade\tjudged\tsources\tfr\ten\twhy-fr\twhy-en\n";

    static List<CatalogueEntry> entries() {
        return ENTRIES;
    }

    /** The published rule book: {@code | R36 | rule | source | C |}; R171 has no source, its choice is ours. */
    @Test
    void everyRuleOfTheRuleBookHasALineWithItsGrade() throws IOException {
        Path book = Path.of("..", "shared", "spec", "rules.md");
        assumeTrue(Files.exists(book), "shared reference absent");
        Pattern row = Pattern.compile("\\| (R\\d+) \\|.*\\| ([^|]+) \\|");
        Map<String, String> published = Files.readAllLines(book).stream()
                .map(row::matcher)
                .filter(Matcher::matches)
                .collect(toMap(line -> line.group(1), line -> letters(line.group(2))));

        Map<String, String> ours = ENTRIES.stream().collect(toMap(CatalogueEntry::id, entry -> entry.grades().stream()
                .map(Grade::code)
                .collect(joining())));

        published.put("R171", "I");
        assertThat(ours).isEqualTo(published);
    }

    @ParameterizedTest
    @EnumSource
    void everyVerdictBelongsToARuleThatIsEnforced(Rule verdict) {
        assertThat(ENTRIES)
                .filteredOn(entry -> entry.verdicts().contains(verdict))
                .singleElement()
                .satisfies(entry -> assertThat(entry.state()).isIn(State.ENFORCED, State.PARTLY));
    }

    /** Other rooms raise verdicts too; a principle and an obligation alone have none. */
    @ParameterizedTest
    @MethodSource("entries")
    void ruleJudgedByThePolicyHasVerdicts(CatalogueEntry entry) {
        if (entry.judges().contains(Judge.POLICY)) {
            assertThat(entry.verdicts()).isNotEmpty();
        }
        boolean others = EnumSet.of(Judge.PRINCIPLE, Judge.OBLIGATION).containsAll(entry.judges());
        if (others) {
            assertThat(entry.verdicts()).isEmpty();
        }
    }

    /** A rule is claimed for a room only if the room's code names it. */
    @ParameterizedTest
    @MethodSource("entries")
    void roomThatJudgesARuleNamesIt(CatalogueEntry entry) {
        assertThat(entry.judges()).allSatisfy(judge -> assertThat(named(ROOMS.resolve(room(judge))))
                .contains(entry.id()));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void sentencesAreSentencesOfAReadableLength(CatalogueEntry entry) {
        Stream.concat(Stream.of(entry.asks()), entry.why().stream())
                .flatMap(sentence -> Stream.of(sentence.french(), sentence.english()))
                .forEach(
                        text -> assertThat(text).matches("[A-ZÀ-Ý].{20,180}\\.").doesNotContain("|", "\uFFFD"));
    }

    @Test
    void whatAServerCannotJudgeIsToldWithItsReason() {
        assertThat(ENTRIES)
                .filteredOn(entry -> entry.state() == State.NOT_ENFORCEABLE)
                .extracting(CatalogueEntry::id)
                .contains("R32", "R101", "R118", "R121");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "R1\tC\tpolicy\tS1\tDemande.\tAsks.\t-",
                "1\tC\tpolicy\tS1\tDemande.\tAsks.\t-\t-",
                "R1\tX\tpolicy\tS1\tDemande.\tAsks.\t-\t-",
                "R1\tC\tcourt\tS1\tDemande.\tAsks.\t-\t-",
                "R1\tC\tpending:court\tS1\tDemande.\tAsks.\t-\t-",
                "R1\tC\tpending:life pending:choices\tS1\tDemande.\tAsks.\t-\t-",
                "R1\tC\tpolicy not-enforceable\tS1\tDemande.\tAsks.\tRaison.\tReason.",
                "R1\tC\tnot-enforceable\tS1\tDemande.\tAsks.\t-\t-",
                "R1\tC\tpolicy pending:life\tS1\tDemande.\tAsks.\t-\t-",
                "R1\tC\tpolicy\tS1\tDemande.\tAsks.\tRaison.\tReason.",
                "R1\tC\tpolicy\t\tDemande.\tAsks.\t-\t-",
                "R1\t\tpolicy\tS1\tDemande.\tAsks.\t-\t-",
                "R1\tC\tpolicy\tS1\tDemande.\t\t-\t-",
                "R1\tC\tpolicy\tS1\t\tAsks.\t-\t-",
                "R2\tC\tpolicy\tS1\tDemande.\tAsks.\t-\t-\nR1\tC\tpolicy\tS1\tDemande.\tAsks.\t-\t-",
                "R1\tC\tpolicy\tS1\tDemande.\tAsks.\t-\t-\nR1\tC\tpolicy\tS1\tDemande.\tAsks.\t-\t-"
            })
    void lineThatSaysTooLittleOrTooMuchIsRefused(String lines) {
        assertThatThrownBy(() -> RuleCatalogue.read(HEAD + lines))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("rule catalogue: ");
    }

    @Test
    void wholeTableIsReadAnew() {
        assertThat(RuleCatalogue.load().entries()).isEqualTo(ENTRIES).hasSizeGreaterThan(160);
    }

    @Test
    void smallTableIsRead() {
        String table = "# a comment\n\n" + HEAD
                + "R1\tC M\tpolicy trace\tS1; S2\tDemande.\tAsks.\t-\t-\n"
                + "R2\tI\tpolicy pending:life\tS1\tDemande.\tAsks.\tRaison.\tReason.\n"
                + "R3\tI\tpending:messages\tS1\tDemande.\tAsks.\t-\t-\n"
                + "R100\tI\tnot-enforceable\tS1\tDemande.\tAsks.\tRaison.\tReason.\n";
        List<CatalogueEntry> entries = RuleCatalogue.read(table).entries();

        assertThat(entries).extracting(CatalogueEntry::id).containsExactly("R1", "R2", "R3", "R100");
        assertThat(entries)
                .extracting(CatalogueEntry::state)
                .containsExactly(State.ENFORCED, State.PARTLY, State.PENDING, State.NOT_ENFORCEABLE);
        CatalogueEntry first = entries.get(0);
        assertThat(first.grades()).containsExactly(Grade.CONFIRMED, Grade.MEMORY);
        assertThat(first.judges()).containsExactlyInAnyOrder(Judge.POLICY, Judge.TRACE);
        assertThat(first.sources()).containsExactly("S1", "S2");
        assertThat(first.verdicts()).containsExactly(Rule.R1_INS_INVALID);
        assertThat(first.why()).isEmpty();
        assertThat(first.asks().in(Locale.ENGLISH)).isEqualTo("Asks.");
        assertThat(first.asks().in(Locale.UK)).isEqualTo("Asks.");
        assertThat(first.asks().in(Locale.GERMAN)).isEqualTo("Demande.");
        assertThat(entries.get(1).pending()).contains(Theme.LIFE);
    }

    @Test
    void headOfTheTableIsChecked() {
        assertThatThrownBy(() -> RuleCatalogue.read("# nothing\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rule catalogue: the head of the table differs");
        assertThatThrownBy(() -> RuleCatalogue.read("rule\tgrade\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rule catalogue: the head of the table differs");
    }

    private static String letters(String grade) {
        return Pattern.compile("\\b[CMI]\\b")
                .matcher(grade)
                .results()
                .map(MatchResult::group)
                .collect(joining());
    }

    private static String room(Judge judge) {
        return switch (judge) {
            case POLICY, PRINCIPLE, OBLIGATION -> "policy";
            case VALIDATION -> "validation";
            case REGISTRATION -> "dmp";
            case DOOR -> "caller";
            case DOCUMENTS -> "document";
            case TRACE -> "trace";
            case MESSAGING -> "messaging";
            case DIRECTORY -> "directory";
            case TOKEN -> "token";
        };
    }

    private static Set<String> named(Path room) {
        try (Stream<Path> files = Files.walk(room)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> RULE.matcher(text(file)).results())
                    .map(MatchResult::group)
                    .collect(toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
