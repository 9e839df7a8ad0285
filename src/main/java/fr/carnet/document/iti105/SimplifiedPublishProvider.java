package fr.carnet.document.iti105;

import ca.uhn.fhir.rest.annotation.Create;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.PreferReturnEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import fr.carnet.document.Outcomes;
import fr.carnet.document.RegistryReading;
import fr.carnet.document.iti65.SimplifiedPublication;
import fr.carnet.document.iti65.SimplifiedPublication.Published;
import fr.carnet.policy.Rule;
import fr.carnet.shared.Fault.Issue;
import fr.carnet.shared.Fault.Severity;
import fr.carnet.shared.Texts;
import fr.carnet.validation.SimplifiedPublish;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.springframework.stereotype.Component;

/**
 * {@code POST DocumentReference}: stored like a lot of one document. Whoever may read the document gets it as it is stored;
 * whoever may not gets its location and an OperationOutcome (R153).
 */
@Component
public class SimplifiedPublishProvider implements IResourceProvider {

    private static final int OK = 200;

    private final SimplifiedPublication publication;
    private final RegistryReading reading;

    SimplifiedPublishProvider(SimplifiedPublication publication, RegistryReading reading) {
        this.publication = publication;
        this.reading = reading;
    }

    @Override
    public Class<DocumentReference> getResourceType() {
        return DocumentReference.class;
    }

    /**
     * Publishes.
     *
     * @param received as sent; what is stored is what was prepared from it and judged
     */
    @Create
    public MethodOutcome publish(@ResourceParam DocumentReference received, RequestDetails request) {
        Published published = publication.publish(request);
        var outcome = new MethodOutcome(published.id(), !published.again());
        outcome.setResponseStatusCode(published.again() ? OK : 201);
        ((ServletRequestDetails) request)
                .getServletResponse()
                .setHeader(
                        "Location",
                        request.getFhirServerBase() + "/"
                                + published.id().toUnqualified().getValue());
        PreferReturnEnum wished = RestfulServerUtils.parsePreferHeader(request.getHeader("Prefer"))
                .getReturn();
        boolean whole = wished == null || wished == PreferReturnEnum.REPRESENTATION;
        if (whole && reading.leave("DocumentReference", published.id().getIdPart(), request)) {
            outcome.setResource(new DocumentReference().setId(published.id()));
        } else if (wished == PreferReturnEnum.OPERATION_OUTCOME) {
            outcome.setOperationOutcome(said(published, request));
        } else if (whole) {
            outcome.setResource(said(published, request));
        }
        return outcome;
    }

    private static OperationOutcome said(Published published, RequestDetails request) {
        return Outcomes.of(said(published), OK, Texts.of(request.getHeader("Accept-Language")));
    }

    private static List<Issue> said(Published published) {
        String sentence = published.again() ? "information.document-already-stored" : "information.published";
        String code = published.again() ? Rule.R124_DUPLICATE.id() : "published";
        Issue first = new Issue(Severity.INFORMATION, code, sentence, List.of(), Optional.empty());
        return Stream.concat(
                        Stream.of(first),
                        published.warnings().stream()
                                .map(w -> new Issue(
                                        w.severity(),
                                        w.code(),
                                        w.messageKey(),
                                        w.args(),
                                        w.expression().map(SimplifiedPublish::expression))))
                .toList();
    }
}
