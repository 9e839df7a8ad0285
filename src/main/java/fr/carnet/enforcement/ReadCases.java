package fr.carnet.enforcement;

import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import fr.carnet.document.Registry;
import fr.carnet.document.RegistryQueries;
import fr.carnet.document.RegistryQuery;
import fr.carnet.document.RegistryReading;
import fr.carnet.enforcement.Judge.Hearing;
import fr.carnet.enforcement.Judge.Verdict;
import fr.carnet.policy.Action;
import fr.carnet.policy.Decision;
import fr.carnet.policy.Decision.Deny;
import fr.carnet.policy.PatientFacts;
import fr.carnet.shared.Fault;
import fr.carnet.shared.PatientReference;
import java.util.Optional;
import java.util.Set;

/** Reads and searches before the judge. */
final class ReadCases {

    /** A FHIR document is a content like any other. */
    private static final Set<String> CONTENTS = Set.of("Binary", "Bundle");

    private final Patients patients;
    private final Registry registry;
    private final RegistryQueries queries;

    ReadCases(Patients patients, Registry registry, RegistryQueries queries) {
        this.patients = patients;
        this.registry = registry;
        this.queries = queries;
    }

    /** Documents, lots, folders, contents. */
    Verdict shared(Hearing hearing, RestOperationTypeEnum operation) {
        return operation == RestOperationTypeEnum.SEARCH_TYPE ? search(hearing) : byId(hearing);
    }

    private Verdict search(Hearing hearing) {
        hearing.asks(Action.SEARCH);
        ServletRequestDetails request = hearing.request();
        RegistryQuery query =
                queries.parse(request.getResourceName(), request.getParameters(), Cloakroom.isLenient(request));
        PatientReference name = query.patient().orElseThrow(() -> Fault.of(400, "patient-required"));
        RegistryReading.leave(query, request);
        return found(name, hearing);
    }

    /** An overview is a search whose criteria the server knows: whom it may be asked of, and what it answers, is the same. */
    Verdict overview(Hearing hearing) {
        hearing.asks(Action.SEARCH);
        return found(OverviewReading.read(hearing), hearing);
    }

    private Verdict found(PatientReference name, Hearing hearing) {
        Optional<PatientFacts> patient = patients.named(name, hearing);
        Court court = hearing.court(patient);
        return new Verdict(patient, court.require(court.decide(Action.SEARCH)));
    }

    /**
     * By id. Where the token names a patient he is judged before any look-up, so the refusal speaks and is the same whatever
     * the id; where it names none, every refusal is the answer of an absent resource.
     */
    private Verdict byId(Hearing hearing) {
        hearing.asks(Action.READ);
        if (hearing.context().patient().isPresent()) {
            Optional<PatientFacts> patient = patients.ofToken(hearing);
            Court court = hearing.court(patient);
            return new Verdict(patient, court.require(court.decide(Action.READ)));
        }
        String id = hearing.request().getId().getIdPart();
        PatientFacts patient = ownerOf(id, hearing.request().getResourceName())
                .flatMap(owner -> patients.byId(owner, hearing))
                .orElseThrow(Refused::absent);
        Court court = hearing.court(Optional.of(patient));
        Decision decision = court.decide(Action.READ);
        if (decision instanceof Deny deny) {
            RequestNotes.of(hearing.request().getUserData()).refusedBy(deny.reason());
            throw Refused.absent();
        }
        return new Verdict(Optional.of(patient), court.require(decision));
    }

    private Optional<String> ownerOf(String id, String resourceType) {
        return CONTENTS.contains(resourceType) ? registry.patientOfContent(id) : registry.patientOf(id);
    }
}
