package fr.carnet.messaging;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.function.Supplier;

/** No trace, no write: what a request stores in tables of this room is stored together with its trace, or not at all. */
public interface AttestedWrites {

    /**
     * Writes in one transaction with the trace of the request.
     *
     * @param request that was judged
     * @param write takes part in the transaction
     * @return what the write returned, once both are stored
     */
    <T> T perform(RequestDetails request, Supplier<T> write);
}
