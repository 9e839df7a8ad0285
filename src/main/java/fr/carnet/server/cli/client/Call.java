package fr.carnet.server.cli.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;

/** A request of a FHIR client. */
public final class Call {

    private static final String FHIR_JSON = "application/fhir+json";

    private final String method;
    private final String path;
    private final String accept;
    private final Optional<String> contentType;
    private final Optional<byte[]> body;

    private Call(String method, String path, String accept, Optional<String> contentType, Optional<byte[]> body) {
        this.method = method;
        this.path = path;
        this.accept = accept;
        this.contentType = contentType;
        this.body = body;
    }

    /** GET of a resource or a search; the path is relative to the base, or absolute. */
    public static Call get(String path) {
        return get(path, FHIR_JSON);
    }

    /** GET with an {@code Accept} of its own. */
    public static Call get(String path, String accept) {
        return new Call("GET", path, accept, Optional.empty(), Optional.empty());
    }

    /** ITI-65 and other transactions: POST on the base. */
    public static Call transaction(IBaseResource bundle) {
        return write("POST", "", bundle);
    }

    /** POST, PUT or PATCH of a resource in JSON. */
    public static Call write(String method, String path, IBaseResource resource) {
        return write(method, path, FHIR_JSON, FhirJson.bytes(resource));
    }

    /** POST, PUT or PATCH of ready bytes. */
    public static Call write(String method, String path, String contentType, byte[] body) {
        return new Call(method, path, FHIR_JSON, Optional.of(contentType), Optional.of(body));
    }

    /** Escapes a value of a query. */
    public static String escaped(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** HTTP verb. */
    public String method() {
        return method;
    }

    /** Relative to the FHIR base, or an absolute URL. */
    public String path() {
        return path;
    }

    String accept() {
        return accept;
    }

    Optional<String> contentType() {
        return contentType;
    }

    Optional<byte[]> body() {
        return body;
    }
}
