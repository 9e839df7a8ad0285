package fr.carnet.dmp;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.Count;
import ca.uhn.fhir.rest.annotation.Create;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Offset;
import ca.uhn.fhir.rest.annotation.OptionalParam;
import ca.uhn.fhir.rest.annotation.Patch;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.PatchTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import fr.carnet.policy.Judgement;
import fr.carnet.policy.PatientFacts;
import fr.carnet.policy.Policy;
import fr.carnet.validation.ResourceCheck;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseParameters;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.IdType;
import org.springframework.stereotype.Component;

/** TD0.3 and the holder's choices: declared by POST, ended by PATCH, listed by search. */
@Component
class ConsentProvider implements IResourceProvider {

    private final ConsentResources consents;
    private final ConsentRegister register;
    private final FhirContext context;
    private final Policy policy;
    private final ConsentList list;
    private final ResourceCheck check;

    ConsentProvider(
            ConsentResources consents,
            ConsentRegister register,
            FhirContext context,
            Policy policy,
            ConsentList list,
            ResourceCheck check) {
        this.consents = consents;
        this.register = register;
        this.context = context;
        this.policy = policy;
        this.list = list;
        this.check = check;
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
        Consent completed = declaration.resource();
        findings.conform(completed, check, declaration.profiles());
        findings.refuseIfAny();
        return Answers.of(ConsentResources.published(register.declare(completed, request)), true, request);
    }

    /**
     * The choices on a record that the caller may see, the latest first (R91).
     *
     * @param patient by id or {@code patient.identifier}; read by {@code enforcement}, which resolved and judged it
     * @param status {@code active} or {@code inactive}
     * @param category kind of choice, with or without its system
     * @param count page size, 50 unless told, 500 at most; 0 asks for the total alone
     * @param offset how many to skip
     */
    @Search(allowUnknownParams = true)
    public Bundle search(
            @OptionalParam(
                            name = Consent.SP_PATIENT,
                            chainWhitelist = {"", "identifier"})
                    ReferenceParam patient,
            @OptionalParam(name = Consent.SP_STATUS) TokenParam status,
            @OptionalParam(name = Consent.SP_CATEGORY) TokenParam category,
            @Count Integer count,
            @Offset Integer offset,
            RequestDetails request) {
        Judgement judgement = Judgement.of(request.getUserData());
        var query = new ConsentQuery(
                judgement,
                Optional.ofNullable(status).map(Wanted::active),
                Optional.ofNullable(category).map(Wanted::kind));
        String patientId = judgement.patient().orElseThrow().id();
        Searchset page = Searchset.page("Consent", patientId, offset, count);
        return page.of(list.page(query, page.offset(), page.size()), list.count(query), request);
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
