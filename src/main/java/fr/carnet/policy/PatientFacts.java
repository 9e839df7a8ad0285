package fr.carnet.policy;

import fr.carnet.shared.Ins;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a decision needs to know of one patient and his record: one row, read once per request.
 *
 * @param id FHIR id
 * @param ins current matricule
 * @param former matricules that he had before; they name him still (R9)
 * @param birthDate for majority (R119)
 * @param deceased nobody acts for him any more, nor in his name (R27)
 * @param state last stored state; what counts is the state computed from it and now (R12)
 * @param stateSince since when
 * @param treatingPhysician idNat_PS of the médecin traitant, set by the operator (R106)
 * @param choices what the holder has decided
 * @param authorisations declared by professionals, ended ones left out
 * @param teams declared care teams (R43)
 * @param representatives who acts for the patient in law, past and future titles included (R147, R149)
 */
public record PatientFacts(
        String id,
        Ins ins,
        Set<Ins> former,
        LocalDate birthDate,
        boolean deceased,
        RecordState state,
        Instant stateSince,
        Optional<String> treatingPhysician,
        HolderChoices choices,
        List<Authorisation> authorisations,
        List<CareTeam> teams,
        List<Representative> representatives) {

    /** @throws NullPointerException if a component is missing */
    public PatientFacts {
        Objects.requireNonNull(id);
        Objects.requireNonNull(ins);
        former = Set.copyOf(former);
        Objects.requireNonNull(birthDate);
        Objects.requireNonNull(state);
        Objects.requireNonNull(stateSince);
        Objects.requireNonNull(treatingPhysician);
        Objects.requireNonNull(choices);
        authorisations = List.copyOf(authorisations);
        teams = List.copyOf(teams);
        representatives = List.copyOf(representatives);
    }

    /** R9: every matricule of his names him, whatever its domain. */
    public boolean bears(Ins matricule) {
        return ins.equals(matricule) || former.contains(matricule);
    }

    /** R9: the subject of a holder's tokens is one of his matricules. */
    boolean isHolder(String subject) {
        return ins.value().equals(subject)
                || former.stream().anyMatch(old -> old.value().equals(subject));
    }

    /** True for the médecin traitant (R106). */
    boolean isTreatedBy(String professional) {
        return treatingPhysician.filter(professional::equals).isPresent();
    }

    /** True for the médecin traitant and for those who have the same rights (R106, R107). */
    boolean givesTreatingRights(String professional) {
        return isTreatedBy(professional) || choices.treatingRights().contains(professional);
    }

    private static boolean within(Optional<Instant> from, Optional<Instant> until, Instant now) {
        return from.filter(now::isBefore).isEmpty()
                && until.filter(end -> !now.isBefore(end)).isEmpty();
    }

    /** Personal data stays out of logs: the id only. */
    @Override
    public String toString() {
        return "PatientFacts[" + id + "]";
    }

    /**
     * A declaration by which a professional may consult (R36–R43).
     *
     * @param consent FHIR id of the Consent that says so; empty for one that is only imagined
     * @param professional idNat_PS
     * @param declaredAt when
     * @param basis on what ground
     * @param structure structure in whose name he declared it, if any
     */
    public record Authorisation(
            Optional<String> consent,
            String professional,
            Instant declaredAt,
            Basis basis,
            Optional<String> structure) {

        /** @throws NullPointerException if a component is missing */
        public Authorisation {
            Objects.requireNonNull(consent);
            Objects.requireNonNull(professional);
            Objects.requireNonNull(declaredAt);
            Objects.requireNonNull(basis);
            Objects.requireNonNull(structure);
        }

        /** One of which no Consent is known. */
        public Authorisation(String professional, Instant declaredAt, Basis basis, Optional<String> structure) {
            this(Optional.empty(), professional, declaredAt, basis, structure);
        }

        /** Ground of an authorisation. */
        public enum Basis {
            /** The holder consented, by word or in writing (R36, R37). */
            CONSENT,
            /** He belongs to the care team to one of whose members the holder consented (R38, R39). */
            TEAM,
            /** A nursing home's resident, or who represents him, agreed to its physician (R63). */
            AGREEMENT,
            /** Express, dated consent given by the holder himself (R61, R62). */
            EXPRESS
        }
    }

    /**
     * Somebody who acts for the patient in law.
     *
     * @param localId subject of his tokens
     * @param title as what
     * @param from first instant of the title; empty: since ever
     * @param until first instant after it; empty: no end known
     * @param shared true for the second parent, with whom the main insured person shares the space (R147)
     */
    public record Representative(
            String localId, Title title, Optional<Instant> from, Optional<Instant> until, boolean shared) {

        /** @throws NullPointerException if a component is missing */
        public Representative {
            Objects.requireNonNull(localId);
            Objects.requireNonNull(title);
            Objects.requireNonNull(from);
            Objects.requireNonNull(until);
        }

        /** True between the dates of the title. */
        boolean holds(Instant now) {
            return within(from, until, now);
        }

        /** Personal data stays out of logs: the title only. */
        @Override
        public String toString() {
            return "Representative[" + title + "]";
        }

        /** As what somebody acts. */
        public enum Title {
            /** Legal representative of a minor; his access ends at majority (R119, R147). */
            PARENT,
            /** Guardian who represents an adult (R149). */
            GUARDIAN,
            /** Curator, who assists an adult and does not represent him: only with his express agreement (R149). */
            CURATOR
        }
    }

    /**
     * A declared team (R43).
     *
     * @param id of the CareTeam
     * @param members idNat_PS
     * @param from first instant of the team; empty: since ever
     * @param until first instant after it; empty: no end known
     */
    public record CareTeam(String id, Set<String> members, Optional<Instant> from, Optional<Instant> until) {
        /** @throws NullPointerException if a component is missing */
        public CareTeam {
            Objects.requireNonNull(id);
            members = Set.copyOf(members);
            Objects.requireNonNull(from);
            Objects.requireNonNull(until);
        }

        /** True for a member between the dates of the team. */
        boolean counts(String professional, Instant now) {
            return members.contains(professional) && within(from, until, now);
        }
    }
}
