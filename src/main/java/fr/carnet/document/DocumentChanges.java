package fr.carnet.document;

/** Whoever follows the documents of the registry, told in the transaction that changes them. */
public interface DocumentChanges {

    /**
     * A document is new, or its metadata are.
     *
     * @param patient FHIR id
     * @param document FHIR id
     */
    void changed(String patient, String document);

    /**
     * All documents of a record are destroyed (R22).
     *
     * @param patient FHIR id
     */
    void destroyed(String patient);
}
