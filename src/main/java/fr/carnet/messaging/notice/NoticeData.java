package fr.carnet.messaging.notice;

import fr.carnet.messaging.Communications;
import fr.carnet.outbox.Outbox;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** What is kept of a person to tell him, and goes with his record; takes part in the transaction that destroys it. */
@Component
public class NoticeData {

    private final Communications communications;
    private final Outbox outbox;
    private final DSLContext dsl;

    NoticeData(Communications communications, Outbox outbox, DSLContext dsl) {
        this.communications = communications;
        this.outbox = outbox;
        this.dsl = dsl;
    }

    /** Forgets what was and was to be told (R22, R23); the address stays, for the news of the destruction itself. */
    public void forget(String patient) {
        communications.forget(patient);
        outbox.forget("Patient/" + patient);
        dsl.query("delete from carnet.notice where patient_id = ?", patient).execute();
    }
}
