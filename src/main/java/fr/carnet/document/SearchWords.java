package fr.carnet.document;

import fr.carnet.shared.ProfileUris;
import java.text.Normalizer;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.Reference;

/**
 * What a row can be found by, in two columns.
 *
 * <p>A token is {@code parameter:system|code}, and again {@code parameter:code} and {@code parameter:system|}, so that each
 * of FHIR's three ways to write a token is one exact string; of a document that is referred to {@code parameter->id}.
 * A word is {@code parameter:text}, lower case without accents, for FHIR's string search.
 */
final class SearchWords {

    private final Set<String> tokens = new LinkedHashSet<>();
    private final Set<String> words = new LinkedHashSet<>();

    private SearchWords() {}

    /** By what ITI-67 finds a document. */
    static SearchWords of(DocumentReference document) {
        SearchWords found = new SearchWords()
                .concepts("type", List.of(document.getType()))
                .concepts("category", document.getCategory())
                .concepts("security-label", document.getSecurityLabel())
                .concepts("facility", List.of(document.getContext().getFacilityType()))
                .concepts("setting", List.of(document.getContext().getPracticeSetting()))
                .concepts("event", document.getContext().getEvent())
                .coding("format", DocumentResources.content(document).getFormat())
                .identifier("identifier", document.getMasterIdentifier());
        document.getIdentifier().forEach(i -> found.identifier("identifier", i));
        document.getContext().getRelated().forEach(r -> found.identifier("related", r.getIdentifier())
                .document("related", r));
        document.getRelatesTo().forEach(r -> found.document("relatesto", r.getTarget()));
        document.getAuthor().forEach(author -> found.person("author", document, author));
        return found;
    }

    /** By what ITI-66 finds a lot or folder. */
    static SearchWords of(ListResource list) {
        SearchWords found =
                new SearchWords().concepts("code", List.of(list.getCode())).word("title", list.getTitle());
        list.getIdentifier().forEach(i -> found.identifier("identifier", i));
        list.getExtensionsByUrl(ProfileUris.DESIGNATION_TYPE).forEach(e -> {
            if (e.getValue() instanceof CodeableConcept concept) {
                found.concepts("designationType", List.of(concept));
            }
        });
        list.getExtensionsByUrl(ProfileUris.SOURCE_ID).forEach(e -> {
            if (e.getValue() instanceof Identifier id) {
                found.identifier("sourceId", id);
            }
        });
        list.getSource().getExtensionsByUrl(ProfileUris.AUTHOR_ORGANIZATION).forEach(e -> {
            if (e.getValue() instanceof Reference organization) {
                DocumentResources.identifiersOf(list, organization).forEach(i -> found.identifier("authorOrg", i));
            }
        });
        return found.person("source", list, list.getSource());
    }

    Set<String> tokens() {
        return tokens;
    }

    Set<String> words() {
        return words;
    }

    private SearchWords token(String parameter, String system, String code) {
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

    private SearchWords coding(String parameter, Coding coding) {
        return token(parameter, coding.getSystem(), coding.getCode());
    }

    private SearchWords concepts(String parameter, Collection<CodeableConcept> concepts) {
        concepts.forEach(concept -> concept.getCoding().forEach(c -> coding(parameter, c)));
        return this;
    }

    private SearchWords identifier(String parameter, Identifier identifier) {
        return token(parameter, identifier.getSystem(), identifier.getValue());
    }

    private SearchWords document(String parameter, Reference reference) {
        if ("DocumentReference".equals(reference.getReferenceElement().getResourceType())) {
            tokens.add(literal(parameter, reference.getReferenceElement().getIdPart()));
        }
        return this;
    }

    private SearchWords person(String parameter, DomainResource holder, Reference reference) {
        DocumentResources.identifiersOf(holder, reference).forEach(i -> {
            identifier(parameter + ".identifier", i);
            identifier(parameter, i);
        });
        DocumentResources.namesOf(holder, reference).forEach(name -> {
            word(parameter + ".family", name.getFamily());
            name.getGiven().forEach(g -> word(parameter + ".given", g.getValue()));
        });
        return this;
    }

    private SearchWords word(String parameter, String text) {
        if (text != null && !text.isBlank()) {
            words.add(parameter + ":" + normalise(text));
            tokens.add(exact(parameter, text));
        }
        return this;
    }

    /** Token of a value as it is written in a search. */
    static String token(String parameter, String value) {
        return parameter + ":" + value;
    }

    /** Token of a document that is referred to: never to be had by the value of a parameter alone. */
    static String literal(String parameter, String document) {
        return parameter + "->" + document;
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
