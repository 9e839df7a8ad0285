package fr.carnet.validation;

import fr.carnet.shared.ProfileUris;
import fr.carnet.validation.Entries.Entry;
import java.util.Set;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DocumentReference.DocumentReferenceContextComponent;

/** Elements that a DocumentReference must and must not have (PDSm comprehensive, MHD Comprehensive). */
final class DocumentRules {

    private static final String PDSM = "pdsm-comprehensive-document-reference";
    private static final String MHD = "mhd-comprehensive-document-reference";
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

    void check(Entry<DocumentReference> entry, boolean pdsm) {
        DocumentReference document = entry.resource();
        Scope scope = new Scope(findings, entry.path(), pdsm ? PDSM : MHD);
        elements(document, scope);
        if (pdsm) {
            scope.required(document.hasContained(), "contained");
            scope.required(document.hasDate(), "date");
            scope.required(document.hasAuthor(), "author");
            scope.required(document.hasCustodian(), "custodian");
        } else if (!document.hasCustodian()) {
            findings.warn(scope.at("custodian"), MHD, "custodian-supplied");
        }
        people(document, pdsm, scope);
        context(document.getContext(), pdsm, scope);
        content(document, pdsm, scope);
        codings.check(entry, pdsm);
    }

    private static void elements(DocumentReference document, Scope scope) {
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
        scope.once(document.getCategory().size(), "category");
        scope.required(document.hasSubject(), "subject");
        scope.required(document.hasSecurityLabel(), "securityLabel");
        scope.once(document.getContent().size(), "content");
        scope.required(document.hasContext(), "context");
    }

    private static void people(DocumentReference document, boolean pdsm, Scope scope) {
        for (int i = 0; i < document.getAuthor().size(); i++) {
            Contained.check(
                    document,
                    document.getAuthor().get(i),
                    "author[" + i + "]",
                    pdsm ? PDSM_AUTHORS : MHD_AUTHORS,
                    scope);
        }
        if (document.hasAuthenticator()) {
            Contained.check(document, document.getAuthenticator(), "authenticator", AUTHENTICATORS, scope);
        }
        if (document.getContext().hasSourcePatientInfo()) {
            Contained.check(
                    document,
                    document.getContext().getSourcePatientInfo(),
                    "context.sourcePatientInfo",
                    SOURCE_PATIENT,
                    scope);
        }
    }

    private static void context(DocumentReferenceContextComponent context, boolean pdsm, Scope scope) {
        scope.required(context.hasFacilityType(), "context.facilityType");
        scope.required(context.hasPracticeSetting(), "context.practiceSetting");
        scope.required(context.hasSourcePatientInfo(), "context.sourcePatientInfo");
        if (pdsm) {
            scope.required(context.getPeriod().hasStart(), "context.period.start");
        }
    }

    private static void content(DocumentReference document, boolean pdsm, Scope scope) {
        if (document.getContent().size() != 1) {
            return;
        }
        Attachment attachment = document.getContentFirstRep().getAttachment();
        scope.required(attachment.hasContentType(), "content[0].attachment.contentType");
        scope.required(attachment.hasLanguage(), "content[0].attachment.language");
        scope.required(attachment.hasUrl(), "content[0].attachment.url");
        scope.required(attachment.hasCreation(), "content[0].attachment.creation");
        scope.forbidden(attachment.hasData(), "content[0].attachment.data");
        scope.required(document.getContentFirstRep().hasFormat(), "content[0].format");
        if (pdsm) {
            scope.required(attachment.hasSize(), "content[0].attachment.size");
            scope.required(attachment.hasHash(), "content[0].attachment.hash");
            scope.required(attachment.hasTitle(), "content[0].attachment.title");
        }
    }
}
