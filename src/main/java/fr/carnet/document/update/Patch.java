package fr.carnet.document.update;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.patch.FhirPatch;
import ca.uhn.fhir.jpa.patch.JsonPatchUtils;
import ca.uhn.fhir.rest.api.PatchTypeEnum;
import com.github.dnault.xmlpatch.Patcher;
import fr.carnet.shared.Fault;
import fr.carnet.shared.Fault.Issue;
import fr.carnet.validation.syntax.Syntax;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hl7.fhir.instance.model.api.IBaseParameters;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;

/**
 * A patch as received.
 *
 * @param type JSON Patch, XML Patch or FHIRPath Patch
 * @param body of the first two
 * @param parameters of the last
 */
record Patch(PatchTypeEnum type, String body, IBaseParameters parameters) {

    /** @throws Fault 400, 405, 413 or 422 if no update looks like that; the document plays no part in it */
    void requireShape() {
        switch (type) {
            case JSON_PATCH -> PatchShape.requireJson(body);
            case XML_PATCH -> PatchShape.requireXml(body);
            default -> PatchShape.requireFhir(requireParameters());
        }
    }

    private Parameters requireParameters() {
        if (parameters instanceof Parameters given && given.hasParameter()) {
            return given;
        }
        throw Fault.of(400, "patch-unreadable");
    }

    /**
     * Applies it to a copy.
     *
     * @throws Fault 422 if it does not fit the document, or adds what FHIR R4 does not have; nothing of the document is told
     */
    DocumentReference applyTo(DocumentReference document, FhirContext fhir) {
        DocumentReference copy = document.copy();
        try {
            switch (type) {
                case JSON_PATCH -> copy = JsonPatchUtils.apply(fhir, copy, body);
                case XML_PATCH -> copy = applyXml(copy, fhir);
                case FHIR_PATCH_JSON, FHIR_PATCH_XML -> applyFhirPath(copy, fhir);
                default -> throw Fault.of(415, "patch-format");
            }
            return copy;
        } catch (Fault told) {
            throw told;
        } catch (RuntimeException | IOException e) {
            // the libraries meet a path that leads nowhere with whatever comes to hand
            throw Fault.of(422, "patch-does-not-fit");
        }
    }

    /** The library parses the patched document as it comes; what it would drop of it is refused here. */
    private DocumentReference applyXml(DocumentReference document, FhirContext fhir) throws IOException {
        String before = fhir.newXmlParser().encodeResourceToString(document);
        var patched = new ByteArrayOutputStream();
        Patcher.patch(bytes(before), bytes(body), patched);
        String after = patched.toString(StandardCharsets.UTF_8);
        List<Issue> dropped = new Syntax(fhir).xml(new StringReader(after));
        if (!dropped.isEmpty()) {
            throw new Fault(422, dropped);
        }
        return fhir.newXmlParser().parseResource(DocumentReference.class, after);
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * True if the first label is another element afterwards, be it with the same content: so the DMP sets and lifts the
     * mask, as if there were one label only.
     */
    boolean replacesFirstLabel(DocumentReference document, FhirContext fhir) {
        DocumentReference marked = document.copy();
        marked.getSecurityLabelFirstRep().setId("first");
        try {
            DocumentReference after = applyTo(marked, fhir);
            return after.getSecurityLabel().size() == marked.getSecurityLabel().size()
                    && !after.getSecurityLabelFirstRep().hasId();
        } catch (Fault fitsOnlyWithoutTheMark) {
            return false;
        }
    }

    /**
     * FHIRPath Patch. The deletion of a label is done here: the library does not understand {@code where(coding.system=…)},
     * by which PDSm names the label to delete.
     */
    private void applyFhirPath(DocumentReference copy, FhirContext fhir) {
        var remaining = new Parameters();
        for (var operation : ((Parameters) parameters).getParameter()) {
            String path = part(operation, "path");
            boolean label = "delete".equals(part(operation, "type"))
                    && path != null
                    && path.startsWith("DocumentReference.securityLabel");
            if (label) {
                delete(copy, fhir.newFhirPath().evaluate(copy, path, CodeableConcept.class));
            } else {
                remaining.addParameter(operation);
            }
        }
        if (remaining.hasParameter()) {
            new FhirPatch(fhir).apply(copy, remaining);
        }
    }

    private static void delete(DocumentReference copy, List<CodeableConcept> labels) {
        if (labels.size() != 1) {
            throw Fault.of(422, "patch-does-not-fit");
        }
        copy.getSecurityLabel().removeIf(label -> label == labels.get(0));
    }

    /** Value of a part of an operation; null if it has none. */
    static String part(ParametersParameterComponent operation, String name) {
        return operation.getPart().stream()
                .filter(p -> name.equals(p.getName()) && p.getValue() != null)
                .map(p -> p.getValue().primitiveValue())
                .findFirst()
                .orElse(null);
    }
}
