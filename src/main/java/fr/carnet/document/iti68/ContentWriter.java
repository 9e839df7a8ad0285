package fr.carnet.document.iti68;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import fr.carnet.document.ContentStore;
import fr.carnet.document.RegistryPage;
import fr.carnet.document.RegistryRow;
import fr.carnet.document.RegistryWriter;
import fr.carnet.shared.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Binary;
import org.springframework.stereotype.Component;

/**
 * Sends a document's bytes with its own media type, or as a {@code Binary} resource when the client prefers FHIR.
 *
 * <p>What is sent is settled after the sieve and before the notary: a condition of the client is looked at only when the
 * policy has let the document through, and the trace tells the status that is answered. It is sent last.
 */
@Component
@Interceptor
public class ContentWriter {

    /** After the sieve, before the notary. */
    static final int SETTLED = 200_000;

    private static final String CONTENT = ContentWriter.class.getName() + ".content";
    private static final String ANSWER = ContentWriter.class.getName() + ".answer";

    private final ContentStore contents;
    private final FhirContext fhir;
    private final Clock clock;

    ContentWriter(ContentStore contents, FhirContext fhir, Clock clock) {
        this.contents = contents;
        this.fhir = fhir;
        this.clock = clock;
    }

    /** Leaves the id of the content to send with the request. */
    static void leave(String content, RequestDetails request) {
        request.getUserData().put(CONTENT, content);
    }

    /** Settles what is sent. */
    @Hook(value = Pointcut.SERVER_OUTGOING_RESPONSE, order = SETTLED)
    public void settle(ServletRequestDetails request, ResponseDetails details) {
        Map<Object, Object> left = request.getUserData();
        if (left.get(CONTENT) instanceof String id) {
            RegistryRow row = RegistryPage.of(left).rows().get(0);
            var content = contents.open(id).orElseThrow(() -> Fault.of(404, "not-found"));
            var answer = ContentAnswer.of(request, id, content, row.title(), row.date(), clock.instant());
            details.setResponseCode(answer.status());
            left.put(ANSWER, answer);
        }
    }

    /** Answers in place of HAPI when there are bytes to send. */
    @Hook(value = Pointcut.SERVER_OUTGOING_RESPONSE, order = RegistryWriter.ORDER - 1)
    public boolean write(ServletRequestDetails request, ResponseDetails details) throws IOException {
        if (!(request.getUserData().get(ANSWER) instanceof ContentAnswer answer)) {
            return true;
        }
        try (InputStream bytes = answer.content().bytes()) {
            if (!answer.asResource()) {
                answer.send(request);
                return false;
            }
            details.setResponseResource(resource(request, answer, bytes));
            return true;
        }
    }

    /** A Binary around the bytes; a FHIR document is a resource itself, in whichever encoding is asked for. */
    private IBaseResource resource(ServletRequestDetails request, ContentAnswer answer, InputStream bytes)
            throws IOException {
        String mediaType = answer.content().mediaType();
        if ("Bundle".equals(request.getResourceName())) {
            String text = new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
            return EncodingEnum.forContentType(mediaType).newParser(fhir).parseResource(text);
        }
        Binary binary = new Binary().setContentType(mediaType).setData(bytes.readAllBytes());
        binary.setId("Binary/" + request.getUserData().get(CONTENT));
        return binary;
    }
}
