package fr.carnet.trace;

import java.util.Map;
import java.util.Optional;

/**
 * The audit profile of MHD, or of BALP, that an event keeps as it is shown.
 *
 * <p>They are of successes only, and want the network address and the text of the query: what was refused, or is shown
 * without them, claims nothing, and neither does what nobody called for.
 */
final class AuditProfile {

    private static final String BALP = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/";
    private static final String MHD = "https://profiles.ihe.net/ITI/MHD/StructureDefinition/IHE.MHD.";
    private static final Map<String, String> TRANSACTIONS = Map.of(
            "ITI-65",
            MHD + "ProvideBundle.Audit.Recipient",
            "ITI-66",
            MHD + "FindDocumentLists.Audit.Responder",
            "ITI-67",
            MHD + "FindDocumentReferences.Audit.Responder",
            "ITI-68",
            MHD + "RetrieveDocument.Audit.Responder",
            "ITI-71",
            BALP + "IHE.IUA.71",
            "ITI-105",
            MHD + "SimplifiedPublish.Audit.Recipient",
            AuditCodes.DECISION,
            BALP + "IHE.BasicAudit.AuthZconsent");
    private static final Map<Interaction, String> INTERACTIONS = Map.of(
            Interaction.CREATE, "Create",
            Interaction.READ, "Read",
            Interaction.SEARCH, "Query",
            Interaction.UPDATE, "Update",
            Interaction.PATCH, "Update");

    private AuditProfile() {}

    /** Canonical URL of the profile; empty if the event keeps none. */
    static Optional<String> of(TraceEntry shown) {
        TracedRequest request = shown.request();
        boolean queried = request.isSearch() || request.isTokenIssue();
        boolean whole = shown.verdict().outcome() == Verdict.Outcome.PERMITTED
                && shown.who().isPresent()
                && request.clientAddress().isPresent()
                && (!queried || request.query().isPresent())
                && (!request.isDecision() || shown.who().flatMap(Who::structure).isPresent());
        if (!whole) {
            return Optional.empty();
        }
        String patient = shown.patient().isPresent() ? "Patient" : "";
        return request.transaction()
                .flatMap(transaction -> Optional.ofNullable(TRANSACTIONS.get(transaction)))
                .or(() -> request.interaction()
                        .flatMap(interaction -> Optional.ofNullable(INTERACTIONS.get(interaction)))
                        .map(kind -> BALP + "IHE.BasicAudit." + patient + kind));
    }
}
