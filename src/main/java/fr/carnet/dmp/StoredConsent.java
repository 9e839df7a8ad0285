package fr.carnet.dmp;

import fr.carnet.policy.ConsentFacts;
import fr.carnet.policy.PatientFacts.Authorisation;
import java.time.Instant;
import java.util.Optional;

/**
 * What one active Consent says.
 *
 * @param kind which choice
 * @param professional idNat_PS of whom it concerns; empty for the oppositions
 * @param basis ground of an authorisation; empty for the other kinds
 * @param structure in whose name it was declared
 * @param declaredAt when
 * @param declaredBy subject of the caller who declared it
 */
record StoredConsent(
        ConsentFacts.Kind kind,
        Optional<String> professional,
        Optional<Authorisation.Basis> basis,
        Optional<String> structure,
        Instant declaredAt,
        Optional<String> declaredBy) {

    /** A new declaration of the same thing takes the place of the old one (R42). */
    boolean renews(StoredConsent older) {
        return kind == older.kind && professional.equals(older.professional) && basis.equals(older.basis);
    }

    @Override
    public String toString() {
        return "StoredConsent[" + kind + "]";
    }
}
