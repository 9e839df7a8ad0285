package fr.carnet.policy;

import fr.carnet.shared.AccessMode;
import fr.carnet.shared.ActorCode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Who could read one document at an instant, for the holder (R91).
 *
 * @param professions whose members read it once the holder has consented, in the order of the matrix; empty while it is
 *     masked for all
 * @param persons professionals who may read it now, without any further consent
 * @param emergencies by mode, the decision on somebody who comes in it as he should, whatever his profession
 * @param representatives true if the holder's representatives see it as far as its labels go
 */
public record Readership(
        List<Profession> professions,
        List<Person> persons,
        Map<AccessMode, Decision> emergencies,
        boolean representatives) {

    /** @throws NullPointerException if a component is missing */
    public Readership {
        professions = List.copyOf(professions);
        persons = List.copyOf(persons);
        emergencies = Map.copyOf(emergencies);
    }

    /**
     * A profession or function whose members read it once the holder has consented to them.
     *
     * @param role column of the matrix
     * @param reasons rules that show it to them, beside the consent
     */
    public record Profession(ActorCode role, List<Rule> reasons) {

        /** @throws NullPointerException if a component is missing */
        public Profession {
            Objects.requireNonNull(role);
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * Somebody who may read it now.
     *
     * @param professional idNat_PS
     * @param declaredAt when the access was declared that serves him
     * @param reasons rules that let him, authorisation first
     */
    public record Person(String professional, Instant declaredAt, List<Rule> reasons) {

        /** @throws NullPointerException if a component is missing */
        public Person {
            Objects.requireNonNull(professional);
            Objects.requireNonNull(declaredAt);
            reasons = List.copyOf(reasons);
        }

        /** Personal data stays out of logs. */
        @Override
        public String toString() {
            return "Person" + reasons;
        }
    }
}
