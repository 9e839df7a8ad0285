package fr.carnet.dmp;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the facts of patients equal to the resources again, or tells where they differ. First what is found by patient, then
 * each patient's facts as a whole, so that no record is ever open without its blocks.
 *
 * <p>May run beside a serving server: one patient at a time is locked for those who write; who reads waits for nothing.
 * Interrupted, it may simply be run again.
 */
@Component
public class RecordRebuild {

    /** Tables of ours, by the column that has the FHIR id. */
    private static final Map<String, String> TABLES = Map.of(
            "patient_facts", "patient_id",
            "matricule", "patient_id",
            "care_team", "id",
            "consent", "id",
            "related_person", "id");

    /** Patients last, when all that is theirs is found. */
    private static final List<Class<? extends Resource>> TYPES =
            List.of(Consent.class, RelatedPerson.class, CareTeam.class, Patient.class);

    private final StoredRecords stored;
    private final FactsTable facts;
    private final CircleTable circle;
    private final RecordProjection projection;
    private final TransactionTemplate transaction;

    RecordRebuild(
            StoredRecords stored,
            FactsTable facts,
            CircleTable circle,
            RecordProjection projection,
            TransactionTemplate transaction) {
        this.stored = stored;
        this.facts = facts;
        this.circle = circle;
        this.projection = projection;
        this.transaction = transaction;
    }

    /** Told after each batch. */
    @FunctionalInterface
    public interface Progress {
        /**
         * So many resources are done.
         *
         * @param done so far
         * @param total when the work began
         */
        void at(int done, int total);
    }

    /**
     * Writes the rows of every patient, team, choice and related person anew, and removes rows without a resource.
     *
     * @return number of resources looked at
     */
    public int rebuild(Progress progress) {
        TABLES.forEach(
                (table, column) -> stored.orphans(table, column).forEach(id -> circle.remove(table, column, id)));
        return walk(
                progress,
                task -> transaction.executeWithoutResult(status -> {
                    task.lock().run();
                    task.write().run();
                }));
    }

    /**
     * Computes every row anew, compares it with the stored one, and leaves everything as it was.
     *
     * @return FHIR ids of resources with another row or none, and of rows without a resource; empty if all is well
     */
    public Set<String> drift(Progress progress) {
        Set<String> differing = new TreeSet<>();
        TABLES.forEach((table, column) -> differing.addAll(stored.orphans(table, column)));
        walk(
                progress,
                task -> transaction.executeWithoutResult(status -> {
                    status.setRollbackOnly();
                    task.lock().run();
                    String before = circle.digest(task.id());
                    task.write().run();
                    if (!circle.digest(task.id()).equals(before)) {
                        differing.add(task.id());
                    }
                }));
        return differing;
    }

    /**
     * What is done for one resource.
     *
     * @param lock keeps others from writing its rows
     * @param write reads it again, for it may have changed, and writes its rows
     */
    private record Task(String id, Runnable lock, Runnable write) {}

    private int walk(Progress progress, Consumer<Task> perform) {
        int total = stored.count();
        int done = 0;
        for (Class<? extends Resource> type : TYPES) {
            var batch = stored.after(type, Long.MIN_VALUE);
            while (!batch.ids().isEmpty()) {
                batch.ids().stream().map(id -> task(type, id)).forEach(perform);
                done += batch.ids().size();
                progress.at(done, total);
                batch = stored.after(type, batch.last());
            }
        }
        return done;
    }

    /** The patient of a choice or person never changes: he is read before, and in a session of its own. */
    private Task task(Class<? extends Resource> type, String id) {
        if (type == Consent.class) {
            String patientId = stored.read(Consent.class, id)
                    .map(ConsentReading::patientId)
                    .orElse(id);
            return new Task(id, () -> facts.lock(patientId), () -> stored.read(Consent.class, id)
                    .ifPresent(projection::index));
        }
        if (type == RelatedPerson.class) {
            String patientId = stored.read(RelatedPerson.class, id)
                    .map(RepresentativeReading::patientId)
                    .orElse(id);
            return new Task(id, () -> facts.lock(patientId), () -> stored.read(RelatedPerson.class, id)
                    .ifPresent(projection::index));
        }
        if (type == CareTeam.class) {
            return new Task(id, () -> circle.lockTeam(id), () -> stored.read(CareTeam.class, id)
                    .ifPresent(projection::project));
        }
        return new Task(
                id, () -> facts.lock(id), () -> stored.read(Patient.class, id).ifPresent(this::write));
    }

    private void write(Patient patient) {
        String id = patient.getIdElement().getIdPart();
        StoredFacts fresh = StoredFacts.of(RecordProjection.said(patient));
        for (String related : circle.personsOf(id)) {
            RelatedPerson person = stored.read(RelatedPerson.class, related).orElseThrow();
            fresh = fresh.withRepresentative(related, RepresentativeReading.read(person));
        }
        for (String chosen : circle.consentsOf(id)) {
            Consent consent = stored.read(Consent.class, chosen).orElseThrow();
            fresh = fresh.withConsent(chosen, RecordProjection.active(consent));
        }
        facts.release(id);
        projection.save(patient, fresh);
    }
}
