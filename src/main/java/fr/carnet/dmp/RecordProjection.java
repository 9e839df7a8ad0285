package fr.carnet.dmp;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import fr.carnet.policy.PatientFacts;
import fr.carnet.policy.Policy;
import fr.carnet.policy.RecordLife;
import fr.carnet.shared.IdNatPs;
import jakarta.annotation.PostConstruct;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps the facts equal to the resources, in the transaction that stores them. */
@Component
@Interceptor
public class RecordProjection {

    private final FactsTable table;
    private final DaoRegistry daos;
    private final IInterceptorService interceptors;
    private final TransactionTemplate transaction;
    private final RecordLife life;

    RecordProjection(
            FactsTable table,
            DaoRegistry daos,
            IInterceptorService interceptors,
            TransactionTemplate transaction,
            Policy policy) {
        this.table = table;
        this.daos = daos;
        this.interceptors = interceptors;
        this.transaction = transaction;
        this.life = new RecordLife(policy.settings());
    }

    @PostConstruct
    void register() {
        interceptors.registerInterceptor(this);
    }

    /** Called by HAPI before it commits a new resource. */
    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
    public void created(IBaseResource resource) {
        project(resource);
    }

    /** Called by HAPI before it commits a new version. */
    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
    public void updated(IBaseResource before, IBaseResource after) {
        project(after);
    }

    /** Computes all facts again from the resources; requests that write wait until it is done. */
    public void rebuild() {
        transaction.executeWithoutResult(status -> computeAgain());
    }

    /**
     * Computes all facts again, compares, and leaves everything as it was; requests that write wait until it is done.
     *
     * @return FHIR ids of the patients and teams whose row differs, is missing or has no resource; empty if all is well
     */
    public Set<String> drift() {
        return transaction.execute(status -> {
            table.lockAll();
            Map<String, String> stored = table.digests();
            computeAgain();
            Map<String, String> expected = table.digests();
            status.setRollbackOnly();
            return Stream.of(stored, expected)
                    .flatMap(rows -> rows.keySet().stream())
                    .filter(id -> !Objects.equals(stored.get(id), expected.get(id)))
                    .collect(Collectors.toCollection(TreeSet::new));
        });
    }

    private void computeAgain() {
        table.lockAll();
        table.clear();
        for (Class<? extends Resource> type :
                List.of(Patient.class, CareTeam.class, RelatedPerson.class, Consent.class)) {
            projectAll(type);
        }
    }

    private <T extends IBaseResource> void projectAll(Class<T> type) {
        var dao = daos.getResourceDao(type);
        dao.searchForIds(SearchParameterMap.newSynchronous(), SystemWrite.request())
                .forEach(pid -> project(dao.readByPid(pid)));
    }

    private void project(IBaseResource resource) {
        if (resource instanceof Patient patient) {
            project(patient);
        } else if (resource instanceof Consent consent) {
            project(consent);
        } else if (resource instanceof RelatedPerson person) {
            project(person);
        } else if (resource instanceof CareTeam team) {
            project(team);
        }
    }

    private void project(Patient patient) {
        RegisteredRecord said = PatientReading.read(patient, new Findings())
                .orElseThrow(() -> new IllegalStateException("stored patient is not readable"));
        String id = patient.getIdElement().getIdPart();
        StoredFacts facts = table.lock(id).map(known -> known.with(said)).orElseGet(() -> StoredFacts.of(said));
        table.save(
                id,
                patient.getIdElement().getVersionIdPartAsLong(),
                facts,
                life.dueDay(StateExtension.courseOf(patient)));
    }

    private void project(Consent consent) {
        Optional<StoredConsent> active = consent.getStatus() == ConsentState.ACTIVE
                ? Optional.of(ConsentReading.stored(consent))
                : Optional.empty();
        change(
                ConsentReading.patientId(consent),
                facts -> facts.withConsent(consent.getIdElement().getIdPart(), active));
    }

    private void project(RelatedPerson person) {
        change(
                person.getPatient().getReferenceElement().getIdPart(),
                facts -> facts.withRepresentative(
                        person.getIdElement().getIdPart(), RepresentativeReading.read(person)));
    }

    private void project(CareTeam team) {
        String id = team.getIdElement().getIdPart();
        if (team.getStatus() != CareTeam.CareTeamStatus.ACTIVE) {
            table.removeTeam(id);
            return;
        }
        Set<String> members = team.getParticipant().stream()
                .map(participant -> participant.getMember().getIdentifier())
                .filter(identifier -> IdNatPs.SYSTEM.equals(identifier.getSystem()) && identifier.hasValue())
                .map(Identifier::getValue)
                .collect(Collectors.toSet());
        table.saveTeam(
                new PatientFacts.CareTeam(id, members),
                Optional.ofNullable(team.getSubject().getReferenceElement().getIdPart()));
    }

    private void change(String patientId, UnaryOperator<StoredFacts> change) {
        StoredFacts facts = table.lock(patientId).orElseThrow(() -> new IllegalStateException("patient without facts"));
        table.change(patientId, change.apply(facts));
    }
}
