package fr.carnet.messaging.notice;

import fr.carnet.dmp.OwedNotice;
import java.time.Instant;
import java.util.UUID;

/**
 * A row of {@code carnet.obligation} that waits or was told.
 *
 * @param id of the row
 * @param notice what is owed
 * @param created when it came to be owed
 */
record Owed(UUID id, OwedNotice notice, Instant created) {

    boolean isUrgent() {
        return notice.kind() == OwedNotice.Kind.HOLDER_OF_EMERGENCY
                || notice.kind() == OwedNotice.Kind.TREATING_PHYSICIAN_OF_EMERGENCY;
    }

    Sentence sentence() {
        return Sentence.of(notice.kind(), notice.rule());
    }
}
