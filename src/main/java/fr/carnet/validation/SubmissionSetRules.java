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
import org.hl7.fhir.r4.model.Reference;

/** What a SubmissionSet must and must not have (PDSm comprehensive, MHD Comprehensive). */
final class SubmissionSetRules {

    private static final String PDSM = "pdsm-submissionset-comprehensive";
    private static final String MHD = "mhd-comprehensive-submissionset";
    private static final String MINIMAL = "mhd-minimal-submissionset";
    private static final Set<String> PDSM_SOURCES = Set.of("PractitionerRole", "Device", "Patient");
    private static final Set<String> PDSM_RECIPIENTS = Set.of("Practitioner", "PractitionerRole", "Organization");
    private static final Set<String> MHD_RECIPIENTS =
            Set.of("Practitioner", "PractitionerRole", "Organization", "Patient", "RelatedPerson", "Device", "Group");
    private static final Set<String> MHD_SOURCES = Set.of("Practitioner", "PractitionerRole", "Patient", "Device");

    private final CodeTables tables;
    private final Entries entries;
    private final Findings findings;

    SubmissionSetRules(CodeTables tables, Entries entries, Findings findings) {
        this.tables = tables;
        this.entries = entries;
        this.findings = findings;
    }

    void check(Entry<ListResource> entry, Form form) {
        ListResource set = entry.resource();
        boolean pdsm = form == Form.PDSM;
        Scope scope = new Scope(findings, entry.path(), pdsm ? PDSM : form == Form.MINIMAL ? MINIMAL : MHD);
        ListShape.check(set, "current", scope);
        scope.required(set.hasDate(), "date");
        scope.required(set.hasSubject() || !form.isComprehensive(), "subject");
        if (pdsm) {
            scope.required(set.hasContained(), "contained");
            scope.required(set.hasSource(), "source");
        }
        if (set.hasSource()) {
            Contained.check(set, set.getSource(), "source", pdsm ? PDSM_SOURCES : MHD_SOURCES, form, scope);
        }
        designation(set, form, scope);
        recipients(set, form, scope);
        sourceId(set, scope);
        if (UniqueIds.of(set).isEmpty()) {
            findings.warn(scope.at("identifier"), "R124", "set-without-unique-id");
        }
        items(entry);
    }

    private void designation(ListResource set, Form form, Scope scope) {
        List<Extension> designations = set.getExtensionsByUrl(ProfileUris.DESIGNATION_TYPE);
        String element = "extension('" + ProfileUris.DESIGNATION_TYPE + "')";
        if (form == Form.MINIMAL) {
            scope.atMostOnce(designations.size(), element);
        } else {
            scope.once(designations.size(), element);
        }
        if (form != Form.PDSM) {
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

    /** MHD and PDSm have an extension each for whom a lot is meant; both are kept. */
    private static void recipients(ListResource set, Form form, Scope scope) {
        for (String url : List.of(ProfileUris.INTENDED_RECIPIENT, ProfileUris.PDSM_INTENDED_RECIPIENT)) {
            String element = "extension('" + url + "')";
            for (Extension recipient : set.getExtensionsByUrl(url)) {
                if (recipient.getValue() instanceof Reference reference) {
                    boolean pdsm = url.equals(ProfileUris.PDSM_INTENDED_RECIPIENT);
                    Contained.check(
                            set,
                            reference,
                            element,
                            pdsm ? PDSM_RECIPIENTS : MHD_RECIPIENTS,
                            form == Form.PDSM ? form : Form.UNCONTAINED,
                            scope);
                } else {
                    scope.required(false, element + ".value");
                }
            }
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
        if (!items.contains(entry.fullUrl()) && !items.contains(entry.url())) {
            findings.error(entry.path(), "mhd-provide-bundle", "not-in-submission-set");
        }
    }
}
