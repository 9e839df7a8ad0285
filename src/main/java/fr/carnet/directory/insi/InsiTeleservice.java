package fr.carnet.directory.insi;

import fr.carnet.shared.Ins;

/** INSi: gives the matricule and the reference traits of a person whose traits are known (R3, R4, R9). */
@FunctionalInterface
public interface InsiTeleservice {

    /** Searches by traits. Never throws: whatever fails is an {@link InsiAnswer.Failed}. */
    InsiAnswer search(SearchedTraits traits);

    /**
     * Verifies a known matricule with its traits: INSi must find exactly that person by them.
     *
     * @param ins matricule that somebody else gave
     * @param traits traits that go with it
     */
    default InsiVerification verify(Ins ins, SearchedTraits traits) {
        return InsiVerification.of(search(traits), ins, traits);
    }
}
