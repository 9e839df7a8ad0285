package fr.carnet.validation;

import fr.carnet.shared.ProfileUris;
import fr.carnet.validation.Entries.Entry;
import java.util.Set;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DocumentReference.DocumentReferenceContextComponent;
import org.hl7.fhir.r4.model.Reference;

/** Elements that a DocumentReference must and must not have, by the form that it claims. */
final class DocumentRules {

    private static final Set<String> PDSM_AUTHORS = Set.of("Practitioner", "PractitionerRole", "Device", "Patient");
    private static final Set<String> MHD_AUTHORS =
            Set.of("Practitioner", "PractitionerRole", "Organization", "Device", "Patient", "RelatedPerson");
    private static final Set<String> AUTHENTICATORS = Set.of("Practitioner", "PractitionerRole", "Organization");
    private static final Set<String> SOURCE_PATIENT = Set.of("Patient");

    private final CodingRules codings;
    private final Findings findings;

    DocumentRules(CodeTables tables, Findings findings) {
        this.codings = new CodingRules(tables, findings);
        this.findings = findings;
    }

    /** @param fhirDocument the content is a FHIR document, which has no bytes of its own to measure (MHD) */
    void check(Entry<DocumentReference> entry, Form form, boolean fhirDocument) {
        DocumentReference document = entry.resource();
        Scope scope = new Scope(findings, entry.path(), form.rule());
        elements(document, form, scope);
        if (form.isPdsm()) {
            scope.required(form.isSimplified() || document.hasContained(), "contained");
            scope.required(document.hasDate(), "date");
            scope.required(document.hasAuthor(), "author");
            scope.required(document.hasCustodian(), "custodian");
        } else if (!document.hasCustodian()) {
            findings.warn(scope.at("custodian"), form.rule(), "custodian-supplied");
        }
        people(document, form, scope);
        if (form.isComprehensive()) {
            context(document.getContext(), form, scope);
        }
        content(document, form, fhirDocument, scope);
        codings.check(entry, form);
    }

    private static void elements(DocumentReference document, Form form, Scope scope) {
        scope.forbidden(document.hasModifierExtension(), "modifierExtension");
        scope.required(document.hasMasterIdentifier(), "masterIdentifier");
        scope.required(document.hasStatus(), "status");
        scope.value(
                document.hasStatus(),
                document.hasStatus() ? document.getStatus().toCode() : "",
                "current",
                "status");
        scope.forbidden(document.hasDocStatus(), "docStatus");
        scope.atMostOnce(document.getExtensionsByUrl(ProfileUris.IS_ARCHIVED).size(), "extension");
        scope.forbidden(document.hasExtension(ProfileUris.IS_DELETED), "extension");
        scope.required(document.hasType(), "type");
        scope.atMostOnce(document.getCategory().size(), "category");
        scope.required(document.hasSubject(), "subject");
        scope.once(document.getContent().size(), "content");
        if (form.isComprehensive()) {
            scope.required(document.hasCategory(), "category");
            scope.required(document.hasSecurityLabel(), "securityLabel");
            scope.required(document.hasContext(), "context");
        }
    }

    private static void people(DocumentReference document, Form form, Scope scope) {
        boolean restricted = form == Form.PDSM;
        for (int i = 0; i < document.getAuthor().size(); i++) {
            Contained.check(
                    document,
                    document.getAuthor().get(i),
                    "author[" + i + "]",
                    restricted ? PDSM_AUTHORS : MHD_AUTHORS,
                    form,
                    scope);
        }
        if (document.hasAuthenticator()) {
            Contained.check(document, document.getAuthenticator(), "authenticator", AUTHENTICATORS, form, scope);
        }
        Reference source = document.getContext().getSourcePatientInfo();
        // elsewhere it may name the registered patient, as subject does
        if (!source.isEmpty() && (form.containsPersons() || isContained(source))) {
            Contained.check(document, source, "context.sourcePatientInfo", SOURCE_PATIENT, scope);
        }
    }

    private static boolean isContained(Reference reference) {
        return reference.hasReference() && reference.getReference().startsWith("#");
    }

    private static void context(DocumentReferenceContextComponent context, Form form, Scope scope) {
        scope.required(context.hasFacilityType(), "context.facilityType");
        scope.required(context.hasPracticeSetting(), "context.practiceSetting");
        scope.required(context.hasSourcePatientInfo(), "context.sourcePatientInfo");
        if (form.isPdsm()) {
            scope.required(context.getPeriod().hasStart(), "context.period.start");
        }
    }

    private static void content(DocumentReference document, Form form, boolean fhirDocument, Scope scope) {
        if (document.getContent().size() != 1) {
            return;
        }
        Attachment attachment = document.getContentFirstRep().getAttachment();
        scope.required(attachment.hasContentType(), "content[0].attachment.contentType");
        scope.required(attachment.hasUrl(), "content[0].attachment.url");
        scope.forbidden(attachment.hasData(), "content[0].attachment.data");
        if (form.isComprehensive()) {
            scope.required(attachment.hasLanguage(), "content[0].attachment.language");
            scope.required(attachment.hasCreation(), "content[0].attachment.creation");
            scope.required(document.getContentFirstRep().hasFormat(), "content[0].format");
        }
        if (form.isPdsm()) {
            scope.required(attachment.hasTitle(), "content[0].attachment.title");
        }
        if (form == Form.PDSM && !fhirDocument) {
            scope.required(attachment.hasSize(), "content[0].attachment.size");
            scope.required(attachment.hasHash(), "content[0].attachment.hash");
        }
    }
}
