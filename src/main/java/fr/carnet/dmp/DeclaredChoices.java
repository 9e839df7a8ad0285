package fr.carnet.dmp;

import fr.carnet.policy.Judgement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/** All that is declared on a record and that the caller may know of: choices and accesses, teams, who acts for the patient. */
@Component
public class DeclaredChoices {

    private final ConsentList consents;
    private final TeamsInView view;
    private final TeamResources teams;
    private final RelatedResources persons;
    private final FactsTable facts;

    DeclaredChoices(
            ConsentList consents, TeamsInView view, TeamResources teams, RelatedResources persons, FactsTable facts) {
        this.consents = consents;
        this.view = view;
        this.teams = teams;
        this.persons = persons;
        this.facts = facts;
    }

    /** Ended ones included, but for the teams. */
    public List<Resource> of(Judgement judgement) {
        var query = new ConsentQuery(judgement, Optional.empty(), Optional.empty());
        Stream<Resource> declared =
                consents.page(query, 0, consents.count(query)).stream().map(consent -> consent);
        Stream<Resource> inForce = view.ids(judgement).stream()
                .flatMap(id -> teams.byId(id).stream())
                .map(TeamResources::published);
        Stream<Resource> acting = facts.find(judgement.patient().orElseThrow().id()).stream()
                .flatMap(known -> known.representatives().keySet().stream().sorted())
                .flatMap(id -> persons.byId(id).stream())
                .map(RelatedResources::published);
        return Stream.of(declared, inForce, acting).flatMap(all -> all).toList();
    }
}
