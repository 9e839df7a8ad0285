package fr.carnet.policy;

import fr.carnet.shared.ActorCode;
import fr.carnet.shared.StructureId;
import fr.carnet.shared.Visibility;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a decision needs to know of one document.
 *
 * @param patient FHIR id of the patient
 * @param type code of the document type, e.g. {@code SYNTH} or {@code 11488-4}; class of an unknown type decides (R33)
 * @param classCode code of the class (JDV_J57)
 * @param visibility labels beyond the default; empty = visible to all (R103)
 * @param depositor the authenticated depositor
 * @param authors idNat_PS named in {@code DocumentReference.author}; used only for R127, never for visibility keys
 * @param current false once superseded (R126)
 * @param archived R130
 * @param deleted logically deleted (R128)
 * @param maskedByHolder the mask was put by the holder, only he lifts it (R125, R131)
 * @param depositedAt when it was accepted; of a version that inherits INVISIBLE_PATIENT, when the first one with that label
 *     was: the delays of the announcement count from then (R113, R114)
 */
public record DocumentFacts(
        String patient,
        String type,
        String classCode,
        Set<Visibility> visibility,
        Depositor depositor,
        Set<String> authors,
        boolean current,
        boolean archived,
        boolean deleted,
        boolean maskedByHolder,
        Instant depositedAt) {

    /** @throws NullPointerException if a component is missing */
    public DocumentFacts {
        Objects.requireNonNull(patient);
        Objects.requireNonNull(type);
        Objects.requireNonNull(classCode);
        visibility = Set.copyOf(visibility);
        Objects.requireNonNull(depositor);
        authors = Set.copyOf(authors);
        Objects.requireNonNull(depositedAt);
    }

    /** True if the label is set. */
    public boolean is(Visibility label) {
        return visibility.contains(label);
    }

    /**
     * Who deposited, as authenticated (R153): never taken from the metadata.
     *
     * @param subject idNat_PS, matricule or local id
     * @param role column of the matrix
     * @param structure in whose name
     */
    public record Depositor(String subject, Optional<ActorCode> role, Optional<StructureId> structure) {}
}
