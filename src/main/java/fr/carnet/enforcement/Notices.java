package fr.carnet.enforcement;

import fr.carnet.dmp.OwedNotice;
import fr.carnet.dmp.OwedNotice.Kind;
import fr.carnet.policy.Decision.Obligation;
import fr.carnet.policy.Decision.Permit;
import fr.carnet.policy.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Notices to which a permission obliges, as they are stored with its trace. */
final class Notices {

    private Notices() {}

    /** Of the record: an access in an emergency (R57) or for the first time (R96), a change of its state (R26). */
    static List<OwedNotice> ofRecord(Permit permit, String patient, Instant now) {
        List<OwedNotice> owed = new ArrayList<>();
        for (Obligation obligation : permit.obligations()) {
            switch (obligation) {
                case NOTIFY_HOLDER_OF_EMERGENCY -> owed.add(ofRecord(Kind.HOLDER_OF_EMERGENCY, "R57", patient, now));
                case NOTIFY_TREATING_PHYSICIAN ->
                    owed.add(ofRecord(Kind.TREATING_PHYSICIAN_OF_EMERGENCY, "R57", patient, now));
                case INFORM_HOLDER -> owed.add(ofRecord(Kind.HOLDER_BEFORE_OPENING, "R11", patient, now));
                case NOTIFY_HOLDER_OF_ACCESS -> owed.add(ofRecord(Kind.HOLDER_OF_ACCESS, "R96", patient, now));
                case NOTIFY_HOLDER_OF_MESSAGE -> owed.add(ofRecord(Kind.HOLDER_OF_MESSAGE, "R165", patient, now));
                case NOTIFY_HOLDER_OF_RECORD ->
                    owed.add(ofRecord(
                            Kind.HOLDER_OF_RECORD, permit.reasons().get(0).id(), patient, now));
                case NOTIFY_HOLDER, TRACE_EMERGENCY, WARN_FEEDING_CELL, WARN_MINOR_WITHOUT_CHOICE -> {}
            }
        }
        return owed;
    }

    /** Of a document that the holder may see from now on: it was deposited (R96), or announced (R112). */
    static Optional<OwedNotice> ofDocument(Permit permit, String patient, String document, Instant now) {
        String rule = permit.reasons().contains(Rule.R112_ANNOUNCEMENT) ? "R112" : "R96";
        return Optional.of(new OwedNotice(Kind.HOLDER_OF_DOCUMENT, rule, patient, Optional.of(document), now))
                .filter(notice -> permit.obligations().contains(Obligation.NOTIFY_HOLDER));
    }

    private static OwedNotice ofRecord(Kind kind, String rule, String patient, Instant now) {
        return new OwedNotice(kind, rule, patient, Optional.empty(), now);
    }
}
