package fr.carnet.dmp;

import fr.carnet.policy.TeamFacts;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.CodeSystems;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.StructureId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CareTeam.CareTeamParticipantComponent;
import org.hl7.fhir.r4.model.CareTeam.CareTeamStatus;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;

/** Reads a CareTeam in the shape of docs/circle.md (R43). */
final class TeamReading {

    private static final int MOST_MEMBERS = 200;

    private TeamReading() {}

    /** Checks what can be checked without knowing the patient. */
    static void check(CareTeam team, Findings findings) {
        List<CareTeamParticipantComponent> participants = team.getParticipant();
        boolean named = participants.stream()
                .allMatch(participant ->
                        member(participant).filter(PatientReading::isIdNatPs).isPresent());
        boolean distinct = members(team).size() == participants.size();
        boolean some = !participants.isEmpty() && participants.size() <= MOST_MEMBERS;
        findings.require(some && named && distinct, "team-member", "CareTeam.participant.member");
        findings.require(LegalPeriod.of(team.getPeriod()).isOrdered(), "period-order", "CareTeam.period");
        boolean organised = team.getManagingOrganization().size() <= 1
                && (!team.hasManagingOrganization() || structure(team).isPresent());
        findings.require(organised, "team-structure", "CareTeam.managingOrganization");
        findings.require(!saysMore(team), "team-unsupported", "CareTeam");
    }

    /** What Carnet would not heed must not look as if it were. */
    private static boolean saysMore(CareTeam team) {
        CareTeam bare = team.copy();
        bare.setId((String) null).setMeta(null);
        bare.setText(null);
        bare.setStatus(null)
                .setCategory(null)
                .setName(null)
                .setSubject(null)
                .setPeriod(null)
                .setManagingOrganization(null);
        DeclaredBy.remove(bare);
        bare.getParticipant()
                .forEach(
                        participant -> participant.setRole(null).setMember(null).setId(null));
        boolean more = bare.getParticipant().stream().anyMatch(participant -> !participant.isEmpty());
        return more || !bare.setParticipant(null).isEmpty();
    }

    static boolean isActive(CareTeam team) {
        return team.getStatus() == CareTeamStatus.ACTIVE;
    }

    static Set<String> members(CareTeam team) {
        return team.getParticipant().stream()
                .flatMap(participant -> member(participant).stream())
                .collect(Collectors.toSet());
    }

    private static Optional<String> member(CareTeamParticipantComponent participant) {
        return Optional.of(participant.getMember().getIdentifier())
                .filter(identifier -> IdNatPs.SYSTEM.equals(identifier.getSystem()) && identifier.hasValue())
                .map(Identifier::getValue);
    }

    /** idNat_Struct of the structure in whose name it was declared. */
    static Optional<String> structure(CareTeam team) {
        return team.getManagingOrganization().stream()
                .map(organization -> organization.getIdentifier())
                .filter(identifier -> StructureId.SYSTEM.equals(identifier.getSystem()) && identifier.hasValue())
                .map(Identifier::getValue)
                .findFirst();
    }

    /** Id of the patient of a stored team; empty for a team of a structure. */
    static Optional<String> patientId(CareTeam team) {
        return Optional.ofNullable(team.getSubject().getReferenceElement().getIdPart());
    }

    static TeamFacts facts(CareTeam team, Optional<TeamFacts.Declarer> declarer) {
        return new TeamFacts(team.hasSubject(), members(team), structure(team), declarer, statesHealthProfession(team));
    }

    /** L.1110-12 3°: a formal set comprises a health professional; his profession is the declarer's word. */
    private static boolean statesHealthProfession(CareTeam team) {
        return team.getParticipant().stream()
                .flatMap(participant -> participant.getRole().stream())
                .flatMap(role -> role.getCoding().stream())
                .anyMatch(TeamReading::isOfHealth);
    }

    private static boolean isOfHealth(Coding profession) {
        try {
            return CodeSystems.TRE_G15.equals(profession.getSystem())
                    && new ActorCode(profession.getCode()).isHealthProfessional();
        } catch (IllegalArgumentException noProfession) {
            return false;
        }
    }
}
