package fr.carnet.validation;

import fr.carnet.validation.Entries.Entry;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DocumentReference;

/**
 * Codes of a DocumentReference: type and class (R33, R120) refuse; the preferred value sets of PDSm only warn.
 */
final class CodingRules {

    private static final String TYPE_RULE = "R120";

    private final CodeTables tables;
    private final Findings findings;

    CodingRules(CodeTables tables, Findings findings) {
        this.tables = tables;
        this.findings = findings;
    }

    void check(Entry<DocumentReference> entry, Form form) {
        DocumentReference document = entry.resource();
        Optional<Coding> type = one(document.getType(), entry.path() + ".type");
        type.ifPresent(t -> checkType(t, entry.path() + ".type"));
        if (document.getCategory().size() == 1) {
            one(document.getCategoryFirstRep(), entry.path() + ".category[0]")
                    .ifPresent(c -> checkClass(type, c, entry.path() + ".category[0]"));
        } else if (!document.hasCategory() && !form.isComprehensive()) {
            type.ifPresent(t -> requireGivenClass(t, entry.path() + ".category", form));
        }
        if (form.isPdsm()) {
            preferred(entry);
        }
    }

    private Optional<Coding> one(CodeableConcept concept, String path) {
        List<Coding> codings = concept.getCoding();
        if (codings.size() == 1 && codings.get(0).hasCode()) {
            return Optional.of(codings.get(0));
        }
        if (!concept.isEmpty()) {
            findings.error(path + ".coding", TYPE_RULE, "one-coding", Integer.toString(codings.size()));
        }
        return Optional.empty();
    }

    private void checkType(Coding type, String path) {
        if (tables.isDmpType(system(type), type.getCode())) {
            return;
        }
        if (tables.type(system(type), type.getCode()).isPresent()) {
            findings.error(path, TYPE_RULE, "type-not-dmp", type.getCode());
        } else {
            findings.error(path, "R33", "type-unknown", type.getCode(), system(type));
        }
    }

    private void checkClass(Optional<Coding> type, Coding found, String path) {
        Optional<Concept> known = type.flatMap(t -> tables.type(system(t), t.getCode()));
        Optional<Concept> expected = known.flatMap(t -> tables.classOf(t.system(), t.code()));
        if (expected.isPresent()) {
            sameClass(known.get(), expected.get(), found, path);
        } else if (tables.documentClass(system(found), found.getCode()).isEmpty()) {
            findings.error(path, TYPE_RULE, "class-unknown", found.getCode(), system(found));
        } else if (known.isPresent()) {
            findings.warn(path, TYPE_RULE, "class-not-given", known.get().code());
        }
    }

    /** Where the class may lack, the type gives it; a few types do not. */
    private void requireGivenClass(Coding type, String path, Form form) {
        boolean known = tables.isDmpType(system(type), type.getCode());
        if (known && tables.classOf(system(type), type.getCode()).isEmpty()) {
            findings.error(path, form.rule(), "element-missing", "category");
        }
    }

    private void sameClass(Concept type, Concept expected, Coding found, String path) {
        if (!expected.is(system(found), found.getCode())) {
            findings.error(path, TYPE_RULE, "class-differs", found.getCode(), type.code(), expected.code());
        }
    }

    private void preferred(Entry<DocumentReference> entry) {
        DocumentReference document = entry.resource();
        if (document.getContentFirstRep().hasFormat()) {
            Coding format = document.getContentFirstRep().getFormat();
            preferred(format, tables::format, entry.path() + ".content[0].format", "JDV_J10");
        }
        for (Coding facility : document.getContext().getFacilityType().getCoding()) {
            preferred(facility, tables::facilityType, entry.path() + ".context.facilityType", "JDV_J02");
        }
        for (Coding setting : document.getContext().getPracticeSetting().getCoding()) {
            preferred(setting, tables::practiceSetting, entry.path() + ".context.practiceSetting", "JDV_J04");
        }
    }

    private void preferred(
            Coding coding, BiFunction<String, String, Optional<Concept>> valueSet, String path, String name) {
        String code = coding.hasCode() ? coding.getCode() : "";
        if (valueSet.apply(system(coding), code).isEmpty()) {
            findings.warn(path, name, "code-outside-value-set", code, name);
        }
    }

    static String system(Coding coding) {
        return coding.hasSystem() ? coding.getSystem() : "";
    }
}
