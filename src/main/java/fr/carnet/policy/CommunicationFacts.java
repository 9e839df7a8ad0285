package fr.carnet.policy;

import fr.carnet.shared.Caller;
import java.util.Collections;
import java.util.Set;

/**
 * A notice or a message of a record, by those who may read it: nobody else learns that it exists (R99, R170).
 *
 * <p>One rule for SQL and memory: it is readable where its readers and the caller's own tokens meet.
 *
 * @param readers tokens, as {@link #HOLDER}, {@link #REPRESENTATIVES}, {@link #professional} and {@link #structure} make them
 */
public record CommunicationFacts(Set<String> readers) implements CircleFacts {

    /** The holder himself. */
    public static final String HOLDER = "p";

    /** Whoever acts for him in law when it is read. */
    public static final String REPRESENTATIVES = "r";

    /** @throws NullPointerException if there are no readers to look at */
    public CommunicationFacts {
        readers = Set.copyOf(readers);
    }

    /**
     * One professional.
     *
     * @param idNatPs his idNat_PS
     */
    public static String professional(String idNatPs) {
        return "a:" + idNatPs;
    }

    /**
     * Whoever acts in the name of a structure: an organisational mailbox (R164).
     *
     * @param idNatStruct its idNat_Struct
     */
    public static String structure(String idNatStruct) {
        return "e:" + idNatStruct;
    }

    /** The caller's own tokens; none for whoever nothing is addressed to. */
    public static Set<String> tokensOf(Caller caller) {
        return switch (caller.kind()) {
            case HOLDER -> Set.of(HOLDER);
            case REPRESENTATIVE -> Set.of(REPRESENTATIVES);
            case PROFESSIONAL ->
                caller.structure()
                        .map(structure -> Set.of(professional(caller.subject()), structure(structure.value())))
                        .orElseGet(() -> Set.of(professional(caller.subject())));
            case SYSTEM, OPERATOR, AUDITOR -> Set.of();
        };
    }

    /** True for what the holder was told and his representatives were not (R99, R144). */
    public boolean isHoldersAlone() {
        return readers.contains(HOLDER) && !readers.contains(REPRESENTATIVES);
    }

    /** True if it is addressed to the caller. */
    boolean isAddressedTo(Caller caller) {
        return !Collections.disjoint(readers, tokensOf(caller));
    }
}
