package fr.carnet.server.guide;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;

/**
 * The statement of what is served as an OpenAPI 3.0 document: nothing that it does not state. Searches bear values that
 * answer in the sandbox, and in {@code x-sandbox-actor} whose token they need.
 */
final class OpenApi {

    /** Holder of the examples, with her own token, or that of her treating physician. */
    private static final String PATIENT = "urn:oid:1.2.250.1.213.1.4.10|284057505601204";

    private static final String FHIR_JSON = "application/fhir+json";

    /** Whose token the example of a search needs: who sees what is the policy's. */
    private static final Map<String, String> ACTORS = Map.of(
            "Patient", "dr-martin",
            "DocumentReference", "dr-martin",
            "List", "dr-martin",
            "Consent", "alice",
            "CareTeam", "alice",
            "RelatedPerson", "alice",
            "Communication", "alice",
            "AuditEvent", "alice");

    private final ObjectMapper mapper = new ObjectMapper();
    private final ObjectNode paths = JsonNodeFactory.instance.objectNode();

    private OpenApi() {}

    /** The document. */
    static JsonNode of(CapabilityStatement statement) {
        return new OpenApi().write(statement);
    }

    private ObjectNode write(CapabilityStatement statement) {
        statement
                .getRestFirstRep()
                .getInteraction()
                .forEach(interaction -> operation("/", "post", interaction.getDocumentation(), body(FHIR_JSON)));
        operation("/metadata", "get", statement.getTitle(), mapper.createObjectNode())
                .putArray("security");
        statement.getRestFirstRep().getResource().forEach(this::resource);
        ObjectNode document = mapper.createObjectNode().put("openapi", "3.0.3");
        document.putObject("info")
                .put("title", statement.getTitle())
                .put("version", statement.getVersion())
                .put("description", statement.getDescription());
        document.putArray("servers").addObject().put("url", "/fhir");
        document.putArray("security").addObject().putArray("token");
        document.set("paths", paths);
        document.putObject("components")
                .putObject("securitySchemes")
                .putObject("token")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("bearerFormat", "JWT");
        return document;
    }

    private void resource(CapabilityStatementRestResourceComponent resource) {
        String type = "/" + resource.getType();
        resource.getInteraction().forEach(i -> interaction(resource, type, i.getCode()));
        resource.getOperation()
                .forEach(operation -> operation(
                        type + "/$" + operation.getName(), "post", operation.getDefinition(), body(FHIR_JSON)));
    }

    private void interaction(
            CapabilityStatementRestResourceComponent resource, String type, TypeRestfulInteraction interaction) {
        String one = type + "/{id}";
        String told = resource.getDocumentation();
        switch (interaction) {
            case READ -> withId(operation(one, "get", told, mapper.createObjectNode()));
            case CREATE -> operation(type, "post", told, body(FHIR_JSON));
            case SEARCHTYPE -> search(resource, type);
            case UPDATE -> {
                if (resource.getConditionalUpdate()) {
                    withIdentifier(operation(type, "put", told, body(FHIR_JSON)));
                } else {
                    withId(operation(one, "put", told, body(FHIR_JSON)));
                }
            }
            case PATCH -> {
                withId(operation(one, "patch", told, body("application/json-patch+json")));
                if (resource.getConditionalUpdate()) {
                    withIdentifier(operation(type, "patch", told, body("application/json-patch+json")));
                }
            }
            default -> throw new IllegalStateException("no form for " + interaction.toCode());
        }
    }

    private void search(CapabilityStatementRestResourceComponent resource, String type) {
        ObjectNode search = operation(type, "get", resource.getDocumentation(), mapper.createObjectNode());
        search.put("x-sandbox-actor", ACTORS.get(resource.getType()));
        var parameters = search.putArray("parameters");
        resource.getSearchParam().forEach(stated -> {
            ObjectNode parameter = parameters
                    .addObject()
                    .put("name", stated.getName())
                    .put("in", "query")
                    .put("description", stated.hasDefinition() ? stated.getDefinition() : stated.getDocumentation());
            parameter.putObject("schema").put("type", "string");
            if (isOfThePatient(resource.getType(), stated.getName())) {
                parameter.put("example", PATIENT);
            } else if (resource.getType().equals("List") && stated.getName().equals("code")) {
                // MHD asks for it
                parameter.put("example", "submissionset");
            }
        });
        ObjectNode form = mapper.createObjectNode();
        form.putObject("requestBody").putObject("content").putObject("application/x-www-form-urlencoded");
        operation(type + "/_search", "post", resource.getDocumentation(), form);
    }

    private static boolean isOfThePatient(String type, String parameter) {
        return parameter.equals(type.equals("Patient") ? "identifier" : "patient.identifier");
    }

    private ObjectNode operation(String path, String method, String summary, ObjectNode operation) {
        operation.put("summary", summary);
        operation.putObject("responses").putObject("default").put("description", "FHIR");
        paths.withObject("/" + path.replace("~", "~0").replace("/", "~1")).set(method, operation);
        return operation;
    }

    private ObjectNode body(String mediaType) {
        ObjectNode operation = mapper.createObjectNode();
        operation
                .putObject("requestBody")
                .put("required", true)
                .putObject("content")
                .putObject(mediaType);
        return operation;
    }

    private static void withId(ObjectNode operation) {
        parameter(operation, "id", "path");
    }

    private static void withIdentifier(ObjectNode operation) {
        parameter(operation, "identifier", "query");
    }

    private static void parameter(ObjectNode operation, String name, String place) {
        operation
                .putArray("parameters")
                .addObject()
                .put("name", name)
                .put("in", place)
                .put("required", true)
                .putObject("schema")
                .put("type", "string");
    }
}
