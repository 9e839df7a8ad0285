package fr.carnet.dmp;

import fr.carnet.policy.PatientFacts;
import fr.carnet.shared.Caller;
import fr.carnet.shared.Ins;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;
import org.springframework.stereotype.Component;

/** Facts of patients, for whoever decides or checks; each method is one SQL statement. */
@Component
public class PatientRecords {

    private final FactsTable table;

    PatientRecords(FactsTable table) {
        this.table = table;
    }

    /**
     * Facts by matricule.
     *
     * @param caller only teams that contain him are among the facts
     * @return empty when no patient bears it
     */
    public Optional<PatientFacts> byIns(Ins ins, Caller caller) {
        return table.byIns(ins, caller.subject());
    }

    /**
     * Facts by FHIR id.
     *
     * @param patientId id without type
     * @param caller only teams that contain him are among the facts
     * @return empty when there is no such patient
     */
    public Optional<PatientFacts> byId(String patientId, Caller caller) {
        return table.byId(patientId, caller.subject());
    }

    /**
     * Facts by FHIR id, without teams: for what no caller asks.
     *
     * @param patientId id without type
     * @return empty when there is no such patient
     */
    public Optional<PatientFacts> byId(String patientId) {
        return table.find(patientId).map(facts -> facts.asPolicyFacts(patientId, List.of()));
    }

    /**
     * Facts of many patients by FHIR id, without teams, in one statement: for what no caller asks.
     *
     * @param patientIds ids without type; unknown ones are left out
     */
    public Map<String, PatientFacts> byIds(Collection<String> patientIds) {
        return table.findAll(patientIds);
    }

    /**
     * Facts by FHIR id with the teams of everybody who declared an access: for who asks about others.
     *
     * @param patientId id without type
     * @return empty when there is no such patient
     */
    public Optional<PatientFacts> withAllTeams(String patientId) {
        return table.find(patientId).map(facts -> {
            PatientFacts alone = facts.asPolicyFacts(patientId, List.of());
            return facts.asPolicyFacts(patientId, table.teams(patientId, alone.authorisations()));
        });
    }

    /**
     * Facts of the patient whom a reference names, by literal {@code Patient/<id>} or by an identifier that is an INS.
     *
     * @return empty when it names none, or none that is known
     * @throws Ins.InvalidIns if its identifier cannot be a matricule INS (R1, R2)
     */
    public Optional<PatientFacts> byReference(Reference reference, Caller caller) {
        IdType literal = new IdType(reference.getReference());
        if (literal.hasIdPart()) {
            boolean local = !literal.isAbsolute() && "Patient".equals(literal.getResourceType());
            return local ? byId(literal.getIdPart(), caller) : Optional.empty();
        }
        return reference.hasIdentifier()
                ? byIns(
                        Ins.of(
                                reference.getIdentifier().getSystem(),
                                reference.getIdentifier().getValue()),
                        caller)
                : Optional.empty();
    }

    /**
     * Strict traits, to compare a document with (R8).
     *
     * @param patientId id without type
     */
    public Optional<RegisteredTraits> traits(String patientId) {
        return table.find(patientId).map(facts -> facts.record().traits());
    }
}
