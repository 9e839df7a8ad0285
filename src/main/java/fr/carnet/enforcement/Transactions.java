package fr.carnet.enforcement;

import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import fr.carnet.caller.Told;
import fr.carnet.dmp.CrossReference;
import fr.carnet.policy.Action;
import fr.carnet.trace.Interaction;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a request is called: its FHIR interaction, its IHE transaction, the word under which it is counted. */
final class Transactions {

    private static final Map<String, String> SEARCHES =
            Map.of("List", "ITI-66", "DocumentReference", "ITI-67", "Patient", "ITI-78", "AuditEvent", "ITI-81");
    private static final Map<String, String> READS =
            Map.of("Binary", "ITI-68", "Bundle", "ITI-68", "Patient", "ITI-78");

    private Transactions() {}

    static Optional<Interaction> interaction(RestOperationTypeEnum operation) {
        if (operation == null) {
            return Optional.empty();
        }
        return switch (operation) {
            case READ -> Optional.of(Interaction.READ);
            case VREAD -> Optional.of(Interaction.VREAD);
            case SEARCH_TYPE, SEARCH_SYSTEM -> Optional.of(Interaction.SEARCH);
            case CREATE -> Optional.of(Interaction.CREATE);
            case UPDATE -> Optional.of(Interaction.UPDATE);
            case PATCH -> Optional.of(Interaction.PATCH);
            case DELETE -> Optional.of(Interaction.DELETE);
            case TRANSACTION -> Optional.of(Interaction.TRANSACTION);
            default -> Optional.of(Interaction.OPERATION);
        };
    }

    static Optional<String> iheTransaction(ServletRequestDetails request) {
        if (request.getRestOperationType() == null) {
            return Optional.empty();
        }
        String type = request.getResourceName() == null ? "" : request.getResourceName();
        return Optional.ofNullable(
                switch (request.getRestOperationType()) {
                    case TRANSACTION -> "ITI-65";
                    case SEARCH_TYPE -> SEARCHES.get(type);
                    case READ -> READS.get(type);
                    case CREATE -> type.equals("DocumentReference") ? "ITI-105" : null;
                    case EXTENDED_OPERATION_TYPE ->
                        CrossReference.OPERATION.equals(request.getOperation()) ? "ITI-83" : null;
                    default -> null;
                });
    }

    /** Its IHE transaction, or else what the policy was asked. */
    static String word(ServletRequestDetails request) {
        return iheTransaction(request)
                .or(() -> RequestNotes.of(request.getUserData()).action().map(Transactions::word))
                .orElse(Told.OTHER);
    }

    private static String word(Action action) {
        return action.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
