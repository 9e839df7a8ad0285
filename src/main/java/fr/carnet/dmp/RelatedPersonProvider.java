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
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.springframework.stereotype.Component;

/** Who acts for a patient in law, or assists him (R147, R149): registered by POST, corrected and ended by PUT. */
@Component
class RelatedPersonProvider implements IResourceProvider {

    private static final int ABSENT = 404;

    private final RelatedResources persons;
    private final FactsTable facts;
    private final CircleRegister register;
    private final ResourceCheck check;

    RelatedPersonProvider(RelatedResources persons, FactsTable facts, CircleRegister register, ResourceCheck check) {
        this.persons = persons;
        this.facts = facts;
        this.register = register;
        this.check = check;
    }

    @Override
    public Class<RelatedPerson> getResourceType() {
        return RelatedPerson.class;
    }

    /** Registers somebody, by the operator; or shares a child's space with the second parent. */
    @Create
    public MethodOutcome create(@ResourceParam RelatedPerson body, RequestDetails request) {
        RelatedPerson person = new Relation(body, Judgement.of(request.getUserData()), check).registered();
        return Answers.of(RelatedResources.published(register.create(person, request)), true, request);
    }

    /** Corrects a title; with {@code active} false it ends and nothing else changes. */
    @Update
    public MethodOutcome update(@IdParam IdType id, @ResourceParam RelatedPerson body, RequestDetails request) {
        RelatedPerson stored = stored(id);
        CircleRegister.requireVersion(id, stored);
        RelatedPerson changed = new Relation(body, Judgement.of(request.getUserData()), check).changed(stored);
        return Answers.of(RelatedResources.published(register.update(changed, request)), false, request);
    }

    /** One person, with a title that has ended too. */
    @Read
    public RelatedPerson read(@IdParam IdType id, RequestDetails request) {
        Judgement.of(request.getUserData());
        return RelatedResources.published(stored(id));
    }

    /**
     * Everybody with a title on a patient's record, past and future dates included.
     *
     * @param patient by id or {@code patient.identifier}; read by {@code enforcement}, which resolved and judged it
     */
    @Search(allowUnknownParams = true)
    public Bundle search(
            @OptionalParam(
                            name = RelatedPerson.SP_PATIENT,
                            chainWhitelist = {"", "identifier"})
                    ReferenceParam patient,
            RequestDetails request) {
        String patientId =
                Judgement.of(request.getUserData()).patient().orElseThrow().id();
        List<RelatedPerson> found = facts.find(patientId).stream()
                .flatMap(known -> known.representatives().keySet().stream().sorted())
                .flatMap(id -> persons.byId(id).stream())
                .map(RelatedResources::published)
                .toList();
        return Searchset.whole("RelatedPerson", patientId).of(found, found.size(), request);
    }

    private RelatedPerson stored(IdType id) {
        return persons.byId(id.getIdPart()).orElseThrow(() -> Fault.of(ABSENT, "not-found"));
    }
}
