package fr.carnet.server.cli.client;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import org.hl7.fhir.instance.model.api.IBaseResource;

/** FHIR R4 resources as JSON. */
public final class FhirJson {

    private static final FhirContext R4 = FhirContext.forR4Cached();

    private FhirJson() {}

    /** Encodes a resource without white space. */
    public static String text(IBaseResource resource) {
        return R4.newJsonParser().encodeResourceToString(resource);
    }

    static byte[] bytes(IBaseResource resource) {
        return text(resource).getBytes(StandardCharsets.UTF_8);
    }
}
