package fr.carnet.validation;

import fr.carnet.shared.CodeSystems;
import fr.carnet.shared.Visibility;
import fr.carnet.validation.Entries.Entry;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DocumentReference;

/**
 * Security labels: exactly one confidentiality code, and visibility labels that a rule knows (R100, R102).
 *
 * <p>A label that is nearly one of visibility (its code under another system, or a system spelt wrong) is refused: read as
 * nothing, it would show what should be hidden.
 */
final class LabelRules {

    private static final Set<String> CONFIDENTIALITY = Set.of("U", "L", "M", "N", "R", "V");
    private static final Set<String> WITHOUT_RULE = Set.of("MASQUE_PSOCIAL", "MASQUE_PT");
    private static final String PDSM = "pdsm-comprehensive-document-reference";
    private static final String LABELS = "R100";

    private final boolean maskedAndInvisibleTogether;
    private final Findings findings;

    LabelRules(boolean maskedAndInvisibleTogether, Findings findings) {
        this.maskedAndInvisibleTogether = maskedAndInvisibleTogether;
        this.findings = findings;
    }

    void check(Entry<DocumentReference> entry) {
        DocumentReference document = entry.resource();
        if (!document.hasSecurityLabel()) {
            return;
        }
        String path = entry.path() + ".securityLabel";
        List<Coding> labels = document.getSecurityLabel().stream()
                .flatMap(l -> l.getCoding().stream())
                .toList();
        confidentiality(labels, path);
        Set<Visibility> visibility = EnumSet.noneOf(Visibility.class);
        labels.forEach(l -> visibility(l, path).ifPresent(visibility::add));
        if (!maskedAndInvisibleTogether
                && visibility.contains(Visibility.MASQUE_PS)
                && visibility.contains(Visibility.INVISIBLE_PATIENT)) {
            findings.error(path, "R102", "masked-and-invisible");
        }
    }

    private void confidentiality(List<Coding> labels, String path) {
        long count = labels.stream().filter(LabelRules::isConfidentiality).count();
        if (count == 0) {
            findings.error(path, PDSM, "confidentiality-missing");
        } else if (count > 1) {
            findings.error(path, PDSM, "element-repeated", "securityLabel:confidentiality", Long.toString(count));
        }
    }

    private static boolean isConfidentiality(Coding label) {
        String system = CodingRules.system(label);
        return (system.equals(CodeSystems.CONFIDENTIALITY) || system.equals(CodeSystems.TRE_A08))
                && CONFIDENTIALITY.contains(label.getCode());
    }

    private Optional<Visibility> visibility(Coding label, String path) {
        String system = CodingRules.system(label);
        String code = label.hasCode() ? label.getCode() : "";
        if (system.equals(CodeSystems.TRE_A07)) {
            return known(code, path);
        }
        if (looksLikeVisibility(system, code)) {
            findings.error(path, LABELS, "visibility-system", code, CodeSystems.TRE_A07);
        } else if (!isConfidentiality(label)) {
            findings.warn(path, LABELS, "label-ignored", code);
        }
        return Optional.empty();
    }

    private Optional<Visibility> known(String code, String path) {
        Optional<Visibility> label = Visibility.of(code);
        if (label.isEmpty()) {
            String key = WITHOUT_RULE.contains(code) ? "unsupported-label" : "visibility-unknown";
            findings.error(path, LABELS, key, code);
        }
        return label;
    }

    private static boolean looksLikeVisibility(String system, String code) {
        String spelt = system.toLowerCase(Locale.ROOT);
        return Visibility.of(code).isPresent()
                || WITHOUT_RULE.contains(code)
                || spelt.contains("visibilitedocument")
                || spelt.contains("tre_a07")
                || spelt.contains("tre-a07");
    }
}
