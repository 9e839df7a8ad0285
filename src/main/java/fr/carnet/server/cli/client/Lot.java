package fr.carnet.server.cli.client;

import java.util.UUID;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * ITI-65: a lot of one document, with the PDSm comprehensive profiles.
 *
 * @param id uniqueId of the SubmissionSet
 * @param subject patient
 * @param depositor author and custodian
 * @param document what is published
 */
public record Lot(UniqueId id, Person subject, Depositor depositor, Document document) {

    private static final String PDSM = "https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition/";
    private static final String MHD = "https://profiles.ihe.net/ITI/MHD/";
    private static final String MHD_STRUCTURE = MHD + "StructureDefinition/";
    /** OID of the sending software: this tool. */
    private static final UniqueId SOURCE = UniqueId.named("https://carnet.example/fhir#cli");

    /** The transaction to post on the base. */
    public Bundle bundle() {
        String reference = urn("reference");
        String content = urn("content");
        var bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
        bundle.getMeta().addProfile(PDSM + "pdsm-comprehensive-provide-document-bundle");
        add(bundle, urn("lot"), submissionSet(reference), "List");
        add(bundle, reference, documentReference(reference, content), "DocumentReference");
        var binary = new Binary().setContentType(document.kind().mediaType());
        add(bundle, content, binary.setData(document.content()), "Binary");
        return bundle;
    }

    private ListResource submissionSet(String reference) {
        var lot = new ListResource();
        lot.getMeta().addProfile(PDSM + "pdsm-submissionset-comprehensive");
        depositor.contained().forEach(lot::addContained);
        lot.addExtension(MHD_STRUCTURE + "ihe-designationType", CodeSystems.concept(CodeSystems.SECTOR, "SA07"));
        lot.addExtension(
                MHD_STRUCTURE + "ihe-sourceId",
                new Identifier().setSystem(CodeSystems.URI).setValue(SOURCE.urn()));
        lot.addIdentifier(uniqueId(id));
        lot.setStatus(ListResource.ListStatus.CURRENT).setMode(ListResource.ListMode.WORKING);
        lot.setTitle(document.kind().title());
        lot.setCode(CodeSystems.concept(MHD + "CodeSystem/MHDlistTypes", "submissionset"));
        lot.setSubject(new Reference(subject.reference()));
        lot.setDateElement(document.created());
        var source = new Reference(Depositor.AUTHOR);
        source.addExtension(new Extension(MHD_STRUCTURE + "ihe-authorOrg", new Reference(Depositor.STRUCTURE)));
        lot.setSource(source);
        lot.addEntry().setItem(new Reference(reference));
        return lot;
    }

    private DocumentReference documentReference(String entryUuid, String content) {
        var reference = new DocumentReference();
        reference.getMeta().addProfile(PDSM + "pdsm-comprehensive-document-reference");
        depositor.contained().forEach(reference::addContained);
        reference.addContained(sourcePatient());
        reference.setMasterIdentifier(uniqueId(document.id()));
        reference.addIdentifier(identifier(Identifier.IdentifierUse.OFFICIAL, "entryUUID", entryUuid));
        reference.setStatus(DocumentReferenceStatus.CURRENT);
        reference.getType().addCoding(document.kind().type());
        reference.addCategory().addCoding(document.kind().category());
        reference.setSubject(new Reference(subject.reference()));
        reference.setDate(document.created().getValue());
        reference.addAuthor(new Reference(Depositor.AUTHOR));
        reference.setCustodian(new Reference(Depositor.STRUCTURE));
        reference.addSecurityLabel(CodeSystems.concept(CodeSystems.CONFIDENTIALITY, "N"));
        reference
                .addContent()
                .setAttachment(document.attachment(content))
                .setFormat(document.kind().format());
        reference
                .getContext()
                .setPeriod(new Period().setStartElement(document.created()))
                .setFacilityType(CodeSystems.concept(CodeSystems.SECTOR, "SA07"))
                .setPracticeSetting(CodeSystems.concept(CodeSystems.PRACTICE_SETTING, "AMBULATOIRE"))
                .setSourcePatientInfo(new Reference("#patient"));
        return reference;
    }

    private Patient sourcePatient() {
        Patient patient = subject.resource();
        patient.setId("patient");
        return patient;
    }

    private String urn(String part) {
        return "urn:uuid:"
                + UUID.nameUUIDFromBytes((id.oid() + "/" + part).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** Emits both discriminators, so that every MHD 4.2.x reads it. */
    private static Identifier uniqueId(UniqueId id) {
        return identifier(Identifier.IdentifierUse.USUAL, "uniqueId", id.urn());
    }

    private static Identifier identifier(Identifier.IdentifierUse use, String type, String value) {
        return new Identifier()
                .setUse(use)
                .setType(CodeSystems.concept(MHD + "CodeSystem/IHE.MHD.MHDIdentifierType", type))
                .setSystem(CodeSystems.URI)
                .setValue(value);
    }

    private static void add(Bundle bundle, String fullUrl, Resource resource, String url) {
        bundle.addEntry()
                .setFullUrl(fullUrl)
                .setResource(resource)
                .getRequest()
                .setMethod(Bundle.HTTPVerb.POST)
                .setUrl(url);
    }
}
