package fr.carnet.dmp;

import ca.uhn.fhir.rest.annotation.ConditionalUrlParam;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.OptionalParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.annotation.Update;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.util.UrlUtil;
import fr.carnet.policy.Judgement;
import fr.carnet.policy.PatientFacts;
import fr.carnet.policy.Rule;
import fr.carnet.shared.Fault;
import fr.carnet.shared.IdentifierToken;
import fr.carnet.shared.Ins;
import fr.carnet.validation.ResourceCheck;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.springframework.stereotype.Component;

/** TD0.2 (ITI-78) for everybody, registration for the operator. */
@Component
class PatientProvider implements IResourceProvider {

    private final PatientRecords records;
    private final PatientRegister register;
    private final PatientAnswers answers;
    private final StoredPatients patients;
    private final ResourceCheck check;

    PatientProvider(
            PatientRecords records,
            PatientRegister register,
            PatientAnswers answers,
            StoredPatients patients,
            ResourceCheck check) {
        this.records = records;
        this.register = register;
        this.answers = answers;
        this.patients = patients;
        this.check = check;
    }

    @Override
    public Class<Patient> getResourceType() {
        return Patient.class;
    }

    /** TD0.2: is there a record, is it open, where does the caller stand; no entry when there is none (R13, R14). */
    @Search(allowUnknownParams = true)
    public Bundle search(@OptionalParam(name = Patient.SP_IDENTIFIER) TokenParam identifier, RequestDetails request) {
        Judgement judgement = Judgement.of(request.getUserData());
        Optional<Ins> ins = PatientReading.ins(identifier.getSystem(), identifier.getValue());
        var findings = new Findings();
        findings.require(ins.isPresent(), Rule.R2_INS_INVALID, "identifier");
        findings.refuseIfAny();
        Ins asked = ins.orElseThrow();
        Optional<PatientFacts> facts = records.byIns(asked, judgement.caller());
        return answers.searchset(facts, asked, patients::read, judgement, request.getFhirServerBase());
    }

    /**
     * One by id, as TD0.2 tells him; who has no record is told to the operator alone.
     *
     * @throws Fault 404 for the others
     */
    @Read
    public Patient read(@IdParam IdType id, RequestDetails request) {
        Judgement judgement = Judgement.of(request.getUserData());
        PatientFacts facts = judgement.patient().orElseThrow();
        return answers.told(Optional.of(facts), facts.ins(), patients::read, judgement)
                .orElseThrow(() -> Fault.of(404, "not-found"));
    }

    /** {@code PUT Patient?identifier=<system>|<value>}: registers the patient or corrects him; his state and his matricules stay. */
    @Update
    public MethodOutcome update(
            @ResourceParam Patient patient,
            @IdParam IdType id,
            @ConditionalUrlParam String condition,
            RequestDetails request) {
        if (condition == null) {
            throw Fault.of(405, "patient-by-id");
        }
        Judgement judgement = Judgement.of(request.getUserData());
        boolean statesState = StateExtension.isIn(patient);
        if (!statesState) {
            StateExtension.begin(patient, judgement.now());
        }
        var findings = new Findings();
        Optional<RegisteredRecord> said = PatientReading.read(patient, findings);
        Optional<Ins> expected = ins(condition);
        findings.require(expected.isPresent(), Rule.R2_INS_INVALID, "identifier");
        boolean same = said.isEmpty() || expected.isEmpty() || said.get().ins().equals(expected.get());
        findings.require(same, "ins-differs", "Patient.identifier");
        boolean future = said.filter(record -> record.stateSince().isAfter(judgement.now()))
                .isPresent();
        findings.require(!future, "record-state-since", "Patient.extension");
        findings.conform(patient, check, "patient-registration");
        findings.refuseIfAny();
        var registration = register.register(expected.orElseThrow(), patient, statesState, request);
        return Answers.of(registration.patient(), registration.created(), request);
    }

    /** The condition names one matricule and nothing else. */
    private static Optional<Ins> ins(String condition) {
        Map<String, String[]> parameters = UrlUtil.parseQueryString(condition.substring(condition.indexOf('?') + 1));
        String[] values = parameters.getOrDefault(Patient.SP_IDENTIFIER, new String[0]);
        if (parameters.size() != 1 || values.length != 1) {
            return Optional.empty();
        }
        return IdentifierToken.parse(values[0]).flatMap(token -> PatientReading.ins(token.system(), token.value()));
    }
}
