package fr.carnet.server.cli.client;

import java.time.OffsetDateTime;
import java.util.Date;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;

/** The operator's registration of a patient with an open record. */
public final class Registration {

    private static final String RECORD_STATE = "https://carnet.example/fhir/StructureDefinition/record-state";
    private static final String TREATING_PHYSICIAN =
            "https://interop.esante.gouv.fr/ig/fhir/dmp/StructureDefinition/dmp-medecin-traitant";

    private Registration() {}

    /**
     * {@code PUT Patient?identifier=system|value}: record opened and activated.
     *
     * @param treatingPhysician idNat_PS
     * @param since when the record was opened
     */
    public static Call of(Person person, String treatingPhysician, OffsetDateTime since) {
        var state = new Extension(RECORD_STATE);
        state.addExtension("state", new CodeType("OPENED_ACTIVATED"));
        state.addExtension("since", new DateTimeType(Date.from(since.toInstant())));
        var physician = new Identifier().setSystem(CodeSystems.PROFESSIONAL_ID).setValue(treatingPhysician);
        Patient patient = person.resource();
        patient.setActive(true);
        patient.addExtension(state);
        patient.addExtension(TREATING_PHYSICIAN, new Reference().setIdentifier(physician));
        return Call.write(
                "PUT", "Patient?identifier=" + Call.escaped(person.ins().token()), patient);
    }
}
