package fr.carnet.messaging.notice;

import java.util.Optional;

/** Where professionals are reached in the trust space MSSanté: what a directory tells. */
@FunctionalInterface
public interface ProfessionalAddresses {

    /**
     * Address of a professional; empty if none is known.
     *
     * @param idNatPs his idNat_PS
     */
    Optional<String> of(String idNatPs);
}
