package fr.carnet.validation.profile;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.ElementDefinition;
import org.hl7.fhir.r4.model.ElementDefinition.TypeRefComponent;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.StructureDefinition.StructureDefinitionKind;
import org.hl7.fhir.r4.model.StructureDefinition.TypeDerivationRule;

/**
 * Profiles that a package names and no package at hand brings (those of FR Core, most often), each replaced by one that
 * asks nothing beyond its base type. Without them, what was never checked would be called wrong.
 */
final class StandIns {

    private static final String BASE = "http://hl7.org/fhir/StructureDefinition/";

    private final Set<String> resourceTypes;
    private final Map<String, StructureDefinition> missing = new LinkedHashMap<>();

    private StandIns(FhirContext fhir) {
        this.resourceTypes = fhir.getResourceTypes();
    }

    /**
     * @param definitions of the packages
     * @param known whether a canonical URL can be resolved
     */
    static List<StructureDefinition> of(
            FhirContext fhir, List<StructureDefinition> definitions, Predicate<String> known) {
        StandIns standIns = new StandIns(fhir);
        for (StructureDefinition definition : definitions) {
            for (ElementDefinition element : definition.getSnapshot().getElement()) {
                element.getType().forEach(type -> standIns.add(type, known));
            }
        }
        return new ArrayList<>(standIns.missing.values());
    }

    private void add(TypeRefComponent type, Predicate<String> known) {
        // an unknown extension is let through as it is
        if (!"Extension".equals(type.getCode())) {
            unknown(type.getProfile(), known).forEach(url -> put(url, Optional.of(type.getCode())));
        }
        unknown(type.getTargetProfile(), known).forEach(url -> put(url, resourceType(url)));
    }

    private static Stream<String> unknown(List<CanonicalType> profiles, Predicate<String> known) {
        return profiles.stream().map(CanonicalType::getValue).filter(known.negate());
    }

    private void put(String url, Optional<String> base) {
        base.ifPresent(type -> missing.computeIfAbsent(url, u -> standIn(u, type)));
    }

    /** By its name: {@code fr-core-related-person} is of a RelatedPerson. */
    private Optional<String> resourceType(String url) {
        String name = name(url);
        List<String> words = List.of(name.split("-"));
        return Stream.iterate(0, i -> i < words.size(), i -> i + 1)
                .map(i -> words.subList(i, words.size()).stream()
                        .map(word -> word.isEmpty() ? "" : Character.toUpperCase(word.charAt(0)) + word.substring(1))
                        .collect(Collectors.joining()))
                .filter(resourceTypes::contains)
                .findFirst();
    }

    private static String name(String url) {
        return url.substring(url.lastIndexOf('/') + 1).replaceFirst("\\|.*", "");
    }

    private StructureDefinition standIn(String canonical, String type) {
        String[] url = canonical.split("\\|", 2);
        StructureDefinition definition = new StructureDefinition()
                .setUrl(url[0])
                .setVersion(url.length > 1 ? url[1] : null)
                .setName(name(canonical))
                .setStatus(PublicationStatus.ACTIVE)
                .setKind(
                        resourceTypes.contains(type)
                                ? StructureDefinitionKind.RESOURCE
                                : StructureDefinitionKind.COMPLEXTYPE)
                .setAbstract(false)
                .setType(type)
                .setBaseDefinition(BASE + type)
                .setDerivation(TypeDerivationRule.CONSTRAINT);
        definition.getDifferential().addElement().setPath(type).setId(type);
        return definition;
    }
}
