package fr.carnet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.policy.CatalogueEntry.Judge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule without a case fails the build. What the cases decide is tried by {@link DecisionTest}. */
class RuleCasesTest {

    private static final List<DecisionCase> CASES = DecisionCase.read("/policy/cases.psv");
    private static final List<CatalogueEntry> ENTRIES = RuleCatalogue.load().entries();

    /** R69 permits nothing as long as the holder has no means to open data to a service. */
    private static final Set<String> REFUSING_ONLY = Set.of("R69");

    static List<CatalogueEntry> decided() {
        return judgedBy(EnumSet.of(Judge.POLICY, Judge.PRINCIPLE));
    }

    static List<CatalogueEntry> obliging() {
        return judgedBy(EnumSet.of(Judge.OBLIGATION));
    }

    @ParameterizedTest
    @MethodSource("decided")
    void ruleHasACaseThatIsPermittedAndOneThatIsRefused(CatalogueEntry entry) {
        List<DecisionCase> cases = casesOf(entry);

        assertThat(cases).as(entry.id()).anyMatch(played -> !played.expectsPermit());
        assertThat(cases.stream().anyMatch(DecisionCase::expectsPermit))
                .as(entry.id())
                .isNotEqualTo(REFUSING_ONLY.contains(entry.id()));
    }

    @ParameterizedTest
    @MethodSource("obliging")
    void obligationHasACaseWithItAndOneWithout(CatalogueEntry entry) {
        assertThat(casesOf(entry))
                .as(entry.id())
                .anyMatch(DecisionCase::expectsObligation)
                .anyMatch(played -> played.expectsPermit() && !played.expectsObligation());
    }

    @Test
    void everyCaseBeginsWithTheRulesThatItTries() {
        List<String> ids = ENTRIES.stream().map(CatalogueEntry::id).toList();

        assertThat(CASES).allSatisfy(played -> assertThat(played.rules())
                .as(played.title())
                .isNotEmpty()
                .isSubsetOf(ids));
    }

    @Test
    void titlesOfCasesAreUnique() {
        assertThat(CASES).extracting(DecisionCase::title).doesNotHaveDuplicates();
    }

    /** The cases as a lawyer reads them: copy the received page over the page when its diff is what was meant. */
    @Test
    void pageOfCasesIsCurrent() throws IOException {
        List<String> received = new CaseBook(CASES).page(ENTRIES);
        Path page = Path.of("docs", "rule-cases.md");
        List<String> published = Files.exists(page) ? Files.readAllLines(page) : List.of();
        if (!received.equals(published)) {
            Files.write(Path.of("target", "rule-cases.received.md"), received);
        }

        assertThat(published)
                .as("docs/rule-cases.md, see target/rule-cases.received.md")
                .isEqualTo(received);
    }

    private static List<CatalogueEntry> judgedBy(Set<Judge> judges) {
        return ENTRIES.stream()
                .filter(entry -> entry.judges().stream().anyMatch(judges::contains))
                .toList();
    }

    private static List<DecisionCase> casesOf(CatalogueEntry entry) {
        return CASES.stream()
                .filter(played -> played.rules().contains(entry.id()))
                .toList();
    }
}
