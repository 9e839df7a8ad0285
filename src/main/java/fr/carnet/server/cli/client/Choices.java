package fr.carnet.server.cli.client;

import java.nio.charset.StandardCharsets;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/** What is decided of a record, as it is sent: consents and masks of its holder, deletions of an author. */
public final class Choices {

    private static final String KIND = "https://carnet.example/fhir/CodeSystem/consent-kind";
    private static final String JSON_PATCH = "application/json-patch+json";

    private Choices() {}

    /** {@code POST Consent}: the holder lets this professional consult, from now by the server's clock (TD0.3, R36). */
    public static Call authorisation(Person holder, String idNatPs) {
        return Call.write(
                "POST", "Consent", consent("authorisation", "OPTIN", ConsentProvisionType.PERMIT, holder, idNatPs));
    }

    /** {@code POST Consent}: the holder blocks this professional (R44). */
    public static Call block(Person holder, String idNatPs) {
        return Call.write("POST", "Consent", consent("block", "OPTOUT", ConsentProvisionType.DENY, holder, idNatPs));
    }

    private static Consent consent(
            String kind, String policy, ConsentProvisionType type, Person holder, String idNatPs) {
        var consent = new Consent();
        consent.setStatus(Consent.ConsentState.ACTIVE);
        consent.setScope(CodeSystems.concept("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy"));
        consent.addCategory(CodeSystems.concept(KIND, kind));
        consent.setPatient(new Reference().setIdentifier(holder.identifier()));
        consent.addPerformer(new Reference().setIdentifier(holder.identifier()));
        consent.setPolicyRule(CodeSystems.concept("http://terminology.hl7.org/CodeSystem/v3-ActCode", policy));
        var professional =
                new Identifier().setSystem(CodeSystems.PROFESSIONAL_ID).setValue(idNatPs);
        consent.getProvision()
                .setType(type)
                .addActor()
                .setRole(CodeSystems.concept("http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "IRCP"))
                .setReference(new Reference().setIdentifier(professional));
        return consent;
    }

    /** Ends a consent, by a PATCH of its status. */
    public static Call ending(String consent) {
        return Call.write(
                "PATCH",
                consent,
                JSON_PATCH,
                bytes("[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"inactive\"}]"));
    }

    /** Hides a document from professionals, by JSON Patch. */
    public static Call masking(String document) {
        String label = "{\"coding\":[{\"system\":\"" + CodeSystems.VISIBILITY + "\",\"code\":\"MASQUE_PS\"}]}";
        return Call.write(
                "PATCH",
                document,
                JSON_PATCH,
                bytes("[{\"op\":\"add\",\"path\":\"/securityLabel/-\",\"value\":" + label + "}]"));
    }

    /** Shows it again, by FHIRPath Patch. */
    public static Call unmasking(String document) {
        var patch = new Parameters();
        var operation = patch.addParameter().setName("operation");
        operation.addPart().setName("type").setValue(new CodeType("delete"));
        operation
                .addPart()
                .setName("path")
                .setValue(new StringType(
                        "DocumentReference.securityLabel.where(coding.system='" + CodeSystems.VISIBILITY + "')"));
        return Call.write("PATCH", document, patch);
    }

    /** Deletes a document, by its author (R127, R128). */
    public static Call deletion(String document) {
        return Call.write(
                "PATCH",
                document,
                JSON_PATCH,
                bytes("[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"entered-in-error\"}]"));
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
