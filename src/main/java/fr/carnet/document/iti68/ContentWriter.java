package fr.carnet.document.iti68;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import fr.carnet.document.ContentStore;
import fr.carnet.document.ContentStore.Content;
import fr.carnet.document.RegistryWriter;
import fr.carnet.shared.Fault;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Binary;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Sends a document's bytes with its own media type, or as a {@code Binary} resource when the client prefers FHIR.
 *
 * <p>Runs just before {@link RegistryWriter}, that is after sieve and notary.
 */
@Component
@Interceptor
public class ContentWriter {

    private static final String KEY = ContentWriter.class.getName();
    private static final List<MediaType> FHIR = List.of(
            MediaType.valueOf("application/fhir+json"),
            MediaType.valueOf("application/fhir+xml"),
            MediaType.APPLICATION_JSON);

    private final ContentStore contents;

    ContentWriter(ContentStore contents) {
        this.contents = contents;
    }

    /** Leaves the id of the content to send with the request. */
    static void leave(String content, RequestDetails request) {
        request.getUserData().put(KEY, content);
    }

    /** Answers in place of HAPI when there are bytes to send. */
    @Hook(value = Pointcut.SERVER_OUTGOING_RESPONSE, order = RegistryWriter.ORDER - 1)
    public boolean write(ServletRequestDetails request, ResponseDetails details) throws IOException {
        String id = (String) request.getUserData().get(KEY);
        if (id == null) {
            return true;
        }
        Content content = contents.open(id).orElseThrow(() -> Fault.of(404, "not-found"));
        try (InputStream bytes = content.bytes()) {
            if (prefersFhir(request, MediaType.valueOf(content.mediaType()))) {
                Binary binary = new Binary().setContentType(content.mediaType()).setData(bytes.readAllBytes());
                binary.setId("Binary/" + id);
                details.setResponseResource(binary);
                return true;
            }
            send(content, bytes, request.getServletResponse());
            return false;
        }
    }

    private static void send(Content content, InputStream bytes, HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType(content.mediaType());
        response.setContentLengthLong(content.size());
        response.setHeader("Content-Disposition", "attachment");
        bytes.transferTo(response.getOutputStream());
        response.flushBuffer();
    }

    /** The client's first choice that can be met; 406 if none can. */
    private static boolean prefersFhir(ServletRequestDetails request, MediaType own) {
        if (request.getParameters().containsKey("_format")) {
            return true;
        }
        for (MediaType accepted : accepted(request.getHeader("Accept"))) {
            if (FHIR.stream().anyMatch(f -> f.equalsTypeAndSubtype(accepted))) {
                return true;
            }
            if (accepted.includes(own)) {
                return false;
            }
        }
        throw Fault.of(406, "not-acceptable", own.toString());
    }

    private static List<MediaType> accepted(String header) {
        try {
            return Optional.ofNullable(header).filter(h -> !h.isBlank()).map(MediaType::parseMediaTypes).stream()
                    .flatMap(List::stream)
                    .filter(m -> m.getQualityValue() > 0)
                    .sorted(Comparator.comparingDouble(MediaType::getQualityValue)
                            .reversed())
                    .collect(java.util.stream.Collectors.collectingAndThen(
                            java.util.stream.Collectors.toList(), l -> l.isEmpty() ? List.of(MediaType.ALL) : l));
        } catch (InvalidMediaTypeException e) {
            throw Fault.of(406, "not-acceptable", "?");
        }
    }
}
