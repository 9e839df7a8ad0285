package fr.carnet.enforcement;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import fr.carnet.messaging.AttestedWrites;
import fr.carnet.messaging.StoredCommunication;
import fr.carnet.trace.TraceLine;
import java.util.Optional;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.IdType;
import org.springframework.transaction.support.TransactionTemplate;

/** Ties writes that do not go through HAPI's store to the trace of their request. */
record NotarisedWrites(Notary notary, TransactionTemplate transaction) implements AttestedWrites {

    @Override
    public <T> T perform(RequestDetails request, Supplier<T> write) {
        return transaction.execute(status -> {
            notary.attestWithTransaction((ServletRequestDetails) request);
            T written = write.get();
            if (written instanceof StoredCommunication message) {
                note(message.resource().getIdElement(), request);
            }
            return written;
        });
    }

    private static void note(IdType written, RequestDetails request) {
        RequestNotes.of(request.getUserData())
                .add(new TraceLine(
                        "Communication/" + written.getIdPart(),
                        Optional.of(Integer.parseInt(written.getVersionIdPart())),
                        Optional.empty(),
                        TraceLine.Effect.WRITTEN));
    }
}
