package fr.carnet.document.update;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.patch.FhirPatch;
import ca.uhn.fhir.jpa.patch.JsonPatchUtils;
import ca.uhn.fhir.jpa.patch.XmlPatchUtils;
import ca.uhn.fhir.rest.api.PatchTypeEnum;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import fr.carnet.shared.Fault;
import org.hl7.fhir.instance.model.api.IBaseParameters;
import org.hl7.fhir.r4.model.DocumentReference;

/**
 * A patch as received.
 *
 * @param type JSON Patch, XML Patch or FHIRPath Patch
 * @param body of the first two
 * @param parameters of the last
 */
record Patch(PatchTypeEnum type, String body, IBaseParameters parameters) {

    /**
     * Applies it to a copy.
     *
     * @throws Fault 422 if it does not fit the document; nothing of the document is told
     */
    DocumentReference applyTo(DocumentReference document, FhirContext fhir) {
        DocumentReference copy = document.copy();
        try {
            switch (type) {
                case JSON_PATCH -> copy = JsonPatchUtils.apply(fhir, copy, body);
                case XML_PATCH -> copy = XmlPatchUtils.apply(fhir, copy, body);
                case FHIR_PATCH_JSON, FHIR_PATCH_XML -> new FhirPatch(fhir).apply(copy, parameters);
                default -> throw Fault.of(415, "patch-format");
            }
            return copy;
        } catch (BaseServerResponseException | IllegalArgumentException e) {
            throw Fault.of(422, "patch-does-not-fit");
        }
    }
}
