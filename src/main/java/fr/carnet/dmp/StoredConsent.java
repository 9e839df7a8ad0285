package fr.carnet.dmp;

import static java.util.Collections.unmodifiableSortedSet;

import fr.carnet.policy.ConsentFacts;
import fr.carnet.policy.PatientFacts.Authorisation;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one active Consent says.
 *
 * @param kind which choice
 * @param concerned idNat_PS of the professional or local id of the service; empty where nobody is concerned
 * @param basis ground of an authorisation; empty for the other kinds
 * @param structure in whose name it was declared
 * @param declaredAt when
 * @param declaredBy subject of the caller who declared it
 * @param types document types that a digital service may feed; empty for the other kinds
 */
record StoredConsent(
        ConsentFacts.Kind kind,
        Optional<String> concerned,
        Optional<Authorisation.Basis> basis,
        Optional<String> structure,
        Instant declaredAt,
        Optional<String> declaredBy,
        Set<String> types) {

    StoredConsent {
        // sorted, so that the same Consent always gives the same row
        types = unmodifiableSortedSet(new TreeSet<>(types));
    }

    /** A new declaration of the same thing takes the place of the old one (R42). */
    boolean renews(StoredConsent older) {
        return kind == older.kind && concerned.equals(older.concerned) && basis.equals(older.basis);
    }

    @Override
    public String toString() {
        return "StoredConsent[" + kind + "]";
    }
}
