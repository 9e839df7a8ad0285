package fr.carnet.enforcement;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import fr.carnet.messaging.AttestedWrites;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionTemplate;

/** Ties writes that do not go through HAPI's store to the trace of their request. */
record NotarisedWrites(Notary notary, TransactionTemplate transaction) implements AttestedWrites {

    @Override
    public <T> T perform(RequestDetails request, Supplier<T> write) {
        return transaction.execute(status -> {
            notary.attestWithTransaction((ServletRequestDetails) request);
            return write.get();
        });
    }
}
