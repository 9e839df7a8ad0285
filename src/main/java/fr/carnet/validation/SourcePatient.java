package fr.carnet.validation;

import fr.carnet.shared.InsDomain;
import fr.carnet.shared.ProfileUris;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.HumanName.NameUse;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;

/** Reads the strict traits and the status of an identity from a Patient of FR Core. */
public final class SourcePatient {

    private static final int ISO_DATE_LENGTH = 10;

    private SourcePatient() {}

    /** Traits of birth: official name, birth date of day precision, gender, INSEE code of the birth place. */
    public static PatientTraits traits(Patient patient) {
        Optional<HumanName> official = patient.getName().stream()
                .filter(n -> n.getUse() == NameUse.OFFICIAL)
                .findFirst();
        return new PatientTraits(
                official.filter(HumanName::hasFamily).map(HumanName::getFamily),
                official.filter(HumanName::hasGiven)
                        .map(n -> n.getGiven().get(0).getValue()),
                birthDate(patient),
                Optional.ofNullable(patient.getGender()).map(g -> g.toCode()),
                birthPlace(patient));
    }

    /** Identifiers of INS domains, whatever their value. */
    static List<Identifier> matricules(DocumentReference document) {
        return Contained.find(document, document.getContext().getSourcePatientInfo())
                .filter(Patient.class::isInstance)
                .map(Patient.class::cast)
                .stream()
                .flatMap(patient -> patient.getIdentifier().stream())
                .filter(identifier -> InsDomain.of(identifier.getSystem()).isPresent())
                .toList();
    }

    /** Status of the identity (fr-core-identity-reliability), e.g. {@code QUAL}. */
    static Optional<String> status(Patient patient) {
        return patient.getExtensionsByUrl(ProfileUris.IDENTITY_RELIABILITY).stream()
                .flatMap(e -> e.getExtensionsByUrl("identityStatus").stream())
                .map(Extension::getValue)
                .filter(Coding.class::isInstance)
                .map(c -> ((Coding) c).getCode())
                .filter(c -> c != null)
                .findFirst();
    }

    private static Optional<LocalDate> birthDate(Patient patient) {
        String value = patient.getBirthDateElement().getValueAsString();
        boolean hasDay = value != null && value.length() == ISO_DATE_LENGTH;
        return hasDay ? Optional.of(LocalDate.parse(value)) : Optional.empty();
    }

    private static Optional<String> birthPlace(Patient patient) {
        Extension place = patient.getExtensionByUrl(ProfileUris.BIRTH_PLACE);
        if (place == null || !(place.getValue() instanceof Address address)) {
            return Optional.empty();
        }
        Extension insee = address.getExtensionByUrl(ProfileUris.INSEE_CODE);
        return insee != null && insee.getValue() instanceof Coding coding
                ? Optional.ofNullable(coding.getCode())
                : Optional.empty();
    }
}
