package fr.carnet.server.cli.client;

import fr.carnet.shared.Ins;
import java.util.List;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;

/**
 * A person with a qualified identity: matricule and the five strict traits (R3).
 *
 * @param ins matricule
 * @param birthName family name of the birth certificate
 * @param firstGiven first given name
 * @param birthGivens all given names
 * @param birthDate ISO date
 * @param gender male or female
 * @param birthPlace code of the municipality or country (COG)
 */
public record Person(
        Ins ins,
        String birthName,
        String firstGiven,
        String birthGivens,
        String birthDate,
        AdministrativeGender gender,
        String birthPlace) {

    private static final String CORE = "https://hl7.fr/ig/fhir/core/StructureDefinition/";
    private static final String STATUS = "https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-identity-status";
    private static final String BIRTH_PLACE = "http://hl7.org/fhir/StructureDefinition/patient-birthPlace";

    /** The person as {@code fr-core-patient-ins}, identity qualified. */
    public Patient resource() {
        var patient = new Patient();
        patient.getMeta().addProfile(CORE + "fr-core-patient-ins");
        patient.addExtension(reliability());
        patient.addExtension(new Extension(BIRTH_PLACE, birthPlaceAddress()));
        patient.addIdentifier(identifier());
        patient.addName(officialName());
        return patient.setGender(gender).setBirthDateElement(new DateType(birthDate));
    }

    /** The matricule as an identifier. */
    public Identifier identifier() {
        return new Identifier()
                .setUse(Identifier.IdentifierUse.OFFICIAL)
                .setType(CodeSystems.concept("https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203", insType()))
                .setSystem(ins.domain().system())
                .setValue(ins.value());
    }

    /** Conditional reference, resolved by the server: {@code Patient?identifier=system|value}. */
    public String reference() {
        return "Patient?identifier=" + ins.token();
    }

    private String insType() {
        return switch (ins.domain()) {
            case NIR -> "INS-NIR";
            case NIA -> "INS-NIA";
            case TEST -> "INS-NIR-TEST";
            case DEMONSTRATION -> "INS-NIR-DEMO";
        };
    }

    private HumanName officialName() {
        var name = new HumanName()
                .setUse(HumanName.NameUse.OFFICIAL)
                .setFamily(birthName)
                .setGiven(List.of(new StringType(firstGiven)));
        name.addExtension(CORE + "fr-core-patient-birth-list-given-name", new StringType(birthGivens));
        return name;
    }

    private Address birthPlaceAddress() {
        var address = new Address();
        address.addExtension(
                CORE + "fr-core-address-insee-code",
                new Coding().setSystem(CodeSystems.MUNICIPALITY).setCode(birthPlace));
        return address;
    }

    private static Extension reliability() {
        var extension = new Extension(CORE + "fr-core-identity-reliability");
        extension.addExtension("identityStatus", new Coding().setSystem(STATUS).setCode("QUAL"));
        return extension;
    }

    /** Personal data: not shown. */
    @Override
    public String toString() {
        return "Person[" + ins + "]";
    }
}
