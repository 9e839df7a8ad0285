package fr.carnet.dmp;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import fr.carnet.policy.PatientFacts;
import fr.carnet.policy.Policy;
import fr.carnet.policy.RecordLife;
import jakarta.annotation.PostConstruct;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.springframework.stereotype.Component;

/** Keeps the facts equal to the resources, in the transaction that stores them. */
@Component
@Interceptor
public class RecordProjection {

    private final FactsTable table;
    private final CircleTable circle;
    private final IInterceptorService interceptors;
    private final RecordLife life;

    RecordProjection(FactsTable table, CircleTable circle, IInterceptorService interceptors, Policy policy) {
        this.table = table;
        this.circle = circle;
        this.interceptors = interceptors;
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
        RegisteredRecord said = said(patient);
        StoredFacts facts = table.lock(patient.getIdElement().getIdPart())
                .map(known -> known.with(said))
                .orElseGet(() -> StoredFacts.of(said));
        save(patient, facts);
    }

    static RegisteredRecord said(Patient patient) {
        return PatientReading.read(patient, new Findings())
                .orElseThrow(() -> new IllegalStateException("stored patient is not readable"));
    }

    /** Writes the row of a Patient. */
    void save(Patient patient, StoredFacts facts) {
        table.save(
                patient.getIdElement().getIdPart(),
                patient.getIdElement().getVersionIdPartAsLong(),
                facts,
                life.dueDay(StateExtension.courseOf(patient)));
    }

    private void project(Consent consent) {
        index(consent);
        change(
                ConsentReading.patientId(consent),
                facts -> facts.withConsent(consent.getIdElement().getIdPart(), active(consent)));
    }

    private void project(RelatedPerson person) {
        index(person);
        change(
                RepresentativeReading.patientId(person),
                facts -> facts.withRepresentative(
                        person.getIdElement().getIdPart(), RepresentativeReading.read(person)));
    }

    /** What an active Consent says. */
    static Optional<StoredConsent> active(Consent consent) {
        return Optional.of(consent)
                .filter(known -> known.getStatus() == ConsentState.ACTIVE)
                .map(ConsentReading::stored);
    }

    /** Writes by what the Consent is found. */
    void index(Consent consent) {
        circle.saveConsent(
                consent.getIdElement().getIdPart(),
                ConsentReading.patientId(consent),
                ConsentReading.stored(consent),
                consent.getStatus() == ConsentState.ACTIVE,
                ConsentReading.isSecret(consent));
    }

    /** Writes whose RelatedPerson it is. */
    void index(RelatedPerson person) {
        circle.savePerson(person.getIdElement().getIdPart(), RepresentativeReading.patientId(person));
    }

    /** Writes the row of a CareTeam. */
    void project(CareTeam team) {
        String id = team.getIdElement().getIdPart();
        if (!TeamReading.isActive(team)) {
            circle.removeTeam(id);
            return;
        }
        LegalPeriod period = LegalPeriod.of(team.getPeriod());
        circle.saveTeam(
                new PatientFacts.CareTeam(id, TeamReading.members(team), period.from(), period.until()),
                TeamReading.patientId(team),
                TeamReading.structure(team));
    }

    private void change(String patientId, UnaryOperator<StoredFacts> change) {
        StoredFacts facts = table.lock(patientId).orElseThrow(() -> new IllegalStateException("patient without facts"));
        table.change(patientId, change.apply(facts));
    }
}
