package fr.carnet.policy;

import java.util.Objects;
import java.util.Optional;

/**
 * A consent that somebody wants to create, end or read.
 *
 * @param kind which choice
 * @param concerned idNat_PS of the professional or local id of the service; empty for the kinds that concern nobody
 * @param declaredBy subject of who created the consent when it is ended or read; empty on creation
 * @param secret declared in a secret connection (R141): no representative learns of it
 */
public record ConsentFacts(Kind kind, Optional<String> concerned, Optional<String> declaredBy, boolean secret) {

    /** @throws NullPointerException if a component is missing */
    public ConsentFacts {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(concerned);
        Objects.requireNonNull(declaredBy);
    }

    /** Whom a choice concerns. */
    public enum Concerns {
        /** One professional, by idNat_PS. */
        PROFESSIONAL,
        /** One referenced digital service, by local id. */
        SERVICE,
        /** One person registered around the patient, by local id. */
        PERSON,
        /** Nobody in particular. */
        NOBODY
    }

    /** Kinds of consent; {@link #code} is the code of Carnet's CodeSystem {@code consent-kind}. */
    public enum Kind {
        /** A professional may consult (R36–R43). */
        AUTHORISATION("authorisation", Concerns.PROFESSIONAL, true),
        /** The holder blocks a professional (R44). */
        BLOCK("block", Concerns.PROFESSIONAL, false),
        /** The holder opposes break-glass (R52). */
        OPPOSE_BREAK_GLASS("oppose-bris-de-glace", Concerns.NOBODY, false),
        /** The holder opposes call-centre access (R55). */
        OPPOSE_REGULATION("oppose-centre-15", Concerns.NOBODY, false),
        /** The holder opposes, for a legitimate reason, what a professional deposits (R48). */
        OPPOSE_DEPOSIT("oppose-deposit", Concerns.PROFESSIONAL, false),
        /** The holder masks everything (R108). */
        MASK_ALL("mask-all", Concerns.NOBODY, false),
        /** The holder gives a professional the rights of the treating physician (R107). */
        TREATING_RIGHTS("treating-physician-rights", Concerns.PROFESSIONAL, true),
        /** A nursing home's resident, or who represents him, agrees that its physician consults (R63). */
        NURSING_HOME("nursing-home", Concerns.PROFESSIONAL, true),
        /** The holder authorises a referenced digital service, for the document types he names (R69). */
        DIGITAL_SERVICE("digital-service", Concerns.SERVICE, true),
        /** The holder expressly agrees that his curator, who assists him, sees his record (R149). */
        CURATOR("curator", Concerns.PERSON, true);

        private final String code;
        private final Concerns concerns;
        private final boolean permits;

        Kind(String code, Concerns concerns, boolean permits) {
            this.code = code;
            this.concerns = concerns;
            this.permits = permits;
        }

        /** Code on the wire. */
        public String code() {
            return code;
        }

        /** Whom a choice of this kind must name. */
        public Concerns concerns() {
            return concerns;
        }

        /** True where the choice opens something, false where it shuts something. */
        public boolean permits() {
            return permits;
        }
    }
}
