package fr.carnet.validation;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The terminologies of document metadata: value sets J01, J02, J03, J04, J06, J07, J10 and J66, associations X04 (CI-SIS)
 * and X16 (DMP) from type to class, A11 from CDA template to format.
 *
 * <p>Immutable; loaded once from the tables in {@code /terminology}.
 */
public final class CodeTables {

    private static final String LEVEL_1 = "1.3.6.1.4.1.19376.1.2.20";
    private static final String CLASS_NOT_DMP = "99";
    private static final Map<String, String> LEVEL_1_FORMATS = Map.of(
            "application/pdf", "urn:ihe:iti:xds-sd:pdf:2008",
            "text/plain", "urn:ihe:iti:xds-sd:text:2008",
            "image/jpeg", "urn:ihe:iti-fr:xds-sd:jpeg:2010",
            "application/rtf", "urn:ihe:iti-fr:xds-sd:rtf:2010",
            "text/rtf", "urn:ihe:iti-fr:xds-sd:rtf:2010",
            "image/tiff", "urn:ihe:iti-fr:xds-sd:tiff:2010");

    private final ValueSet types;
    private final ValueSet dmpTypes;
    private final ValueSet classes;
    private final ValueSet formats;
    private final ValueSet facilityTypes;
    private final ValueSet practiceSettings;
    private final ValueSet contentTypes;
    private final ValueSet specialities;
    private final Map<String, Concept> classByType;
    private final Map<String, String> formatByTemplate;

    private CodeTables() {
        types = ValueSet.load("typeCode");
        dmpTypes = ValueSet.load("typeCode_dmp");
        classes = ValueSet.load("classCode");
        formats = ValueSet.load("formatCode");
        facilityTypes = ValueSet.load("healthcareFacilityTypeCode");
        practiceSettings = ValueSet.load("practiceSettingCode");
        contentTypes = ValueSet.load("contentTypeCode");
        specialities = ValueSet.load("authorSpecialty");
        classByType = loadClasses();
        formatByTemplate = loadFormats();
    }

    /** The tables that come with the jar. */
    public static CodeTables bundled() {
        return Bundled.TABLES;
    }

    /** Type of a document, known to CI-SIS (J07) or DMP (J66). */
    public Optional<Concept> type(String system, String code) {
        return dmpTypes.find(system, code).or(() -> types.find(system, code));
    }

    /** Type of the DMP (J66) by its code alone: no code is in two systems. */
    public Optional<Concept> type(String code) {
        return dmpTypes.findByCode(code);
    }

    /** True for the types that the DMP takes (J66, R120). */
    public boolean isDmpType(String system, String code) {
        return dmpTypes.find(system, code).isPresent();
    }

    /** Codes of the types that the DMP takes (J66): no code is in two systems. */
    public Set<String> dmpTypeCodes() {
        return dmpTypes.concepts().values().stream().map(Concept::code).collect(Collectors.toUnmodifiableSet());
    }

    /** Class of a document that the DMP takes (J57). */
    public Optional<Concept> documentClass(String system, String code) {
        return code.equals(CLASS_NOT_DMP) ? Optional.empty() : classes.find(system, code);
    }

    /**
     * Class that goes with a type: of X16, else of X04 (R120). Empty for the six types that neither table holds; any class
     * of J57 goes with those.
     */
    public Optional<Concept> classOf(String typeSystem, String typeCode) {
        return Optional.ofNullable(classByType.get(key(typeSystem, typeCode)));
    }

    /** Format of a document (J10). */
    public Optional<Concept> format(String system, String code) {
        return formats.find(system, code);
    }

    /**
     * Format of a CDA document (A11): that of the last template that has one; a level 1 document has that of what it
     * wraps.
     *
     * @param templateIds roots of {@code ClinicalDocument/templateId}, in order
     * @param nonXmlMediaType media type of {@code nonXMLBody}, if there is one
     */
    public Optional<Concept> formatOf(List<String> templateIds, Optional<String> nonXmlMediaType) {
        if (templateIds.contains(LEVEL_1)) {
            return nonXmlMediaType.map(LEVEL_1_FORMATS::get).flatMap(formats::findByCode);
        }
        return templateIds.stream()
                .map(formatByTemplate::get)
                .filter(java.util.Objects::nonNull)
                .reduce((first, last) -> last)
                .flatMap(formats::findByCode);
    }

    /** Type of healthcare facility (J02). */
    public Optional<Concept> facilityType(String system, String code) {
        return facilityTypes.find(system, code);
    }

    /** Type of healthcare facility by its code alone. */
    public Optional<Concept> facilityType(String code) {
        return facilityTypes.findByCode(code);
    }

    /** Frame of exercise (J04). */
    public Optional<Concept> practiceSetting(String system, String code) {
        return practiceSettings.find(system, code);
    }

    /** Frame of exercise by its code alone. */
    public Optional<Concept> practiceSetting(String code) {
        return practiceSettings.findByCode(code);
    }

    /** Content type of a submission set (J03). */
    public Optional<Concept> contentType(String system, String code) {
        return contentTypes.find(system, code);
    }

    /** Profession and speciality of an author (J01). */
    public Optional<Concept> speciality(String system, String code) {
        return specialities.find(system, code);
    }

    /** Profession and speciality by its code alone. */
    public Optional<Concept> speciality(String code) {
        return specialities.findByCode(code);
    }

    private static Map<String, Concept> loadClasses() {
        Map<String, Concept> byType = new HashMap<>();
        for (String table : List.of("type_class", "type_class_dmp")) {
            for (List<String> row : Table.read(table)) {
                byType.put(key(row.get(1), row.get(0)), new Concept(row.get(3), row.get(2), ""));
            }
        }
        return Map.copyOf(byType);
    }

    private static Map<String, String> loadFormats() {
        Map<String, String> byTemplate = new HashMap<>();
        for (List<String> row : Table.read("cda_template_format")) {
            if (!row.get(0).equals(LEVEL_1)) {
                byTemplate.put(row.get(0), row.get(1));
            }
        }
        return Map.copyOf(byTemplate);
    }

    private static String key(String system, String code) {
        return system + '|' + code;
    }

    private static final class Bundled {
        private static final CodeTables TABLES = new CodeTables();
    }

    /** The codes of one table. */
    private record ValueSet(Map<String, Concept> concepts) {

        static ValueSet load(String table) {
            Map<String, Concept> concepts = new HashMap<>();
            for (List<String> row : Table.read(table)) {
                concepts.put(key(row.get(2), row.get(0)), new Concept(row.get(2), row.get(0), row.get(1)));
            }
            return new ValueSet(Map.copyOf(concepts));
        }

        Optional<Concept> find(String system, String code) {
            return Optional.ofNullable(concepts.get(key(system, code)));
        }

        Optional<Concept> findByCode(String code) {
            Collection<Concept> all = concepts.values();
            return all.stream().filter(c -> c.code().equals(code)).findFirst();
        }
    }
}
