package fr.carnet.enforcement;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import fr.carnet.policy.Judgement;
import fr.carnet.trace.RecordInView;
import fr.carnet.trace.TraceView;
import java.util.Optional;

/** The record whose traces the judge has opened to this request. */
final class TracesInView implements RecordInView {

    @Override
    public Optional<TraceView> of(RequestDetails request) {
        Judgement judgement = Judgement.of(request.getUserData());
        return judgement.patient().map(patient -> new TraceView(patient.id(), judgement.caller()));
    }
}
