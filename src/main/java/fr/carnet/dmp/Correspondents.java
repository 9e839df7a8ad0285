package fr.carnet.dmp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;
import org.springframework.stereotype.Component;

/** To whom a letter to the holder is addressed, as the operator registered him. */
@Component
public class Correspondents {

    private final StoredPatients patients;
    private final PatientRecords records;

    Correspondents(StoredPatients patients, PatientRecords records) {
        this.patients = patients;
        this.records = records;
    }

    /**
     * Lines of the envelope, name first: the name in use, or that of birth.
     *
     * @param patientId id without type
     * @return empty if there is no such patient, or no postal address of his
     */
    public Optional<List<String>> envelope(String patientId) {
        return records.byId(patientId).map(patients::read).flatMap(Correspondents::envelope);
    }

    private static Optional<List<String>> envelope(Patient patient) {
        return patient.getAddress().stream()
                .filter(address -> address.hasPostalCode() && address.hasCity())
                .findFirst()
                .map(address -> lines(name(patient), address));
    }

    private static List<String> lines(String name, Address address) {
        List<String> lines = new ArrayList<>(List.of(name));
        address.getLine().stream().map(StringType::getValue).forEach(lines::add);
        lines.add(address.getPostalCode() + " " + address.getCity());
        return List.copyOf(lines);
    }

    private static String name(Patient patient) {
        HumanName name = patient.getName().stream()
                .filter(known -> known.getUse() == HumanName.NameUse.USUAL)
                .findFirst()
                .orElseGet(patient::getNameFirstRep);
        return (name.getGivenAsSingleString() + " " + name.getFamily()).strip();
    }
}
