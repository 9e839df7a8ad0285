package fr.carnet.directory.insi;

import fr.carnet.directory.insi.IdentityStatus.Event;
import fr.carnet.shared.IdNatPs;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A local identity as far as trust in it goes.
 *
 * @param status how sure it is
 * @param attestation who attested to know the patient; empty when nobody did
 */
public record LocalIdentity(IdentityStatus status, Optional<Attestation> attestation) {

    /** An identity about which nothing is proved yet. */
    public static final LocalIdentity UNPROVEN = new LocalIdentity(IdentityStatus.PROVISIONAL, Optional.empty());

    /** @throws NullPointerException if a component is missing */
    public LocalIdentity {
        Objects.requireNonNull(status);
        Objects.requireNonNull(attestation);
    }

    /** The identity once something has happened; a doubt takes the attestation back. */
    public LocalIdentity after(Event event) {
        return new LocalIdentity(status.after(event), event == Event.DOUBTED ? Optional.empty() : attestation);
    }

    /**
     * A professional attests that he already knows the patient and that the traits are his: it counts as the control of the
     * identity, and is recorded once (R7). A later attestation changes nothing.
     */
    public LocalIdentity attestedBy(IdNatPs professional, Instant at) {
        if (attestation.isPresent()) {
            return this;
        }
        return new LocalIdentity(status.after(Event.CONTROLLED), Optional.of(new Attestation(professional, at)));
    }

    /**
     * « J'atteste déjà connaître l'identité ».
     *
     * @param by the professional
     * @param at when
     */
    public record Attestation(IdNatPs by, Instant at) {

        /** @throws NullPointerException if a component is missing */
        public Attestation {
            Objects.requireNonNull(by);
            Objects.requireNonNull(at);
        }
    }
}
