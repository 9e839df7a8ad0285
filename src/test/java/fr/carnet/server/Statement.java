package fr.carnet.server;

import ca.uhn.fhir.context.FhirContext;
import fr.carnet.server.RawHttp.Ask;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceSearchParamComponent;
import org.hl7.fhir.r4.model.OperationDefinition;
import org.hl7.fhir.r4.model.PrimitiveType;

/** What the running server says of itself, as questions that can be put to it. */
final class Statement {

    static final FhirContext FHIR = FhirContext.forR4Cached();

    private final CapabilityStatement told;

    private Statement(CapabilityStatement told) {
        this.told = told;
    }

    static Statement asServed() {
        String json = RawHttp.send("", Ask.get("metadata")).body();
        return new Statement(FHIR.newJsonParser().parseResource(CapabilityStatement.class, json));
    }

    CapabilityStatement told() {
        return told;
    }

    private CapabilityStatementRestComponent rest() {
        return told.getRestFirstRep();
    }

    /** Types with at least one interaction. */
    Set<String> types() {
        return rest().getResource().stream().map(r -> r.getType()).collect(Collectors.toSet());
    }

    Optional<CapabilityStatementRestResourceComponent> of(String type) {
        return rest().getResource().stream()
                .filter(r -> r.getType().equals(type))
                .findFirst();
    }

    /** Codes of the interactions of a type; the conditional ones by their own names. */
    Set<String> interactions(String type) {
        return of(type).stream()
                .flatMap(resource -> Stream.of(
                                resource.getInteraction().stream()
                                        .map(i -> i.getCode().toCode()),
                                resource.getConditionalCreate() ? Stream.of("conditional-create") : Stream.<String>of(),
                                resource.getConditionalUpdate() ? Stream.of("conditional") : Stream.<String>of(),
                                resource.hasConditionalDelete() ? Stream.of("conditional-delete") : Stream.<String>of())
                        .flatMap(codes -> codes))
                .collect(Collectors.toSet());
    }

    Set<String> systemInteractions() {
        return rest().getInteraction().stream().map(i -> i.getCode().toCode()).collect(Collectors.toSet());
    }

    List<CapabilityStatementRestResourceSearchParamComponent> parameters(String type) {
        return of(type).orElseThrow().getSearchParam();
    }

    Set<String> operations(String type) {
        return of(type).stream()
                .flatMap(resource -> resource.getOperation().stream())
                .map(operation -> operation.getName())
                .collect(Collectors.toSet());
    }

    /** True if an operation of a type is asked of one resource, as its definition says. */
    boolean isOfOne(String type, String operation) {
        return of(type).stream()
                .flatMap(resource -> resource.getOperation().stream())
                .filter(stated -> stated.getName().equals(operation))
                .anyMatch(stated -> definition(stated.getDefinition()).getInstance());
    }

    /** True if an operation of a type is asked of the type itself, as its definition says. */
    boolean isOfType(String type, String operation) {
        return of(type).stream()
                .flatMap(resource -> resource.getOperation().stream())
                .filter(stated -> stated.getName().equals(operation))
                .map(stated -> definition(stated.getDefinition()))
                // those of FHIR itself are asked of types here
                .anyMatch(definition -> definition.getType() || !definition.hasType());
    }

    private static OperationDefinition definition(String url) {
        String file = "/profiles/OperationDefinition-" + url.substring(url.lastIndexOf('/') + 1) + ".json";
        try (InputStream ours = Statement.class.getResourceAsStream(file)) {
            return ours == null
                    ? new OperationDefinition()
                    : FHIR.newJsonParser().parseResource(OperationDefinition.class, ours);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> formats() {
        return told.getFormat().stream().map(PrimitiveType::getValue).toList();
    }

    List<String> patchFormats() {
        return told.getPatchFormat().stream().map(PrimitiveType::getValue).toList();
    }
}
