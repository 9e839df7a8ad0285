package fr.carnet.messaging.xdm;

import fr.carnet.validation.Concept;
import java.util.Objects;
import java.util.Optional;

/**
 * Who wrote a document (XDS {@code author}).
 *
 * @param person himself
 * @param structure in whose name
 * @param speciality profession and speciality
 */
public record EntryAuthor(Optional<Person> person, Optional<Structure> structure, Optional<Concept> speciality) {

    /** @throws NullPointerException if a component is missing */
    public EntryAuthor {
        Objects.requireNonNull(person);
        Objects.requireNonNull(structure);
        Objects.requireNonNull(speciality);
    }

    /** Personal data stays out of logs. */
    @Override
    public String toString() {
        return "EntryAuthor[" + speciality.map(Concept::code).orElse("-") + "]";
    }

    /**
     * A person or a device (XCN).
     *
     * @param id identifier; empty when he has none
     * @param root OID of its domain; empty without identifier
     * @param family family name, or the name of a device
     * @param given given name; empty for a device
     */
    public record Person(String id, String root, String family, String given) {

        /** Personal data stays out of logs. */
        @Override
        public String toString() {
            return "Person[…]";
        }
    }

    /**
     * A structure (XON).
     *
     * @param id identifier
     * @param root OID of its domain
     * @param name its name; empty when not known
     */
    public record Structure(String id, String root, String name) {}
}
