package fr.carnet.dmp;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.patch.FhirPatch;
import ca.uhn.fhir.jpa.patch.JsonPatchUtils;
import ca.uhn.fhir.rest.api.PatchTypeEnum;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import org.hl7.fhir.instance.model.api.IBaseParameters;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;

/**
 * A patch of a Consent; its effect counts, not its wording.
 *
 * @param type JSON Patch or FHIRPath Patch
 * @param body of a JSON Patch
 * @param parameters of a FHIRPath Patch
 */
record ConsentPatch(FhirContext context, PatchTypeEnum type, String body, IBaseParameters parameters) {

    /** True if the only effect on the Consent is that it ends. */
    boolean ends(Consent published) {
        Consent ended = published.copy().setStatus(ConsentState.INACTIVE);
        try {
            return published.getStatus() == ConsentState.ACTIVE
                    && json(apply(published)).equals(json(ended));
        } catch (BaseServerResponseException | IllegalArgumentException malformed) {
            return false;
        }
    }

    private Consent apply(Consent published) {
        return switch (type) {
            case JSON_PATCH -> JsonPatchUtils.apply(context, published, body);
            case FHIR_PATCH_JSON, FHIR_PATCH_XML -> {
                Consent copy = published.copy();
                new FhirPatch(context).apply(copy, parameters);
                yield copy;
            }
            case XML_PATCH -> published;
        };
    }

    private String json(Consent consent) {
        return context.newJsonParser().encodeResourceToString(consent);
    }
}
