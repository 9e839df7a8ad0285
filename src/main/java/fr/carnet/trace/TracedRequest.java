package fr.carnet.trace;

import fr.carnet.policy.Action;
import java.util.Objects;
import java.util.Optional;

/**
 * What was asked.
 *
 * @param interaction FHIR interaction; empty when the request was refused before it could be told
 * @param action what the policy judged; empty outside the allow-list
 * @param transaction IHE transaction, e.g. {@code ITI-67}, or {@code AuthZ-Consent} for the decision on a Consent
 * @param resourceType type in the URL
 * @param query search as received, type and parameters without the base; shown to the auditor only
 * @param clientAddress network address of the client, shown to the auditor only
 * @param correlationId id that the answer bears too
 */
public record TracedRequest(
        Optional<Interaction> interaction,
        Optional<Action> action,
        Optional<String> transaction,
        Optional<String> resourceType,
        Optional<String> query,
        Optional<String> clientAddress,
        String correlationId) {

    /** @throws NullPointerException if a component is missing */
    public TracedRequest {
        Objects.requireNonNull(interaction);
        Objects.requireNonNull(action);
        Objects.requireNonNull(transaction);
        Objects.requireNonNull(resourceType);
        Objects.requireNonNull(query);
        Objects.requireNonNull(clientAddress);
        Objects.requireNonNull(correlationId);
    }

    /** The decision on what a Consent opens, beside the request that declared it. */
    public static TracedRequest decision(TracedRequest declaring) {
        return new TracedRequest(
                Optional.empty(),
                Optional.empty(),
                Optional.of(AuditCodes.DECISION),
                Optional.empty(),
                Optional.empty(),
                declaring.clientAddress(),
                declaring.correlationId());
    }

    boolean isDecision() {
        return transaction.filter(AuditCodes.DECISION::equals).isPresent();
    }

    boolean isTokenIssue() {
        return transaction.filter(AuditCodes.TOKEN_ISSUE::equals).isPresent();
    }

    boolean isSubmission() {
        return transaction.filter(AuditCodes.PROVIDE_BUNDLE::equals).isPresent();
    }

    boolean isSearch() {
        return interaction.filter(Interaction.SEARCH::equals).isPresent();
    }

    /** Without query and network address, which R94 does not list. */
    TracedRequest redacted() {
        return new TracedRequest(
                interaction, action, transaction, resourceType, Optional.empty(), Optional.empty(), correlationId);
    }

    /** Personal data stays out of logs: the query may hold a matricule. */
    @Override
    public String toString() {
        return "TracedRequest[" + correlationId + "]";
    }
}
