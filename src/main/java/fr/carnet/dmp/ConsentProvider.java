package fr.carnet.dmp;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.Create;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Patch;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.PatchTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import fr.carnet.policy.Judgement;
import fr.carnet.policy.PatientFacts;
import fr.carnet.policy.Policy;
import org.hl7.fhir.instance.model.api.IBaseParameters;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.IdType;
import org.springframework.stereotype.Component;

/** TD0.3 and the holder's choices: declared by POST, ended by PATCH. */
@Component
class ConsentProvider implements IResourceProvider {

    private final ConsentResources consents;
    private final ConsentRegister register;
    private final FhirContext context;
    private final Policy policy;

    ConsentProvider(ConsentResources consents, ConsentRegister register, FhirContext context, Policy policy) {
        this.consents = consents;
        this.register = register;
        this.context = context;
        this.policy = policy;
    }

    @Override
    public Class<Consent> getResourceType() {
        return Consent.class;
    }

    /** Declares a choice; one that was declared before is renewed (R42). */
    @Create
    public MethodOutcome create(@ResourceParam Consent body, RequestDetails request) {
        Judgement judgement = Judgement.of(request.getUserData());
        PatientFacts patient =
                judgement.patient().orElseThrow(() -> Findings.refusal("consent-patient", "Consent.patient"));
        var declaration = new Declaration(body, patient, judgement, policy);
        var findings = new Findings();
        ConsentReading.check(body, findings);
        declaration.check(findings);
        findings.refuseIfAny();
        return Answers.of(ConsentResources.published(register.declare(declaration.resource(), request)), true, request);
    }

    /** Ends a choice: active to inactive is the one change there is. */
    @Patch
    public MethodOutcome patch(
            @IdParam IdType id,
            PatchTypeEnum type,
            @ResourceParam String body,
            @ResourceParam IBaseParameters parameters,
            RequestDetails request) {
        Judgement judgement = Judgement.of(request.getUserData());
        Consent stored = consents.byId(id.getIdPart())
                .filter(consent -> judgement
                        .patient()
                        .filter(patient -> patient.id().equals(ConsentReading.patientId(consent)))
                        .isPresent())
                .orElseThrow(() -> new ResourceNotFoundException(id));
        if (id.hasVersionIdPart()
                && !id.getVersionIdPart().equals(stored.getIdElement().getVersionIdPart())) {
            throw new ResourceVersionConflictException("the Consent has another version by now");
        }
        var patch = new ConsentPatch(context, type, body, parameters);
        if (!patch.ends(ConsentResources.published(stored))) {
            throw Findings.refusal("consent-patch", "Consent.status");
        }
        Consent ended = register.change(stored.copy().setStatus(ConsentState.INACTIVE), request);
        return Answers.of(ConsentResources.published(ended), false, request);
    }
}
