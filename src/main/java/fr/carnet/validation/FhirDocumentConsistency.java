package fr.carnet.validation;

import fr.carnet.shared.Ins;
import fr.carnet.shared.InsDomain;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;

/**
 * Compares a FHIR document with its metadata and with the registered identity (R8), as {@link CdaConsistency} does with a
 * CDA: the Bundle's identifier is the uniqueId (MHD), the Composition has the type and the patient.
 */
public final class FhirDocumentConsistency {

    private static final String RULE = "fhir-document";

    private FhirDocumentConsistency() {}

    /**
     * Checks what the document says of itself.
     *
     * @param submitted metadata and document; without a FHIR document there is nothing to find
     * @param matricules all matricules of the registered patient, old ones included (R9)
     * @param registered his strict traits
     */
    public static List<Finding> check(
            SubmittedDocument submitted, Collection<Ins> matricules, PatientTraits registered) {
        Findings findings = new Findings();
        submitted.fhirDocument().ifPresent(document -> {
            identifier(submitted, document, findings);
            if (document.getEntryFirstRep().getResource() instanceof Composition composition) {
                type(submitted, composition, findings);
                patient(submitted, document, composition, matricules, registered, findings);
            }
        });
        return findings.list();
    }

    private static void identifier(SubmittedDocument submitted, Bundle document, Findings findings) {
        Identifier master = submitted.reference().getMasterIdentifier();
        Identifier own = document.getIdentifier();
        boolean same = own.hasValue()
                && own.getValue().equals(master.getValue())
                && own.getSystem().equals(master.getSystem());
        if (!same) {
            findings.error(submitted.path() + ".masterIdentifier", RULE, "fhir-document-id-differs");
        }
    }

    private static void type(SubmittedDocument submitted, Composition composition, Findings findings) {
        Coding stated = submitted.reference().getType().getCodingFirstRep();
        if (!composition.getType().hasCoding(stated.getSystem(), stated.getCode())) {
            findings.error(submitted.path() + ".type", RULE, "fhir-document-type-differs", stated.getCode());
        }
    }

    private static void patient(
            SubmittedDocument submitted,
            Bundle document,
            Composition composition,
            Collection<Ins> matricules,
            PatientTraits registered,
            Findings findings) {
        String path = submitted.path() + ".subject";
        Optional<Patient> patient = patient(document, composition.getSubject());
        List<Identifier> stated = Stream.concat(
                        Stream.of(composition.getSubject().getIdentifier()),
                        patient.stream().flatMap(p -> p.getIdentifier().stream()))
                .filter(identifier -> InsDomain.of(identifier.getSystem()).isPresent())
                .toList();
        if (stated.isEmpty()) {
            findings.warn(path, RULE, "fhir-document-without-ins");
        } else if (!stated.stream()
                .allMatch(identifier -> matricules.stream().anyMatch(ins -> CdaConsistency.isOf(identifier, ins)))) {
            findings.error(path, "XDSPatientIdDoesNotMatch", "fhir-document-patient-differs");
        }
        patient.ifPresent(p ->
                CdaConsistency.traits(submitted.path() + ".content[0]", SourcePatient.traits(p), registered, findings));
    }

    /** By fullUrl, or by type and id within the document. */
    private static Optional<Patient> patient(Bundle document, Reference subject) {
        String reference = subject.hasReference() ? subject.getReference() : "";
        return document.getEntry().stream()
                .filter(entry -> entry.getResource() instanceof Patient)
                .filter(entry -> names(reference, entry))
                .map(entry -> (Patient) entry.getResource())
                .findFirst();
    }

    private static boolean names(String reference, BundleEntryComponent entry) {
        String id = entry.getResource().getIdElement().getIdPart();
        return reference.equals(entry.getFullUrl())
                || (id != null && reference.equals("Patient/" + id))
                || (!reference.isEmpty()
                        && entry.hasFullUrl()
                        && entry.getFullUrl().endsWith("/" + reference));
    }
}
