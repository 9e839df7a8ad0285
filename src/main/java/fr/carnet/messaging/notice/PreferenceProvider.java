package fr.carnet.messaging.notice;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import fr.carnet.messaging.AttestedWrites;
import fr.carnet.policy.Judgement;
import fr.carnet.shared.Caller;
import fr.carnet.shared.CallerKind;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;
import org.springframework.stereotype.Component;

/** {@code POST Patient/$notice-preferences}: how the holder is told, seen or changed (R97). */
@Component
class PreferenceProvider implements IResourceProvider {

    private final Preferences preferences;
    private final AttestedWrites writes;

    PreferenceProvider(Preferences preferences, AttestedWrites writes) {
        this.preferences = preferences;
        this.writes = writes;
    }

    @Override
    public Class<Patient> getResourceType() {
        return Patient.class;
    }

    /** Answers how he is told from now on. */
    @Operation(name = PreferenceRequest.OPERATION)
    public Parameters keep(RequestDetails request) {
        Judgement judgement = Judgement.of(request.getUserData());
        PreferenceRequest asked = PreferenceRequest.of(request.getUserData());
        String patient = judgement.patient().orElseThrow().id();
        if (!asked.changes()) {
            return answer(preferences.of(patient), judgement.caller());
        }
        return writes.perform(request, () -> {
            Preference changed = asked.applied(preferences.of(patient));
            preferences.save(patient, changed, judgement.caller().kind().isHoldersSide());
            return answer(changed, judgement.caller());
        });
    }

    /** The holder's own address is told to him alone, and to others not even that there is one (R99). */
    private static Parameters answer(Preference preference, Caller caller) {
        var answer = new Parameters();
        preference
                .ownEmail()
                .filter(address -> caller.kind() == CallerKind.HOLDER)
                .ifPresent(address -> answer.addParameter(PreferenceRequest.OWN_EMAIL, new StringType(address)));
        preference.email().ifPresent(email -> answer.addParameter(PreferenceRequest.EMAIL, new StringType(email)));
        answer.addParameter(PreferenceRequest.LANGUAGE, new CodeType(preference.language()));
        answer.addParameter(PreferenceRequest.LETTER, new BooleanType(preference.letter()));
        answer.addParameter(PreferenceRequest.DOCUMENTS, new BooleanType(preference.documents()));
        answer.addParameter(PreferenceRequest.ACCESSES, new BooleanType(preference.accesses()));
        return answer;
    }
}
