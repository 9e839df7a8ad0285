package fr.carnet.dmp;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.annotation.ConditionalUrlParam;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.RequiredParam;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.annotation.Update;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.MethodNotAllowedException;
import ca.uhn.fhir.util.UrlUtil;
import fr.carnet.policy.Judgement;
import fr.carnet.policy.PatientFacts;
import fr.carnet.shared.Ins;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.springframework.stereotype.Component;

/** TD0.2 for everybody, registration for the operator. */
@Component
class PatientProvider implements IResourceProvider {

    private final PatientRecords records;
    private final PatientRegister register;
    private final PatientAnswers answers;
    private final DaoRegistry daos;

    PatientProvider(PatientRecords records, PatientRegister register, PatientAnswers answers, DaoRegistry daos) {
        this.records = records;
        this.register = register;
        this.answers = answers;
        this.daos = daos;
    }

    @Override
    public Class<Patient> getResourceType() {
        return Patient.class;
    }

    /** TD0.2: is there a record, is it open, where does the caller stand; no entry when there is none (R13, R14). */
    @Search
    public Bundle search(@RequiredParam(name = Patient.SP_IDENTIFIER) TokenParam identifier, RequestDetails request) {
        Judgement judgement = Judgement.of(request.getUserData());
        Optional<PatientFacts> facts = records.byIns(ins(identifier, request), judgement.caller());
        return answers.searchset(facts, this::stored, judgement, request.getFhirServerBase());
    }

    private Patient stored(PatientFacts facts) {
        return daos.getResourceDao(Patient.class).read(new IdType("Patient", facts.id()), SystemWrite.request());
    }

    /** {@code PUT Patient?identifier=<system>|<value>}: registers the patient or corrects him. */
    @Update
    public MethodOutcome update(
            @ResourceParam Patient patient,
            @IdParam IdType id,
            @ConditionalUrlParam String condition,
            RequestDetails request) {
        if (condition == null) {
            throw new MethodNotAllowedException("a patient is registered by PUT Patient?identifier=");
        }
        Judgement.of(request.getUserData());
        var findings = new Findings();
        Optional<RegisteredRecord> said = PatientReading.read(patient, findings);
        Ins expected = ins(identifier(condition, request), request);
        said.ifPresent(known -> findings.require(known.ins().equals(expected), "ins-differs", "Patient.identifier"));
        findings.refuseIfAny(request);
        var registration = register.register(expected, patient, request);
        return Answers.of(registration.patient(), registration.created(), request);
    }

    private static TokenParam identifier(String condition, RequestDetails request) {
        Map<String, String[]> parameters = UrlUtil.parseQueryString(condition.substring(condition.indexOf('?') + 1));
        String[] values = parameters.getOrDefault(Patient.SP_IDENTIFIER, new String[0]);
        String[] token = values.length == 1 ? values[0].split("\\|", -1) : new String[0];
        if (token.length != 2) {
            throw Findings.refusal("ins-invalid", "identifier", request);
        }
        return new TokenParam(token[0], token[1]);
    }

    private static Ins ins(TokenParam identifier, RequestDetails request) {
        try {
            return Ins.of(identifier.getSystem(), identifier.getValue());
        } catch (Ins.InvalidIns e) {
            throw Findings.refusal("ins-invalid", "identifier", request);
        }
    }
}
