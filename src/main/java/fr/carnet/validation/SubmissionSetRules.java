package fr.carnet.validation;

import fr.carnet.shared.ProfileUris;
import fr.carnet.validation.Entries.Entry;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.ListResource;

/** What a SubmissionSet must and must not have (PDSm comprehensive, MHD Comprehensive). */
final class SubmissionSetRules {

    private static final String PDSM = "pdsm-submissionset-comprehensive";
    private static final String MHD = "mhd-comprehensive-submissionset";
    private static final Set<String> PDSM_SOURCES = Set.of("PractitionerRole", "Device", "Patient");
    private static final Set<String> MHD_SOURCES = Set.of("Practitioner", "PractitionerRole", "Patient", "Device");

    private final CodeTables tables;
    private final Entries entries;
    private final Findings findings;

    SubmissionSetRules(CodeTables tables, Entries entries, Findings findings) {
        this.tables = tables;
        this.entries = entries;
        this.findings = findings;
    }

    void check(Entry<ListResource> entry, boolean pdsm) {
        ListResource set = entry.resource();
        Scope scope = new Scope(findings, entry.path(), pdsm ? PDSM : MHD);
        ListShape.check(set, scope);
        scope.required(set.hasDate(), "date");
        if (pdsm) {
            scope.required(set.hasContained(), "contained");
            scope.required(set.hasSource(), "source");
        }
        if (set.hasSource()) {
            Contained.check(set, set.getSource(), "source", pdsm ? PDSM_SOURCES : MHD_SOURCES, scope);
        }
        designation(set, pdsm, scope);
        sourceId(set, scope);
        if (UniqueIds.of(set).isEmpty()) {
            findings.warn(scope.at("identifier"), "R124", "set-without-unique-id");
        }
        items(entry);
    }

    private void designation(ListResource set, boolean pdsm, Scope scope) {
        List<Extension> designations = set.getExtensionsByUrl(ProfileUris.DESIGNATION_TYPE);
        scope.once(designations.size(), "extension('" + ProfileUris.DESIGNATION_TYPE + "')");
        if (!pdsm) {
            return;
        }
        for (Extension designation : designations) {
            if (designation.getValue() instanceof CodeableConcept concept) {
                concept.getCoding().forEach(c -> preferred(c, scope));
            }
        }
    }

    private void preferred(Coding coding, Scope scope) {
        String code = coding.hasCode() ? coding.getCode() : "";
        if (tables.contentType(CodingRules.system(coding), code).isEmpty()) {
            String path = scope.at("extension('" + ProfileUris.DESIGNATION_TYPE + "')");
            findings.warn(path, "JDV_J03", "code-outside-value-set", code, "JDV_J03");
        }
    }

    private static void sourceId(ListResource set, Scope scope) {
        List<Extension> sources = set.getExtensionsByUrl(ProfileUris.SOURCE_ID);
        String element = "extension('" + ProfileUris.SOURCE_ID + "')";
        scope.once(sources.size(), element);
        for (Extension source : sources) {
            scope.required(source.getValue() instanceof Identifier id && id.hasValue(), element + ".value");
        }
    }

    /** The set lists every document and folder of the Bundle, and nothing that is neither here nor already stored. */
    private void items(Entry<ListResource> entry) {
        Set<String> items = ListShape.items(entry, entries, findings, "DocumentReference|List");
        entries.documents().forEach(d -> listed(items, d));
        entries.folders().forEach(f -> listed(items, f));
    }

    private void listed(Set<String> items, Entry<?> entry) {
        if (!items.contains(entry.fullUrl())) {
            findings.error(entry.path(), "mhd-provide-bundle", "not-in-submission-set");
        }
    }
}
