package fr.carnet.trace;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Optional;

/** The record whose traces a request may read; answered by {@code enforcement}, which resolved the patient and decided. */
public interface RecordInView {

    /** The permitted view; empty when nobody has decided on this request, which is then not served. */
    Optional<TraceView> of(RequestDetails request);
}
