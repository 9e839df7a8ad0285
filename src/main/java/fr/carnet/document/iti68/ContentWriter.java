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
import fr.carnet.document.ContentStore.Content;
import fr.carnet.document.RegistryWriter;
import fr.carnet.shared.Fault;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
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
    private final FhirContext fhir;

    ContentWriter(ContentStore contents, FhirContext fhir) {
        this.contents = contents;
        this.fhir = fhir;
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
                details.setResponseResource(resource(request.getResourceName(), id, content, bytes));
                return true;
            }
            send(content, bytes, request.getServletResponse());
            return false;
        }
    }

    /** A Binary around the bytes; a FHIR document is a resource itself, in whichever encoding is asked for. */
    private IBaseResource resource(String type, String id, Content content, InputStream bytes) throws IOException {
        if (type.equals("Bundle")) {
            String text = new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
            return EncodingEnum.forContentType(content.mediaType())
                    .newParser(fhir)
                    .parseResource(text);
        }
        Binary binary = new Binary().setContentType(content.mediaType()).setData(bytes.readAllBytes());
        binary.setId("Binary/" + id);
        return binary;
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
            boolean document = "Bundle".equals(request.getResourceName());
            if (document && accepted.includes(own)) {
                return false;
            }
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
