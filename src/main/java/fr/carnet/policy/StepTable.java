package fr.carnet.policy;

import java.util.List;
import java.util.Optional;

/**
 * The table "which steps apply to which action" of the rule book (rules.md §0), for professionals and machines: one list
 * per row, in the published order. The steps on one document (9, 10, 11) come after it.
 */
final class StepTable {

    private final List<Step> status;
    private final List<Step> consulting;
    private final List<Step> declaring;
    private final List<Step> reactivating;
    private final List<Step> feeding;
    private final List<Step> changingOwn;
    private final List<Step> changing;

    StepTable(Purposes purposes, RecordSteps steps, AccessModes modes, Habilitations habilitations) {
        status =
                List.of(modes::assertion, purposes::refusal, steps::identity, modes::emergency, habilitations::service);
        consulting = List.of(
                modes::assertion,
                purposes::refusal,
                steps::identity,
                steps::open,
                steps::blocked,
                modes::consulting,
                modes::emergency,
                modes::secretConnection,
                habilitations::readsAnything,
                steps::authorised);
        declaring = List.of(
                modes::assertion,
                purposes::refusal,
                steps::identity,
                steps::open,
                steps::blocked,
                habilitations::readsAnything);
        reactivating = List.of(
                modes::assertion,
                purposes::refusal,
                steps::identity,
                steps::blocked,
                modes::consulting,
                modes::normal,
                habilitations::readsAnything);
        feeding = List.of(
                modes::assertion,
                purposes::refusal,
                steps::identity,
                steps::open,
                modes::feeding,
                modes::secretConnection,
                steps::depositOpposed,
                habilitations::service,
                habilitations::feedsAnything);
        changingOwn = List.of(
                modes::assertion,
                purposes::refusal,
                steps::identity,
                steps::open,
                modes::emergency,
                modes::changing,
                modes::secretConnection,
                habilitations::service);
        changing = List.of(
                modes::assertion,
                purposes::refusal,
                steps::identity,
                steps::open,
                steps::blocked,
                modes::consulting,
                modes::emergency,
                modes::changing,
                modes::secretConnection,
                habilitations::readsAnything,
                steps::authorised);
    }

    /** TD0.2. */
    Optional<Rule> status(AccessRequest request) {
        return first(status, request);
    }

    /** List, read, content. */
    Optional<Rule> consulting(AccessRequest request) {
        return first(consulting, request);
    }

    /** TD0.3 by a professional. */
    Optional<Rule> declaring(AccessRequest request) {
        return first(declaring, request);
    }

    /** Reactivation of a closed record (R25). */
    Optional<Rule> reactivating(AccessRequest request) {
        return first(reactivating, request);
    }

    /** Deposit and replacement. */
    Optional<Rule> feeding(AccessRequest request) {
        return first(feeding, request);
    }

    /** Delete, archive, lift, mask: by the author without authorisation (R129), by anyone else with all steps. */
    Optional<Rule> changing(AccessRequest request, boolean author) {
        return first(author ? changingOwn : changing, request);
    }

    private static Optional<Rule> first(List<Step> steps, AccessRequest request) {
        for (Step step : steps) {
            Optional<Rule> refusal = step.refusal(request);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    /** One check: the rule that refuses, or nothing. */
    @FunctionalInterface
    private interface Step {
        Optional<Rule> refusal(AccessRequest request);
    }
}
