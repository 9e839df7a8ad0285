package fr.carnet.validation;

import fr.carnet.shared.CarnetUris;
import fr.carnet.shared.CodeSystems;
import fr.carnet.shared.InsDomain;
import fr.carnet.shared.ProfileUris;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DocumentReference.DocumentReferenceContentComponent;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Identifier.IdentifierUse;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.ListResource.ListMode;
import org.hl7.fhir.r4.model.ListResource.ListStatus;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;

/**
 * ITI-105 of PDSm and MHD: one DocumentReference with its document inside, read as the lot of one document that the server
 * makes of it. From there on it is a submission like any other.
 */
public final class SimplifiedPublish {

    private static final String SET_URL = "urn:uuid:00000000-0000-4000-8000-000000000001";
    private static final String DOCUMENT_URL = "urn:uuid:00000000-0000-4000-8000-000000000002";
    private static final String BINARY_URL = "urn:uuid:00000000-0000-4000-8000-000000000003";
    private static final String PATH = "Bundle.entry[1].resource";
    private static final String TYPE = "DocumentReference";
    /** Type d'activité indifférencié. */
    private static final String ANY_ACTIVITY = "97";

    private final CodeTables tables;
    private final SubmissionCheck check;
    private final MetadataCompletion completion;

    /** Reads with these tables, and checks as a lot is checked. */
    public SimplifiedPublish(CodeTables tables, SubmissionCheck check) {
        this.tables = tables;
        this.check = check;
        this.completion = new MetadataCompletion(tables);
    }

    /**
     * Checks a published DocumentReference; never throws for bad input. The findings name elements of the lot; see {@link
     * #expression}.
     *
     * @param published as sent; left as it is
     * @param lot of which the identifiers of the lot are made
     * @param at date of the lot
     * @param level how strictly
     */
    public SubmissionReport check(DocumentReference published, UUID lot, Instant at, Level level) {
        Findings findings = new Findings(level);
        Form form = Form.ofPublished(published);
        Scope scope = new Scope(findings, PATH, form.rule());
        scope.forbidden(published.hasIdentifier(), "identifier");
        scope.forbidden(
                published.hasContent()
                        && published.getContentFirstRep().getAttachment().hasUrl(),
                "content[0].attachment.url");
        Set<String> profiles = form.isPdsm() ? Set.of(ProfileUris.SIMPLIFIED_PUBLISH) : Set.of();
        return check.check(
                bundle(published, lot, at),
                form,
                findings,
                () -> check.holdTo(profiles, light(published), PATH, findings));
    }

    /**
     * With a token in place of the document: that it is there, and its size and hash, our own rules check. Claimed or not,
     * the profile of an entry of a lot, where the document stands beside, is not for it.
     */
    private static DocumentReference light(DocumentReference published) {
        DocumentReference light = published.copy();
        light.getMeta().getProfile().removeIf(claimed -> ProfileUris.DOCUMENT_REFERENCE.equals(claimed.getValue()));
        light.getContent().stream()
                .map(DocumentReferenceContentComponent::getAttachment)
                .forEach(attachment ->
                        attachment.setData(new byte[] {0}).setSizeElement(null).setHash(null));
        return light;
    }

    /** FHIRPath in the DocumentReference that was sent, of what a finding on the lot names. */
    public static String expression(String ofLot) {
        if (ofLot.startsWith(PATH)) {
            return TYPE + ofLot.substring(PATH.length());
        }
        if (ofLot.startsWith("Bundle.entry[2]")) {
            return TYPE + ".content[0].attachment.data";
        }
        return ofLot.endsWith(".subject") ? TYPE + ".subject" : TYPE;
    }

    private Bundle bundle(DocumentReference published, UUID lot, Instant at) {
        DocumentReference document = published.copy();
        Binary binary = new Binary();
        if (document.hasContent()) {
            Attachment attachment = document.getContentFirstRep().getAttachment();
            binary.setContentType(attachment.getContentType()).setData(attachment.getData());
            attachment.setDataElement(null).setUrl(BINARY_URL);
        }
        nameSubject(document);
        header(document, binary).ifPresent(h -> completion.complete(document, h, binary.getData()));
        Bundle bundle = new Bundle();
        bundle.addEntry(SubmissionBundles.post(SET_URL, submissionSet(document, lot, at)));
        bundle.addEntry(SubmissionBundles.post(DOCUMENT_URL, document));
        if (document.hasContent()) {
            bundle.addEntry(SubmissionBundles.post(BINARY_URL, binary));
        }
        return bundle;
    }

