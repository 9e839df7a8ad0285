package fr.carnet.policy;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.shared.Fault;
import fr.carnet.shared.Fault.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTest {

    private static final Set<Integer> STATUSES = Set.of(200, 403, 404, 409, 422);

    @ParameterizedTest
    @ValueSource(strings = {"rules", "rules_en"})
    void everyRuleHasOneSentencePerLanguageAndNoSentenceIsOrphan(String bundle) throws IOException {
        Properties texts = texts(bundle);

        assertThat(texts.stringPropertyNames())
                .isEqualTo(Arrays.stream(Rule.values()).map(Rule::messageKey).collect(toSet()));
        assertThat(texts.values()).allSatisfy(text -> assertThat((String) text)
                .matches("[A-ZÀ-Ý].{20,180}\\.")
                .doesNotContain("{", "\uFFFD"));
    }

    @Test
    void keysOfRulesAreUnique() {
        assertThat(Arrays.stream(Rule.values()).map(Rule::messageKey)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void nameOfRuleSaysItsNumberAndSlug(Rule rule) {
        assertThat(rule.name())
                .isEqualTo(rule.id() + "_" + rule.slug().replace('-', '_').toUpperCase(Locale.ROOT));
        assertThat(STATUSES).contains(rule.status());
        assertThat(rule.permits()).isEqualTo(rule.status() == 200);
    }

    @Test
    void knownRuleIsWrittenAsInTheRuleBook() {
        assertThat(Rule.R36_NO_CONSENT.id()).isEqualTo("R36");
        assertThat(Rule.R36_NO_CONSENT.slug()).isEqualTo("no-consent");
        assertThat(Rule.R52_OPPOSED_BRIS_DE_GLACE.messageKey()).isEqualTo("R52.opposed-bris-de-glace");
    }

    @Test
    void refusalIsAnAnswerWithTheRulesStatusIdAndSentence() {
        Fault refusal = Rule.R48_OPPOSED_DEPOSIT.refusal();

        assertThat(refusal.status()).isEqualTo(409);
        assertThat(refusal.issues()).singleElement().satisfies(issue -> {
            assertThat(issue.severity()).isEqualTo(Severity.ERROR);
            assertThat(issue.code()).isEqualTo("R48");
            assertThat(issue.messageKey()).isEqualTo("R48.opposed-deposit");
        });
    }

    private static Properties texts(String bundle) throws IOException {
        Properties texts = new UniqueProperties();
        try (InputStream in = RuleTest.class.getResourceAsStream("/messages/" + bundle + ".properties");
                Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            texts.load(reader);
        }
        return texts;
    }

    /** Refuses a key that comes twice, which the JDK would swallow. */
    private static final class UniqueProperties extends Properties {
        @Override
        public synchronized Object put(Object key, Object value) {
            assertThat(this).doesNotContainKey(key);
            return super.put(key, value);
        }
    }
}
