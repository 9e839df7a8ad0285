package fr.carnet.enforcement;

import fr.carnet.dmp.OwedNotice;
import fr.carnet.dmp.OwedNotice.Kind;
import fr.carnet.dmp.RecordEvents;
import fr.carnet.document.Destruction;
import fr.carnet.messaging.conversation.Conversations;
import fr.carnet.messaging.notice.NoticeData;
import fr.carnet.policy.RecordLife.Due;
import fr.carnet.policy.RecordState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What time alone does to a record: traced like a request, without a caller; a destruction takes the documents away, and what was told
 * and written. The holder is to be told of each step: nobody was there to tell him (R12, R22, R23, R26).
 */
record RecordEffects(Destruction destruction, NoticeData notices, Conversations conversations, OwnTraces traces)
        implements RecordEvents {

    @Override
    public void happened(String patientId, Due due, Instant at) {
        if (due.course().state() == RecordState.DESTROYED) {
            destruction.destroy(patientId);
            conversations.forget(patientId);
            notices.forget(patientId);
        }
        var notice = new OwedNotice(Kind.HOLDER_OF_RECORD, due.rule().id(), patientId, Optional.empty(), at);
        traces.led(patientId, due.rule(), at, List.of(notice));
    }
}
