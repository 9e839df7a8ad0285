package fr.carnet.shared;

/** How a request names its patient: in a search parameter or in a reference. */
public sealed interface PatientReference {

    /**
     * By FHIR id.
     *
     * @param id logical id of the Patient
     */
    record Literal(String id) implements PatientReference {

        private static final String TYPE = "Patient/";

        /** Of {@code Patient/id} or of the bare id, as a search parameter has it. */
        public static Literal of(String reference) {
            return new Literal(reference.startsWith(TYPE) ? reference.substring(TYPE.length()) : reference);
        }
    }

    /**
     * By identifier: {@code patient.identifier=}, {@code Patient?identifier=} or a logical reference.
     *
     * @param identifier domain and matricule, not yet checked (R1, R2)
     */
    record Identified(IdentifierToken identifier) implements PatientReference {}
}
