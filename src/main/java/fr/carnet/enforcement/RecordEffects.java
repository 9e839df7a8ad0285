package fr.carnet.enforcement;

import fr.carnet.dmp.RecordEvents;
import fr.carnet.document.Destruction;
import fr.carnet.policy.RecordLife.Due;
import fr.carnet.policy.RecordState;
import java.time.Instant;

/** What time alone does to a record: traced like a request, without a caller; a destruction takes the documents away. */
record RecordEffects(Destruction destruction, OwnTraces traces) implements RecordEvents {

    @Override
    public void happened(String patientId, Due due, Instant at) {
        if (due.course().state() == RecordState.DESTROYED) {
            destruction.destroy(patientId);
        }
        traces.led(patientId, due.rule(), at);
    }
}
