package fr.carnet.server.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.fhir.model.format.Format;
import com.ibm.fhir.model.generator.FHIRGenerator;
import com.ibm.fhir.model.generator.exception.FHIRGeneratorException;
import com.ibm.fhir.model.parser.FHIRParser;
import com.ibm.fhir.model.parser.exception.FHIRParserException;
import com.ibm.fhir.model.resource.Resource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Optional;

/**
 * A client with another implementation of FHIR than the server's: the model, parser and generator of LinuxForHealth FHIR,
 * which check cardinalities, types of references and required codes of all that they read and write.
 *
 * @param base FHIR base
 * @param token bearer token
 * @param format in which resources are sent and asked for
 */
record ThirdPartyClient(URI base, String token, Format format) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Media type of FHIR in this format. */
    static String mediaType(Format format) {
        return switch (format) {
            case JSON -> "application/fhir+json";
            case XML -> "application/fhir+xml";
            case RDF -> throw new IllegalArgumentException("Carnet speaks no RDF");
        };
    }

    /** The same caller in another format. */
    ThirdPartyClient in(Format other) {
        return new ThirdPartyClient(base, token, other);
    }

    Reply get(String path) {
        return get(path, mediaType(format));
    }

    Reply get(String path, String accept) {
        return send("GET", path, accept, Optional.empty(), BodyPublishers.noBody());
    }

    /** Search by form. */
    Reply search(String type, String form) {
        Optional<String> contentType = Optional.of("application/x-www-form-urlencoded");
        return send("POST", type + "/_search", mediaType(format), contentType, BodyPublishers.ofString(form));
    }

    /** POST of a resource; the path is empty for a transaction. */
    Reply post(String path, Resource resource) {
        var body = new ByteArrayOutputStream();
        try {
            FHIRGenerator.generator(format).generate(resource, body);
        } catch (FHIRGeneratorException e) {
            throw new IllegalArgumentException(e);
        }
        String type = mediaType(format);
        return send("POST", path, type, Optional.of(type), BodyPublishers.ofByteArray(body.toByteArray()));
    }

    private Reply send(String method, String path, String accept, Optional<String> contentType, BodyPublisher body) {
        URI target = path.startsWith("http") || path.isEmpty()
                ? URI.create(path.isEmpty() ? base.toString() : path)
                : URI.create(base + "/" + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .header("Authorization", "Bearer " + token)
                .header("Accept", accept)
                .method(method, body);
        contentType.ifPresent(type -> request.header("Content-Type", type));
        try {
            HttpResponse<byte[]> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Reply(format, answer.statusCode(), answer.headers(), answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What came back. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Reply(Format format, int status, HttpHeaders headers, byte[] body) {

        /** The resource, in the format that was asked for. */
        <T extends Resource> T as(Class<T> type) {
            assertThat(contentType()).startsWith(mediaType(format));
            try {
                Resource resource = FHIRParser.parser(format).parse(new ByteArrayInputStream(body));
                assertThat(resource).isInstanceOf(type);
                return type.cast(resource);
            } catch (FHIRParserException e) {
                throw new AssertionError(e.getMessage() + " at " + e.getPath(), e);
            }
        }

        String contentType() {
            return headers.firstValue("Content-Type").orElse("");
        }
    }
}
