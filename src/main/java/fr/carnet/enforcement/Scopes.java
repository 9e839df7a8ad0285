package fr.carnet.enforcement;

import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import fr.carnet.caller.CallerSession;
import fr.carnet.caller.Scope;
import fr.carnet.dmp.CrossReference;
import fr.carnet.document.iti65.DryRun;
import fr.carnet.document.overview.OverviewQuestion;
import fr.carnet.messaging.notice.PreferenceRequest;
import fr.carnet.shared.Fault;

/** Which scope opens which interaction; what is rehearsed needs that of what is done. */
final class Scopes {

    private Scopes() {}

    /** @throws Fault 403 if the token was not granted the transaction; the answer names it (RFC 6750 §3.1) */
    static void require(CallerSession session, ServletRequestDetails request) {
        Scope needed = of(request);
        if (!session.scopes().contains(needed)) {
            request.getServletResponse()
                    .setHeader(
                            "WWW-Authenticate", "Bearer error=\"insufficient_scope\", scope=\"" + needed.code() + "\"");
            throw Fault.of(403, "insufficient-scope", needed.code());
        }
    }

    private static Scope of(ServletRequestDetails request) {
        RestOperationTypeEnum interaction = request.getRestOperationType();
        if (interaction == RestOperationTypeEnum.TRANSACTION) {
            return Scope.ITI_65;
        }
        return switch (request.getResourceName()) {
            case "Bundle" -> interaction == RestOperationTypeEnum.READ ? Scope.ITI_68 : Scope.ITI_65;
            case "Binary" -> Scope.ITI_68;
            case "List" -> Scope.ITI_66;
            case "DocumentReference" -> ofDocuments(interaction, request.getOperation());
            case "Patient" -> ofPatients(interaction, request.getOperation());
            case "Consent", "CareTeam", "RelatedPerson" -> Scope.TD0_3;
            case "AuditEvent" -> Scope.TRACES;
            case "Communication" -> Scope.MESSAGES;
            default -> throw Refused.absent();
        };
    }

    private static Scope ofDocuments(RestOperationTypeEnum interaction, String operation) {
        return switch (interaction) {
            case CREATE -> Scope.ITI_105;
            case PATCH -> Scope.PATCH;
            case EXTENDED_OPERATION_TYPE -> DryRun.OPERATION.equals(operation) ? Scope.ITI_105 : Scope.TD0_2;
            default -> Scope.ITI_67;
        };
    }

    private static Scope ofPatients(RestOperationTypeEnum interaction, String operation) {
        return switch (interaction) {
            case READ, SEARCH_TYPE -> Scope.TD0_2;
            case EXTENDED_OPERATION_TYPE, EXTENDED_OPERATION_INSTANCE -> ofPatients(operation);
            default -> Scope.TD1;
        };
    }

    private static Scope ofPatients(String operation) {
        if (CrossReference.OPERATION.equals(operation)
                || ExplanationOperation.named("Patient", operation).isPresent()) {
            return Scope.TD0_2;
        }
        if (OverviewQuestion.OPERATION.equals(operation)) {
            return Scope.ITI_67;
        }
        if (PreferenceRequest.OPERATION.equals(operation)) {
            return Scope.MESSAGES;
        }
        return ExportOperation.named("Patient", operation)
                .map(export -> export == ExportOperation.EXPORT_TRACES ? Scope.TRACES : Scope.EXPORT)
                .orElse(Scope.TD1);
    }
}
