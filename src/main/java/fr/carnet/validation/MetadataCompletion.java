package fr.carnet.validation;

import fr.carnet.shared.CodeSystems;
import fr.carnet.validation.Entries.Entry;
import java.util.Optional;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DocumentReference.DocumentReferenceContextComponent;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;

/**
 * What metadata may leave unsaid, in the forms that let them: the class, which the type gives (R120), the confidentiality,
 * which is N when nobody says another, and what a CDA says of itself (PDSm, ANS mapping of the header). What the sender
 * states is never changed.
 */
public final class MetadataCompletion {

    private static final String NORMAL = "N";

    private final CodeTables tables;

    /** Completes with these tables. */
    public MetadataCompletion(CodeTables tables) {
        this.tables = tables;
    }

    /** Adds class, confidentiality and the use of the uniqueId (which MHD fixes) where they lack. */
    public void complete(DocumentReference document) {
        if (document.hasMasterIdentifier() && !document.getMasterIdentifier().hasUse()) {
            document.getMasterIdentifier().setUse(Identifier.IdentifierUse.USUAL);
        }
        Coding type = document.getType().getCodingFirstRep();
        if (!document.hasCategory()) {
            tables.classOf(CodingRules.system(type), type.hasCode() ? type.getCode() : "")
                    .map(c -> tables.documentClass(c.system(), c.code()).orElse(c))
                    .ifPresent(c -> document.addCategory(DocumentMetadata.concept(c)));
        }
        if (!document.hasSecurityLabel()) {
            document.addSecurityLabel(new CodeableConcept(new Coding(CodeSystems.CONFIDENTIALITY, NORMAL, null)));
        }
    }

    /** True if the metadata keep the comprehensive profile of PDSm, which may then be claimed for them. */
    public boolean isComprehensive(DocumentReference document) {
        Findings findings = new Findings();
        new DocumentRules(tables, findings).check(new Entry<>(0, "", "", document), Form.PDSM, false);
        return !findings.hasErrors();
    }

    /** Adds what the header of the document says and the metadata do not. */
    void complete(DocumentReference document, CdaHeader header, byte[] content) {
        Attachment attachment = document.getContentFirstRep().getAttachment();
        DocumentReference said = new DocumentMetadata(tables, header)
                .reference(content, attachment.getContentType(), attachment.getUrl());
        if (!document.hasSecurityLabel()) {
            said.getSecurityLabel().forEach(document::addSecurityLabel);
        }
        content(document, said);
        context(document.getContext(), said.getContext());
        boolean free = document.getContained().stream()
                .noneMatch(contained ->
                        ContainedPatient.ID.equals(contained.getIdElement().getIdPart()));
        if (free && !document.getContext().hasSourcePatientInfo()) {
            said.getContained().stream().filter(Patient.class::isInstance).forEach(document::addContained);
            document.getContext().setSourcePatientInfo(new Reference("#" + ContainedPatient.ID));
        }
    }

    private static void content(DocumentReference document, DocumentReference said) {
        Attachment attachment = document.getContentFirstRep().getAttachment();
        Attachment own = said.getContentFirstRep().getAttachment();
        if (!attachment.hasLanguage()) {
            attachment.setLanguage(own.getLanguage());
        }
        if (!attachment.hasCreation()) {
            attachment.setCreationElement(own.getCreationElement());
        }
        if (!attachment.hasTitle()) {
            attachment.setTitle(own.getTitle());
        }
        if (!document.getContentFirstRep().hasFormat()) {
            document.getContentFirstRep().setFormat(said.getContentFirstRep().getFormat());
        }
    }

    private static void context(DocumentReferenceContextComponent context, DocumentReferenceContextComponent said) {
        if (!context.hasPeriod()) {
            context.setPeriod(said.getPeriod());
        }
        if (!context.hasEvent()) {
            said.getEvent().forEach(context::addEvent);
        }
        Optional.of(said.getFacilityType())
                .filter(f -> !f.isEmpty() && !context.hasFacilityType())
                .ifPresent(context::setFacilityType);
        Optional.of(said.getPracticeSetting())
                .filter(s -> !s.isEmpty() && !context.hasPracticeSetting())
                .ifPresent(context::setPracticeSetting);
    }
}
