package fr.carnet.server.cli.client;

import java.util.List;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;

/** The operator's registration of a patient, and the opening of his record. */
public final class Registration {

    private static final String TREATING_PHYSICIAN =
            "https://interop.esante.gouv.fr/ig/fhir/dmp/StructureDefinition/dmp-medecin-traitant";

    private Registration() {}

    /**
     * {@code PUT Patient?identifier=system|value}; whoever is new has no record yet.
     *
     * @param treatingPhysician idNat_PS
     */
    public static Call of(Person person, String treatingPhysician) {
        var physician = new Identifier().setSystem(CodeSystems.PROFESSIONAL_ID).setValue(treatingPhysician);
        Patient patient = person.resource();
        patient.addExtension(new Extension(TREATING_PHYSICIAN, new Reference().setIdentifier(physician)));
        return Call.write(
                "PUT", "Patient?identifier=" + Call.escaped(person.ins().token()), patient);
    }

    /** What opens the record of a new patient, in this order: informed, then activated (R11, R15). */
    public static List<Call> opening(Person person) {
        return List.of(operation("inform", person), operation("activate", person));
    }

    private static Call operation(String name, Person person) {
        var parameters = new Parameters();
        parameters.addParameter().setName("identifier").setValue(person.identifier());
        return Call.write("POST", "Patient/$" + name, parameters);
    }
}
