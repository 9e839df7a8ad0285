package fr.carnet.validation;

/** How a submission names its patient. */
public sealed interface PatientReference {

    /**
     * By FHIR id.
     *
     * @param id logical id of the Patient
     */
    record Literal(String id) implements PatientReference {}

    /**
     * By identifier: {@code Patient?identifier=} or a logical reference.
     *
     * @param system domain
     * @param value identifier in it
     */
    record Identified(String system, String value) implements PatientReference {

        /** Personal data stays out of logs: only the domain is shown. */
        @Override
        public String toString() {
            return "Identified[" + system + "]";
        }
    }
}
