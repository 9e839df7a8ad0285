package fr.carnet.policy;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Answer of the policy. */
public sealed interface Decision {

    /** True for a {@link Permit}. */
    default boolean permitted() {
        return this instanceof Permit;
    }

    /**
     * Allowed.
     *
     * @param reasons rules that allow it, for trace and explanation; never empty
     * @param obligations what must be done along with it
     * @param consent FHIR id of the Consent that authorises a professional to consult (R36–R43); empty where the permit rests on
     *     none: an emergency, a document of his own, anything asked by others
     */
    record Permit(List<Rule> reasons, Set<Obligation> obligations, Optional<String> consent) implements Decision {
        /** @throws IllegalArgumentException if there is no reason: what no rule permits does not happen */
        public Permit {
            reasons = List.copyOf(reasons);
            obligations = Set.copyOf(obligations);
            if (reasons.isEmpty()) {
                throw new IllegalArgumentException("a permit names its rule");
            }
        }

        /** One that rests on no Consent. */
        public Permit(List<Rule> reasons, Set<Obligation> obligations) {
            this(reasons, obligations, Optional.empty());
        }
    }

    /**
     * Refused.
     *
     * @param reason the first rule, in the published order, that refuses
     * @param disclosure whether the caller may learn it
     */
    record Deny(Rule reason, Disclosure disclosure) implements Decision {
        /** @throws NullPointerException if a component is missing */
        public Deny {
            Objects.requireNonNull(reason);
            Objects.requireNonNull(disclosure);
        }
    }

    /** What the caller learns of a refusal. */
    enum Disclosure {
        /** The refusal, its rule and its sentence. */
        SAY,
        /** Nothing: the resource is answered exactly like one that does not exist. */
        HIDE
    }

    /** What a permit obliges to. */
    enum Obligation {
        /** Tell the holder of a document that he may see from now on (R96, R112). */
        NOTIFY_HOLDER,
        /** Tell a person that a space will be opened for him (R11). */
        INFORM_HOLDER,
        /** Tell the holder of the first access of a professional (R96): he has just declared that he may consult. */
        NOTIFY_HOLDER_OF_ACCESS,
        /** Tell the holder what somebody else did with his record (R26). */
        NOTIFY_HOLDER_OF_RECORD,
        /** Tell the holder that a message waits for him (R165). */
        NOTIFY_HOLDER_OF_MESSAGE,
        /** Tell the holder of an access in an emergency (R57). */
        NOTIFY_HOLDER_OF_EMERGENCY,
        /** Tell the treating physician of it (R57). */
        NOTIFY_TREATING_PHYSICIAN,
        /** Mark the access as an emergency in the trace (R57, R93). */
        TRACE_EMERGENCY,
        /** Warn: the feeding cell is missing but write enforcement only warns (rules.md §3). */
        WARN_FEEDING_CELL,
        /** Warn: a minor's document states no choice for representatives (R101, R143). */
        WARN_MINOR_WITHOUT_CHOICE
    }
}