    /** Of a contained subject, the matricule names the patient and the rest is what the sender knows of him. */
    private static void nameSubject(DocumentReference document) {
        Contained.find(document, document.getSubject())
                .filter(Patient.class::isInstance)
                .map(Patient.class::cast)
                .ifPresent(patient -> {
                    if (!document.getContext().hasSourcePatientInfo()) {
                        document.getContext()
                                .setSourcePatientInfo(
                                        new Reference(document.getSubject().getReference()));
                    }
                    patient.getIdentifier().stream()
                            .filter(i -> InsDomain.of(i.getSystem()).isPresent())
                            .findFirst()
                            .ifPresent(i -> document.setSubject(new Reference()
                                    .setIdentifier(new Identifier()
                                            .setSystem(i.getSystem())
                                            .setValue(i.getValue()))));
                });
    }

    /** A document that is no CDA, or an unreadable one, completes nothing; what is wrong with it is said elsewhere. */
    private static Optional<CdaHeader> header(DocumentReference document, Binary binary) {
        boolean xml = binary.hasData() && SubmittedDocument.isXml(binary.getContentType());
        try {
            return xml && document.getContent().size() == 1
                    ? Optional.of(CdaHeader.read(binary.getData()))
                    : Optional.empty();
        } catch (UnreadableCda e) {
            return Optional.empty();
        }
    }

    private ListResource submissionSet(DocumentReference document, UUID lot, Instant at) {
        ListResource set = new ListResource();
        set.getMeta().addProfile(ProfileUris.SUBMISSION_SET);
        set.addIdentifier(identifier(IdentifierUse.USUAL, "uniqueId", "urn:oid:" + SubmissionBundles.oid(lot)));
        set.addIdentifier(identifier(IdentifierUse.OFFICIAL, "entryUUID", "urn:uuid:" + lot));
        set.setStatus(ListStatus.CURRENT).setMode(ListMode.WORKING);
        set.setCode(new CodeableConcept(new Coding(CodeSystems.MHD_LIST_TYPES, "submissionset", null)));
        set.setSubject(document.getSubject().copy());
        set.setDate(Date.from(at.truncatedTo(ChronoUnit.SECONDS)));
        set.addExtension(ProfileUris.DESIGNATION_TYPE, DocumentMetadata.concept(designation(document)));
        set.addExtension(
                ProfileUris.SOURCE_ID,
                SubmissionBundles.sourceId(custodian(document).orElse(CarnetUris.ROOT)));
        new LotSource(document, set).write();
        set.addEntry().setItem(new Reference(DOCUMENT_URL));
        return set;
    }

    /** Both discriminators, so that every MHD 4.2.x reads it. */
    private static Identifier identifier(IdentifierUse use, String type, String value) {
        return new Identifier()
                .setUse(use)
                .setType(new CodeableConcept(new Coding(CodeSystems.MHD_IDENTIFIER_TYPE, type, null)))
                .setSystem(CodeSystems.URI)
                .setValue(value);
    }

    private Concept designation(DocumentReference document) {
        return document.getContext().getFacilityType().getCoding().stream()
                .flatMap(c -> tables.contentType(CodingRules.system(c), c.hasCode() ? c.getCode() : "").stream())
                .findFirst()
                .or(() -> tables.contentType(CodeSystems.TRE_R209, ANY_ACTIVITY))
                .orElseThrow();
    }

    private static Optional<String> custodian(DocumentReference document) {
        Reference custodian = document.getCustodian();
        Optional<Identifier> contained = Contained.find(document, custodian)
                .filter(Organization.class::isInstance)
                .flatMap(o -> ((Organization) o).getIdentifier().stream().findFirst());
        return contained
                .or(() -> Optional.of(custodian.getIdentifier()))
                .filter(Identifier::hasValue)
                .map(i -> i.getSystem() + "|" + i.getValue());
    }
}
