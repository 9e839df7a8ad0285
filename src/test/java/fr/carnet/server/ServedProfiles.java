package fr.carnet.server;

import com.fasterxml.jackson.databind.JsonNode;
import fr.carnet.shared.ProfileUris;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Which profiles an answer has to keep, beside those that it claims. */
public final class ServedProfiles {

    private static final String CARNET = "https://carnet.example/fhir/StructureDefinition/carnet-";
    private static final String MHD = "https://profiles.ihe.net/ITI/MHD/StructureDefinition/IHE.MHD.";
    private static final String PDSM = "https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition/";
    private static final Map<String, String> BY_TYPE = Map.of(
            "DocumentReference", "document-reference",
            "Patient", "patient",
            "CareTeam", "care-team",
            "RelatedPerson", "related-person");
    private static final String BALP = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.";
    private static final Map<String, String> TRANSACTION_AUDITS = Map.of(
            "ITI-65", "ProvideBundle.Audit.Recipient",
            "ITI-66", "FindDocumentLists.Audit.Responder",
            "ITI-67", "FindDocumentReferences.Audit.Responder",
            "ITI-68", "RetrieveDocument.Audit.Responder",
            "ITI-105", "SimplifiedPublish.Audit.Recipient");
    private static final Map<String, String> INTERACTION_AUDITS = Map.of(
            "create", "Create",
            "read", "Read",
            "vread", "Read",
            "search", "Query",
            "update", "Update",
            "patch", "Update",
            "delete", "Delete");

    private ServedProfiles() {}

    /**
     * Canonical URLs of the profiles.
     *
     * @param request verb and path of what was asked
     */
    public static List<String> of(JsonNode resource, String request) {
        String type = resource.path("resourceType").asText();
        // what was sent as minimal stays so, and claims it
        if (resource.at("/meta/profile").toString().contains("IHE.MHD.Minimal.")) {
            return List.of();
        }
        // so does what an ITI-105 publication says too little to claim anything
        if (type.equals("DocumentReference") && resource.at("/meta/profile").isMissingNode()) {
            return List.of(MHD + "Minimal.DocumentReference");
        }
        // and lots and folders of such a submission, which the server completes in nothing
        if (type.equals("List") && resource.at("/meta/profile").isMissingNode()) {
            return List.of();
        }
        return switch (type) {
            case "Bundle" -> bundle(resource, request);
            case "List" ->
                List.of(CARNET + (isOf(resource.at("/code/coding"), "folder") ? "folder" : "submission-set"));
            case "Consent" ->
                List.of(CARNET + "consent-"
                        + resource.at("/category/0/coding/0/code").asText());
            case "Communication" ->
                isOf(resource.at("/category/0/coding"), "notification") ? List.of(CARNET + "notice") : List.of();
            case "AuditEvent" ->
                Stream.concat(Stream.of(CARNET + "audit-event"), audit(resource))
                        .toList();
            default -> BY_TYPE.containsKey(type) ? List.of(CARNET + BY_TYPE.get(type)) : List.of();
        };
    }

    private static List<String> bundle(JsonNode bundle, String request) {
        if (bundle.path("type").asText().equals("transaction-response")) {
            return List.of(MHD + "ProvideDocumentBundleResponse");
        }
        List<String> profiles = new ArrayList<>();
        if (request.contains(" DocumentReference")) {
            profiles.add(MHD + "FindDocumentReferencesResponseMessage");
            if (all(bundle, "DocumentReference", ProfileUris.DOCUMENT_REFERENCE)) {
                profiles.add(MHD + "FindDocumentReferencesComprehensiveResponseMessage");
                profiles.add(PDSM + "pdsm-find-documentreferences-comprehensive-response");
            }
        }
        // their slices are closed: nothing but lists
        if (request.contains(" List") && types(bundle).allMatch("List"::equals)) {
            profiles.add(MHD + "FindDocumentListsResponseMessage");
            if (all(bundle, "List", ProfileUris.SUBMISSION_SET) || all(bundle, "List", ProfileUris.FOLDER)) {
                profiles.add(PDSM + "pdsm-find-lists-response");
            }
        }
        return profiles;
    }

    /** Those of IHE are of successes only, and want what only the auditor is shown: network addresses and queries. */
    private static Stream<String> audit(JsonNode event) {
        boolean redacted = event.at("/agent/0/network").isMissingNode();
        if (!event.path("outcome").asText().equals("0") || redacted) {
            return Stream.empty();
        }
        List<String> kinds = new ArrayList<>();
        event.path("subtype").forEach(kind -> kinds.add(kind.path("code").asText()));
        String patient = entityTypes(event).anyMatch("1"::equals) ? "Patient" : "";
        if (kinds.contains("ITI-71")) {
            return Stream.of(BALP.replace("IHE.BasicAudit.", "IHE.IUA.71"));
        }
        if (kinds.contains("AuthZ-Consent")) {
            return Stream.of(BALP + "AuthZconsent");
        }
        Stream<String> transactions =
                kinds.stream().filter(TRANSACTION_AUDITS::containsKey).map(kind -> MHD + TRANSACTION_AUDITS.get(kind));
        Stream<String> interactions = kinds.stream()
                .filter(INTERACTION_AUDITS::containsKey)
                .map(kind -> BALP + patient + INTERACTION_AUDITS.get(kind));
        return Stream.concat(transactions, interactions);
    }

    private static Stream<String> entityTypes(JsonNode event) {
        return StreamSupport.stream(event.path("entity").spliterator(), false)
                .map(entity -> entity.at("/type/code").asText());
    }

    private static Stream<String> types(JsonNode bundle) {
        return StreamSupport.stream(bundle.path("entry").spliterator(), false)
                .map(entry -> entry.at("/resource/resourceType").asText());
    }

    private static boolean all(JsonNode bundle, String type, String profile) {
        return StreamSupport.stream(bundle.path("entry").spliterator(), false)
                .map(entry -> entry.path("resource"))
                .filter(resource -> resource.path("resourceType").asText().equals(type))
                .allMatch(resource -> StreamSupport.stream(
                                resource.at("/meta/profile").spliterator(), false)
                        .anyMatch(claimed -> claimed.asText().equals(profile)));
    }

    private static boolean isOf(JsonNode codings, String code) {
        return StreamSupport.stream(codings.spliterator(), false)
                .anyMatch(coding -> coding.path("code").asText().equals(code));
    }
}
