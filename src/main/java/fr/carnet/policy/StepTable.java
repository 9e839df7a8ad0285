package fr.carnet.policy;

import java.util.List;
import java.util.Optional;

/**
 * The table "which steps apply to which action" of the rule book (rules.md §0), for professionals and machines: one list
 * per row, in the published order. The steps on one document (9, 10, 11) come after it.
 */
final class StepTable {

    private final List<Check> status;
    private final List<Check> consulting;
    private final List<Check> declaring;
    private final List<Check> corresponding;
    private final List<Check> reactivating;
    private final List<Check> feeding;
    private final List<Check> changingOwn;
    private final List<Check> changing;
    private final List<Check> writing;

    StepTable(Purposes purposes, RecordSteps steps, AccessModes modes, Habilitations habilitations) {
        var assertion = new Check(CheckPoint.ASSERTION, modes::assertion);
        var purpose = new Check(CheckPoint.PURPOSE, purposes::refusal);
        var identity = new Check(CheckPoint.IDENTITY, steps::identity);
        var open = new Check(CheckPoint.RECORD, steps::open);
        var block = new Check(CheckPoint.BLOCK, steps::blocked);
        var present = new Check(CheckPoint.AUTHENTICATION, modes::consulting);
        var emergency = new Check(CheckPoint.ACCESS_MODE, modes::emergency);
        var change = new Check(CheckPoint.AUTHENTICATION, modes::changing);
        var secret = new Check(CheckPoint.SECRET_CONNECTION, modes::secretConnection);
        var reads = new Check(CheckPoint.READING_ROLE, habilitations::readsAnything);
        var authorised = new Check(CheckPoint.AUTHORISATION, request -> Optional.of(steps.authorisation(request)));
        var service = new Check(CheckPoint.SERVICE, habilitations::service);
        status = List.of(assertion, purpose, identity, emergency, service);
        consulting = List.of(assertion, purpose, identity, open, block, present, emergency, secret, reads, authorised);
        declaring = List.of(assertion, purpose, identity, open, block, reads);
        corresponding = List.of(assertion, purpose, identity, open, block);
        reactivating = List.of(
                assertion, purpose, identity, block, present, new Check(CheckPoint.ACCESS_MODE, modes::normal), reads);
        feeding = List.of(
                assertion,
                purpose,
                identity,
                open,
                new Check(CheckPoint.ACCESS_MODE, modes::feeding),
                secret,
                new Check(CheckPoint.DEPOSIT_OPPOSITION, steps::depositOpposed),
                service,
                new Check(CheckPoint.FEEDING_ROLE, habilitations::feedsAnything));
        changingOwn = List.of(assertion, purpose, identity, open, emergency, change, secret, service);
        changing = List.of(
                assertion, purpose, identity, open, block, present, emergency, change, secret, reads, authorised);
        writing = List.of(assertion, purpose, identity, open, block, emergency, change, secret);
    }

    /** TD0.2. */
    List<Check> status() {
        return status;
    }

    /** List, read, content. */
    List<Check> consulting() {
        return consulting;
    }

    /** TD0.3 by a professional. */
    List<Check> declaring() {
        return declaring;
    }

    /** Notices and messages: the step on the caller's profession is for documents. */
    List<Check> corresponding() {
        return corresponding;
    }

    /** Reactivation of a closed record (R25). */
    List<Check> reactivating() {
        return reactivating;
    }

    /** Deposit and replacement. */
    List<Check> feeding() {
        return feeding;
    }

    /** Delete, archive, lift, mask: by the author without authorisation (R129), by anyone else with all steps. */
    List<Check> changing(boolean author) {
        return author ? changingOwn : changing;
    }

    /** Messages to the patient: no authorisation is asked, a block stops them (R44, R166). */
    List<Check> writing() {
        return writing;
    }

    /** The rule that refuses first; empty if none does. */
    static Optional<Rule> refusal(List<Check> checks, AccessRequest request) {
        for (Check check : checks) {
            Optional<Rule> refusal = check.refusal(request);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }
}
