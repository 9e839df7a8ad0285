package fr.carnet.document.update;

import ca.uhn.fhir.rest.annotation.ConditionalUrlParam;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Patch;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.PatchTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import fr.carnet.document.Outcomes;
import fr.carnet.policy.Judgement;
import fr.carnet.shared.Fault.Issue;
import fr.carnet.shared.Fault.Severity;
import fr.carnet.shared.Texts;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseParameters;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.springframework.stereotype.Component;

/** PATCH DocumentReference, by id and by {@code ?identifier=}: the judge has resolved both to one id. */
@Component
public class MetadataUpdateProvider implements IResourceProvider {

    private static final String KEY = MetadataUpdateProvider.class.getName();

    private final MetadataUpdate update;
    private final View view;

    MetadataUpdateProvider(MetadataUpdate update, View view) {
        this.update = update;
        this.view = view;
    }

    /** Leaves the id of the document that the judge found with the request. */
    public static void leave(String id, RequestDetails request) {
        request.getUserData().put(KEY, id);
    }

    @Override
    public Class<DocumentReference> getResourceType() {
        return DocumentReference.class;
    }

    /**
     * Applies a patch; the updated document is returned to whoever may still read it. The DMP's form is answered with a
     * warning in its place: what was done is not what the patch says.
     */
    @Patch
    public MethodOutcome patch(
            @IdParam IdType id,
            @ConditionalUrlParam String condition,
            PatchTypeEnum type,
            @ResourceParam String body,
            @ResourceParam IBaseParameters parameters,
            RequestDetails request) {
        String document = (String) request.getUserData().get(KEY);
        var done = update.apply(
                document,
                ExpectedVersion.of(request.getHeader("If-Match")),
                new fr.carnet.document.update.Patch(type, body, parameters),
                request);
        var outcome =
                new MethodOutcome(new IdType("DocumentReference", document, Long.toString(done.version())), false);
        boolean plain = !(done.effect() instanceof Effect.Deleted) && !done.dmpForm();
        if (plain && readable(document, request)) {
            outcome.setResource(new DocumentReference().setId(outcome.getId()));
        } else {
            outcome.setResource(said(done, request));
        }
        return outcome;
    }

    private boolean readable(String document, RequestDetails request) {
        return view.answer(document, Judgement.of(request.getUserData()))
                .map(page -> {
                    page.storeIn(request.getUserData());
                    return page;
                })
                .isPresent();
    }

    private static OperationOutcome said(MetadataUpdate.Done done, RequestDetails request) {
        String code =
                done.effect() instanceof Effect.Deleted ? "deleted" : done.dmpForm() ? "dmp-label-form" : "updated";
        Issue issue = new Issue(Severity.WARNING, code, "warning." + code, List.of(), Optional.empty());
        return Outcomes.of(List.of(issue), 200, Texts.of(request.getHeader("Accept-Language")));
    }
}
