package fr.carnet.validation;

import fr.carnet.shared.CodeSystems;
import fr.carnet.shared.InsDomain;
import fr.carnet.shared.ProfileUris;
import fr.carnet.validation.CdaHeader.DocumentId;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.HumanName.NameUse;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Identifier.IdentifierUse;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;

/** The patient of a CDA header as a contained Patient of FR Core. */
final class ContainedPatient {

    static final String ID = "source-patient";

    private ContainedPatient() {}

    static Patient of(CdaHeader.Patient from) {
        Patient patient = new Patient();
        patient.setId(ID);
        from.ins().ifPresent(ins -> patient.addIdentifier(matricule(ins)));
        official(from, patient);
        if (from.usualFamily().isPresent() || from.usualGiven().isPresent()) {
            HumanName usual = patient.addName().setUse(NameUse.USUAL);
            from.usualFamily().ifPresent(usual::setFamily);
            from.usualGiven().ifPresent(usual::addGiven);
        }
        from.gender().map(AdministrativeGender::fromCode).ifPresent(patient::setGender);
        from.birthDate().ifPresent(d -> patient.setBirthDateElement(new DateType(d.toString())));
        from.birthPlace().ifPresent(p -> patient.addExtension(birthPlace(p)));
        return patient;
    }

    private static void official(CdaHeader.Patient from, Patient patient) {
        if (from.birthFamily().isEmpty() && from.firstGiven().isEmpty()) {
            return;
        }
        HumanName official = patient.addName().setUse(NameUse.OFFICIAL);
        from.birthFamily().ifPresent(official::setFamily);
        from.firstGiven().ifPresent(official::addGiven);
        from.birthGivens().ifPresent(g -> official.addExtension(ProfileUris.BIRTH_GIVENS, new StringType(g)));
    }

    private static Identifier matricule(DocumentId ins) {
        InsDomain domain = InsDomain.of(ins.root()).orElseThrow();
        String type =
                switch (domain) {
                    case NIR -> "INS-NIR";
                    case NIA -> "INS-NIA";
                    case TEST -> "INS-NIR-TEST";
                    case DEMONSTRATION -> "INS-NIR-DEMO";
                };
        return new Identifier()
                .setUse(domain == InsDomain.NIA ? IdentifierUse.TEMP : IdentifierUse.OFFICIAL)
                .setType(new CodeableConcept(new Coding(CodeSystems.FR_CORE_V2_0203, type, null)))
                .setSystem(domain.system())
                .setValue(ins.value());
    }

    private static Extension birthPlace(String cog) {
        Address address = new Address();
        address.addExtension(ProfileUris.INSEE_CODE, new Coding(CodeSystems.TRE_R13, cog, null));
        return new Extension(ProfileUris.BIRTH_PLACE, address);
    }
}
