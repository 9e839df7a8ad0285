package fr.carnet.document.iti65;

import ca.uhn.fhir.context.FhirContext;
import fr.carnet.document.Deposit;
import fr.carnet.document.Registry;
import fr.carnet.policy.Rule;
import fr.carnet.shared.ProfileUris;
import fr.carnet.shared.Visibility;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DocumentReference.DocumentRelationshipType;
import org.springframework.stereotype.Component;

/**
 * What a depositor, or his structure, sent before: the same content with the same metadata is not sent again under another
 * uniqueId (R123). Documents of others are not compared, so that nobody learns of one by sending it.
 */
@Component
class EarlierDocuments {

    private final Registry registry;
    private final FhirContext fhir;

    EarlierDocuments(Registry registry, FhirContext fhir) {
        this.registry = registry;
        this.fhir = fhir;
    }

    /** Of two who bring the same at once, the second waits and sees the first. */
    void lock(String patient, List<DocumentReference> fresh) {
        registry.lockContents(
                patient, fresh.stream().map(EarlierDocuments::hash).collect(Collectors.toCollection(TreeSet::new)));
    }

    /**
     * Within the transaction that will store the document.
     *
     * @throws fr.carnet.shared.Fault 409 if a current document says the same
     */
    void refuseUnchanged(DocumentReference fresh) {
        String said = said(fresh);
        boolean unchanged = registry
                .sentBefore(
                        patient(fresh),
                        hash(fresh),
                        fresh.getMasterIdentifier().getValue(),
                        Deposit.of(fresh).depositor())
                .stream()
                .map(json -> fhir.newJsonParser().parseResource(DocumentReference.class, json))
                .anyMatch(stored -> said(stored).equals(said));
        if (unchanged) {
            throw Rule.R123_UNCHANGED.refusal();
        }
    }

    private static String patient(DocumentReference document) {
        return document.getSubject().getReferenceElement().getIdPart();
    }

    private static String hash(DocumentReference document) {
        return document.getContentFirstRep().getAttachment().getHashElement().getValueAsString();
    }

    /**
     * All that the metadata say of the document. What tells one sending from another is left out, and what is changed by an
     * update without sending anything: labels of visibility, archive.
     */
    private String said(DocumentReference document) {
        DocumentReference said = document.copy();
        Deposit.strip(said);
        said.setId((String) null).setMeta(null);
        said.setText(null);
        said.setMasterIdentifier(null)
                .setIdentifier(null)
                .setStatus(null)
                .getRelatesTo()
                .removeIf(relation -> relation.getCode() == DocumentRelationshipType.REPLACES);
        said.getExtension().removeIf(e -> ProfileUris.IS_ARCHIVED.equals(e.getUrl()));
        said.getSecurityLabel()
                .removeIf(label -> label.getCoding().stream().anyMatch(c -> Visibility.SYSTEM.equals(c.getSystem())));
        said.getContentFirstRep().getAttachment().setUrl(null);
        return fhir.newJsonParser().encodeResourceToString(said);
    }
}
