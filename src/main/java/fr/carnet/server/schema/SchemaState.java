package fr.carnet.server.schema;

import fr.carnet.shared.Texts;
import java.util.List;
import java.util.Locale;

/**
 * What a database says of its tables, held against this program.
 *
 * @param kind how they fit
 * @param changes the changes to make when they are older; those that this program does not know when they are newer; those
 *     that were other ones when they are changed; the role when it may not read; otherwise none
 */
public record SchemaState(Kind kind, List<String> changes) {

    /** How many changes a sentence names; more are counted only. */
    private static final int NAMED = 3;

    /** How the tables of a database fit this program. */
    public enum Kind {
        /** They are those of this program. */
        CURRENT,
        /** There are none. */
        MISSING,
        /** This program needs changes that were not made. */
        OLDER,
        /** Changes were made that this program does not know. */
        NEWER,
        /** Changes were made that had another text than those of this program. */
        CHANGED,
        /** Somebody migrates them now. */
        UNDER_WAY,
        /** Somebody migrated them and did not end it. */
        INTERRUPTED,
        /** The role that asks may not read what was done. */
        UNREADABLE
    }

    /** @throws NullPointerException if a component is missing */
    public SchemaState {
        changes = List.copyOf(changes);
        if (kind == null) {
            throw new NullPointerException("kind");
        }
    }

    static SchemaState of(Kind kind) {
        return new SchemaState(kind, List.of());
    }

    /** True if a server may serve on these tables. */
    public boolean isCurrent() {
        return kind == Kind.CURRENT;
    }

    /** True if a migration by this program would do wrong: only another version of it knows these tables. */
    public boolean isOfAnotherProgram() {
        return kind == Kind.NEWER || kind == Kind.CHANGED;
    }

    /** One sentence: what is the matter, and which command helps. */
    public String sentence(Texts texts) {
        String named = String.join(", ", changes.subList(0, Math.min(NAMED, changes.size())));
        return texts.say(
                "start.schema-" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                changes.size() > NAMED ? named + "…" : named,
                changes.size());
    }
}
