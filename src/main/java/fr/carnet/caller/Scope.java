package fr.carnet.caller;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a client may be granted, one transaction each (IUA): a token opens a transaction only if its {@code scope} names it.
 * It opens nothing more than the rules permit to whom the token names.
 */
public enum Scope {
    /** Deposit of a set of documents. */
    ITI_65("ITI-65"),
    /** Search and read of sets and folders. */
    ITI_66("ITI-66"),
    /** Search and read of the description of documents. */
    ITI_67("ITI-67"),
    /** Content of documents. */
    ITI_68("ITI-68"),
    /** Deposit of one document. */
    ITI_105("ITI-105"),
    /** Change of what is said of a document: masked, shown, archived, deleted (TD3.3). */
    PATCH("PATCH"),
    /** Existence and status of a record, and who may do what in it. */
    TD0_2("TD0.2"),
    /** Consents, care teams, related persons. */
    TD0_3("TD0.3"),
    /** The life of a record: opening, closing, identity. */
    TD1("TD1"),
    /** Traces. */
    TRACES("traces"),
    /** Messages, and the ways in which somebody wants to be told. */
    MESSAGES("messages"),
    /** A record as a whole, taken along by its holder. */
    EXPORT("export");

    /** Codes that stand for several. */
    private static final Map<String, Set<Scope>> GROUPS =
            Map.of("urn:dmp", EnumSet.allOf(Scope.class), "exploitation", EnumSet.of(TD0_2, TD0_3, TD1));

    private final String code;

    Scope(String code) {
        this.code = code;
    }

    /** As it stands in a token. */
    public String code() {
        return code;
    }

    /**
     * Whether a code means anything here: one scope, {@code urn:dmp} (all of them) or {@code exploitation} (those of an
     * operator).
     */
    public static boolean isKnown(String code) {
        return !of(code).isEmpty();
    }

    /**
     * What a {@code scope} claim grants; codes of others grant nothing here.
     *
     * @param claim separated by spaces, as RFC 8693 §4.2 has it
     */
    static Set<Scope> granted(String claim) {
        return Stream.of(claim.split(" ", -1))
                .flatMap(code -> of(code).stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Scope.class)));
    }

    private static Set<Scope> of(String code) {
        return GROUPS.getOrDefault(
                code,
                Arrays.stream(values())
                        .filter(scope -> scope.code.equals(code))
                        .collect(Collectors.toUnmodifiableSet()));
    }
}
