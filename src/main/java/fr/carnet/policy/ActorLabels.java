package fr.carnet.policy;

import fr.carnet.shared.ActorCode;
import java.util.Map;
import java.util.Optional;

/** French labels of professions and functions, from the table of the matrix's actors. */
public final class ActorLabels {

    private final Map<ActorCode, String> labels;

    private ActorLabels(Map<ActorCode, String> labels) {
        this.labels = Map.copyOf(labels);
    }

    /** The table of this release. */
    public static ActorLabels load() {
        return new ActorLabels(HabilitationTables.ofRelease().labels());
    }

    /** Label of an actor; empty for one that the matrix does not know. */
    public Optional<String> of(ActorCode actor) {
        return Optional.ofNullable(labels.get(actor));
    }
}
