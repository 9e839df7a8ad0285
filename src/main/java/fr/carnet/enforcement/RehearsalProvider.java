package fr.carnet.enforcement;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import fr.carnet.dmp.Rehearsal;
import fr.carnet.document.Outcomes;
import fr.carnet.document.iti65.DryRun;
import fr.carnet.shared.Fault;
import fr.carnet.shared.Fault.Issue;
import fr.carnet.shared.Texts;
import java.util.List;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Resource;

/**
 * {@code $validate} of what is declared of a patient and of the people around him: everything that the declaration would meet,
 * and nothing follows from it.
 */
final class RehearsalProvider implements IResourceProvider {

    private static final int OK = 200;

    private final Class<? extends Resource> type;
    private final Rehearsal rehearsal;

    RehearsalProvider(Class<? extends Resource> type, Rehearsal rehearsal) {
        this.type = type;
        this.rehearsal = rehearsal;
    }

    @Override
    public Class<? extends IBaseResource> getResourceType() {
        return type;
    }

    /** Answers 200 with everything that was found; nothing is kept, and nobody is told. */
    @Operation(name = DryRun.OPERATION)
    public OperationOutcome validate(RequestDetails request) {
        DryRun run = DryRun.of(request.getUserData());
        List<Issue> issues = run.accepted() ? rehearsed(request) : run.issues();
        return Outcomes.of(issues, OK, Texts.of(request.getHeader("Accept-Language")));
    }

    private List<Issue> rehearsed(RequestDetails request) {
        try {
            rehearsal.of((Resource) request.getResource(), request);
            return List.of(DryRun.ACCEPTED);
        } catch (Fault refused) {
            return refused.issues();
        } finally {
            RequestNotes.of(request.getUserData()).owesNothing();
        }
    }
}
