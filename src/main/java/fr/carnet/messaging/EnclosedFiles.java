package fr.carnet.messaging;

import org.hl7.fhir.r4.model.Communication;

/** The files that go with messages: kept outside of their JSON, shown with one message that is read by its id. */
public interface EnclosedFiles {

    /** The message with the bytes of its files. */
    Communication complete(Communication message);
}
