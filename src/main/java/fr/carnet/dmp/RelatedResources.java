package fr.carnet.dmp;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import fr.carnet.policy.RelatedFacts;
import fr.carnet.validation.ResourceCheck;
import java.util.Optional;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.springframework.stereotype.Component;

/** RelatedPerson resources, as whoever judges them needs them. */
@Component
public class RelatedResources {

    private final DaoRegistry daos;
    private final ResourceCheck check;

    RelatedResources(DaoRegistry daos, ResourceCheck check) {
        this.daos = daos;
        this.check = check;
    }

    /**
     * What the policy asks about a person whom somebody registers.
     *
     * @throws fr.carnet.shared.Fault of 422 with every finding, if it is not in the shape of docs/circle.md
     */
    public RelatedFacts sent(RelatedPerson person) {
        var findings = new Findings();
        RepresentativeReading.check(person, findings);
        findings.refuseIfAny(person, check);
        return factsOf(person);
    }

    /** The same of a person who is about to be stored. */
    public static RelatedFacts declared(RelatedPerson person) {
        var findings = new Findings();
        RepresentativeReading.check(person, findings);
        findings.refuseIfAny();
        return factsOf(person);
    }

    /** What the policy asks about a stored person. */
    public static RelatedFacts factsOf(RelatedPerson stored) {
        return new RelatedFacts(
                RepresentativeReading.localId(stored).orElseThrow(),
                RepresentativeReading.title(stored).orElseThrow());
    }

    /** FHIR id of the patient of a stored person. */
    public static String patientOf(RelatedPerson stored) {
        return RepresentativeReading.patientId(stored);
    }

    /**
     * A stored person, internal elements included: never to be answered as it is.
     *
     * @param id id without type
     * @return empty when there is none
     */
    public Optional<RelatedPerson> byId(String id) {
        try {
            return Optional.of(daos.getResourceDao(RelatedPerson.class)
                    .read(new IdType("RelatedPerson", id), SystemWrite.request()));
        } catch (ResourceNotFoundException | ResourceGoneException e) {
            return Optional.empty();
        }
    }

    /** A copy without what never leaves the server, and the facts by which it is judged once more. */
    static RelatedPerson published(RelatedPerson stored) {
        RelatedPerson copy = stored.copy();
        DeclaredBy.remove(copy);
        Shown.mark(copy, factsOf(stored));
        return copy;
    }
}
