package fr.carnet.dmp;

import fr.carnet.policy.Judgement;
import fr.carnet.policy.PatientFacts;
import fr.carnet.validation.ResourceCheck;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CareTeam.CareTeamStatus;
import org.hl7.fhir.r4.model.Reference;

/** A CareTeam that somebody declares or changes now, completed with what the server knows better than the sender (R43). */
record TeamDeclaration(CareTeam body, Judgement judgement, ResourceCheck check) {

    private static final String PROFILE = "care-team";

    private static final Set<CareTeamStatus> ENDS = EnumSet.of(CareTeamStatus.INACTIVE, CareTeamStatus.ENTEREDINERROR);

    /** The resource to store. */
    CareTeam declared() {
        var findings = new Findings();
        TeamReading.check(body, findings);
        findings.require(TeamReading.isActive(body), "team-status", "CareTeam.status");
        CareTeam team = TeamResources.inNameOf(withoutInternals(), judgement.caller());
        team.setId((String) null);
        team.setSubject(subject());
        findings.conform(team, check, PROFILE);
        findings.refuseIfAny();
        team.addExtension(DeclaredBy.extension(judgement.caller(), judgement.patient()));
        return team;
    }

    /** The next version of a stored team; what has ended does not come back. */
    CareTeam changed(CareTeam stored) {
        var findings = new Findings();
        findings.require(TeamReading.isActive(stored), "team-ended", "CareTeam.status");
        boolean ends = ENDS.contains(body.getStatus());
        findings.require(ends || TeamReading.isActive(body), "team-status", "CareTeam.status");
        if (!ends) {
            TeamReading.check(body, findings);
            findings.require(isOfSamePatient(stored), "team-patient", "CareTeam.subject");
            Optional<String> structure = TeamReading.structure(body);
            boolean same = structure.isEmpty() || structure.equals(TeamReading.structure(stored));
            findings.require(same, "team-structure", "CareTeam.managingOrganization");
            findings.conform(withoutInternals(), check, PROFILE);
        }
        findings.refuseIfAny();
        if (ends) {
            return stored.copy().setStatus(body.getStatus());
        }
        CareTeam team = withoutInternals();
        team.setId(stored.getIdElement());
        team.setSubject(stored.getSubject()).setManagingOrganization(stored.getManagingOrganization());
        team.setExtension(stored.getExtension());
        return team;
    }

    private CareTeam withoutInternals() {
        CareTeam team = body.copy();
        DeclaredBy.remove(team);
        return team;
    }

    private Reference subject() {
        return body.hasSubject()
                ? new Reference("Patient/" + judgement.patient().orElseThrow().id())
                : null;
    }

    private boolean isOfSamePatient(CareTeam stored) {
        Optional<PatientFacts> patient = judgement.patient();
        return stored.hasSubject()
                ? patient.filter(known -> PatientNames.names(body.getSubject(), known))
                        .isPresent()
                : !body.hasSubject();
    }
}
