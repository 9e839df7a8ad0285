package fr.carnet.policy;

import java.util.Objects;
import java.util.Optional;

/**
 * A consent that somebody wants to create or end.
 *
 * @param kind which choice
 * @param professional idNat_PS of whom it concerns; empty for the two oppositions
 * @param declaredBy subject of who created the consent when it is ended; empty on creation
 */
public record ConsentFacts(Kind kind, Optional<String> professional, Optional<String> declaredBy) {

    /** @throws NullPointerException if a component is missing */
    public ConsentFacts {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(professional);
        Objects.requireNonNull(declaredBy);
    }

    /** Kinds of consent; {@link #code} is the code of Carnet's CodeSystem {@code consent-kind}. */
    public enum Kind {
        /** A professional may consult (R36–R43). */
        AUTHORISATION("authorisation"),
        /** The holder blocks a professional (R44). */
        BLOCK("block"),
        /** The holder opposes break-glass (R52). */
        OPPOSE_BREAK_GLASS("oppose-bris-de-glace"),
        /** The holder opposes call-centre access (R55). */
        OPPOSE_REGULATION("oppose-centre-15");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        /** Code on the wire. */
        public String code() {
            return code;
        }
    }
}
