package fr.carnet.messaging.notice;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import jakarta.annotation.PostConstruct;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.Patient;
import org.springframework.stereotype.Component;

/** The e-mail address with which the operator registers a patient, noted in the transaction that stores him (R97). */
@Component
@Interceptor
public class RegisteredAddresses {

    private final Preferences preferences;
    private final IInterceptorService store;

    RegisteredAddresses(Preferences preferences, IInterceptorService store) {
        this.preferences = preferences;
        this.store = store;
    }

    @PostConstruct
    void register() {
        store.registerInterceptor(this);
    }

    /** Called by HAPI before it commits a new resource. */
    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
    public void created(IBaseResource resource) {
        note(resource);
    }

    /** Called by HAPI before it commits a new version. */
    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
    public void updated(IBaseResource before, IBaseResource after) {
        note(after);
    }

    private void note(IBaseResource resource) {
        if (resource instanceof Patient patient) {
            patient.getTelecom().stream()
                    .filter(contact -> contact.getSystem() == ContactPointSystem.EMAIL && contact.hasValue())
                    .map(ContactPoint::getValue)
                    .filter(MailAddress::isOne)
                    .findFirst()
                    .ifPresent(
                            email -> preferences.register(patient.getIdElement().getIdPart(), email));
        }
    }
}
