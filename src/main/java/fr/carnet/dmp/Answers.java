package fr.carnet.dmp;

import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.PreferReturnEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import org.hl7.fhir.instance.model.api.IBaseResource;

/** Answers of writes: without a body unless the caller prefers the representation. */
final class Answers {

    private Answers() {}

    static MethodOutcome of(IBaseResource stored, boolean created, RequestDetails request) {
        var outcome = new MethodOutcome(stored.getIdElement(), created);
        String prefer = request.getHeader("Prefer");
        if (prefer != null
                && RestfulServerUtils.parsePreferHeader(prefer).getReturn() == PreferReturnEnum.REPRESENTATION) {
            outcome.setResource(stored);
        }
        return outcome;
    }
}
