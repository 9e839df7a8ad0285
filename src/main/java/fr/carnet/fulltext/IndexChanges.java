package fr.carnet.fulltext;

import fr.carnet.document.DocumentChanges;
import fr.carnet.outbox.Outbox;
import java.time.Clock;
import java.time.Instant;

/** Puts what is to be indexed into the outbox, in the transaction that makes it so. */
final class IndexChanges implements DocumentChanges {

    /** Channel of the outbox. */
    static final String CHANNEL = "text-index";

    private static final String DOCUMENT = "DocumentReference/";
    /** No reference to the patient: what is to leave for a patient is forgotten with his record, and this is not. */
    private static final String RECORD = "Record/";

    private final Outbox outbox;
    private final Clock clock;

    IndexChanges(Outbox outbox, Clock clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    @Override
    public void changed(String patient, String document) {
        add(DOCUMENT + document, patient + ' ' + document);
    }

    @Override
    public void destroyed(String patient) {
        add(RECORD + patient, patient);
    }

    private void add(String subject, String payload) {
        Instant now = clock.instant();
        outbox.add(CHANNEL, subject, payload, now, now);
    }
}
