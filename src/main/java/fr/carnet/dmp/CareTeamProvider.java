package fr.carnet.dmp;

import ca.uhn.fhir.rest.annotation.Create;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.OptionalParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.annotation.Update;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import fr.carnet.policy.Judgement;
import fr.carnet.shared.Fault;
import fr.carnet.validation.ResourceCheck;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.IdType;
import org.springframework.stereotype.Component;

/** Care teams (R43): declared by POST, changed and ended by PUT, known to those whom they concern. */
@Component
class CareTeamProvider implements IResourceProvider {

    private static final int ABSENT = 404;

    private final TeamResources teams;
    private final TeamsInView view;
    private final CircleRegister register;
    private final ResourceCheck check;

    CareTeamProvider(TeamResources teams, TeamsInView view, CircleRegister register, ResourceCheck check) {
        this.teams = teams;
        this.view = view;
        this.register = register;
        this.check = check;
    }

    @Override
    public Class<CareTeam> getResourceType() {
        return CareTeam.class;
    }

    /** Declares a team. */
    @Create
    public MethodOutcome create(@ResourceParam CareTeam body, RequestDetails request) {
        CareTeam team = new TeamDeclaration(body, Judgement.of(request.getUserData()), check).declared();
        return Answers.of(TeamResources.published(register.create(team, request)), true, request);
    }

    /** Changes a team that is in force; a status that is not active ends it and changes nothing else. */
    @Update
    public MethodOutcome update(@IdParam IdType id, @ResourceParam CareTeam body, RequestDetails request) {
        CareTeam stored = stored(id);
        CircleRegister.requireVersion(id, stored);
        CareTeam changed = new TeamDeclaration(body, Judgement.of(request.getUserData()), check).changed(stored);
        return Answers.of(TeamResources.published(register.update(changed, request)), false, request);
    }

    /** One team, ended ones included. */
    @Read
    public CareTeam read(@IdParam IdType id, RequestDetails request) {
        Judgement.of(request.getUserData());
        return TeamResources.published(stored(id));
    }

    /**
     * The teams in force that count for a patient and that the caller may know of.
     *
     * @param patient by id or {@code patient.identifier}; read by {@code enforcement}, which resolved and judged it
     */
    @Search(allowUnknownParams = true)
    public Bundle search(
            @OptionalParam(
                            name = CareTeam.SP_PATIENT,
                            chainWhitelist = {"", "identifier"})
                    ReferenceParam patient,
            RequestDetails request) {
        Judgement judgement = Judgement.of(request.getUserData());
        List<CareTeam> found = view.ids(judgement).stream()
                .flatMap(id -> teams.byId(id).stream())
                .map(TeamResources::published)
                .toList();
        String patientId = judgement.patient().orElseThrow().id();
        return Searchset.whole("CareTeam", patientId).of(found, found.size(), request);
    }

    private CareTeam stored(IdType id) {
        return teams.byId(id.getIdPart()).orElseThrow(() -> Fault.of(ABSENT, "not-found"));
    }
}
