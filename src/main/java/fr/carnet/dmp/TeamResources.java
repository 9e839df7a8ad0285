package fr.carnet.dmp;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import fr.carnet.policy.TeamFacts;
import fr.carnet.shared.Caller;
import fr.carnet.shared.CallerKind;
import fr.carnet.shared.StructureId;
import fr.carnet.validation.ResourceCheck;
import java.util.Optional;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.springframework.stereotype.Component;

/** CareTeam resources, as whoever judges them needs them. */
@Component
public class TeamResources {

    private final DaoRegistry daos;
    private final ResourceCheck check;

    TeamResources(DaoRegistry daos, ResourceCheck check) {
        this.daos = daos;
        this.check = check;
    }

    /**
     * What the policy asks about a team that somebody declares.
     *
     * @throws fr.carnet.shared.Fault of 422 with every finding, if it is not in the shape of docs/circle.md
     */
    public TeamFacts sent(CareTeam sent, Caller caller) {
        var findings = new Findings();
        TeamReading.check(sent, findings);
        findings.refuseIfAny(sent, check);
        return declared(sent, caller);
    }

    /** The same of a team that is about to be stored. */
    public static TeamFacts declared(CareTeam checked, Caller caller) {
        return TeamReading.facts(inNameOf(checked, caller), Optional.empty());
    }

    /** An establishment that does not name itself is taken from its token. */
    static CareTeam inNameOf(CareTeam sent, Caller caller) {
        if (caller.kind() != CallerKind.SYSTEM || sent.hasManagingOrganization()) {
            return sent;
        }
        CareTeam team = sent.copy();
        caller.structure()
                .ifPresent(id -> team.addManagingOrganization(new Reference()
                        .setIdentifier(
                                new Identifier().setSystem(StructureId.SYSTEM).setValue(id.value()))));
        return team;
    }

    /** What the policy asks about a stored team. */
    public static TeamFacts factsOf(CareTeam stored) {
        return TeamReading.facts(stored, Optional.of(DeclaredBy.declarer(stored)));
    }

    /** True while its status is active. */
    public static boolean isActive(CareTeam team) {
        return TeamReading.isActive(team);
    }

    /** FHIR id of the patient of a stored team; empty for a team of a structure. */
    public static Optional<String> patientOf(CareTeam stored) {
        return TeamReading.patientId(stored);
    }

    /**
     * A stored team, internal elements included: never to be answered as it is.
     *
     * @param id id without type
     * @return empty when there is none
     */
    public Optional<CareTeam> byId(String id) {
        try {
            return Optional.of(
                    daos.getResourceDao(CareTeam.class).read(new IdType("CareTeam", id), SystemWrite.request()));
        } catch (ResourceNotFoundException | ResourceGoneException e) {
            return Optional.empty();
        }
    }

    /** A copy without what never leaves the server, and the facts by which it is judged once more. */
    static CareTeam published(CareTeam stored) {
        CareTeam copy = stored.copy();
        DeclaredBy.remove(copy);
        Shown.mark(copy, factsOf(stored));
        return copy;
    }
}
