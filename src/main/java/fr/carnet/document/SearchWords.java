package fr.carnet.document;

import java.text.Normalizer;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;

/**
 * What a row can be found by, in two columns.
 *
 * <p>A token is {@code parameter:system|code}, and again {@code parameter:code} and {@code parameter:system|}, so that each
 * of FHIR's three ways to write a token is one exact string. A word is {@code parameter:text}, lower case without accents,
 * for FHIR's string search.
 */
final class SearchWords {

    private final Set<String> tokens = new LinkedHashSet<>();
    private final Set<String> words = new LinkedHashSet<>();

    Set<String> tokens() {
        return tokens;
    }

    Set<String> words() {
        return words;
    }

    SearchWords token(String parameter, String system, String code) {
        if (code == null) {
            return this;
        }
        String prefix = parameter + ":";
        tokens.add(prefix + code);
        tokens.add(prefix + (system == null ? "" : system) + "|" + code);
        if (system != null) {
            tokens.add(prefix + system + "|");
        }
        return this;
    }

    SearchWords coding(String parameter, Coding coding) {
        return token(parameter, coding.getSystem(), coding.getCode());
    }

    SearchWords concepts(String parameter, Collection<CodeableConcept> concepts) {
        concepts.forEach(concept -> concept.getCoding().forEach(c -> coding(parameter, c)));
        return this;
    }

    SearchWords identifier(String parameter, Identifier identifier) {
        return token(parameter, identifier.getSystem(), identifier.getValue());
    }

    SearchWords word(String parameter, String text) {
        if (text != null && !text.isBlank()) {
            words.add(parameter + ":" + normalise(text));
            tokens.add(exact(parameter, text));
        }
        return this;
    }

    /** Token of FHIR's {@code :exact}. */
    static String exact(String parameter, String text) {
        return parameter + ":=" + text;
    }

    /** Lower case, without accents. */
    static String normalise(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .strip();
    }
}
