package fr.carnet.enforcement;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import fr.carnet.caller.CallerSession;
import fr.carnet.dmp.CrossReference;
import fr.carnet.dmp.RecordOperation;
import fr.carnet.document.iti65.DryRun;
import fr.carnet.document.overview.OverviewQuestion;
import fr.carnet.messaging.notice.PreferenceRequest;
import fr.carnet.shared.Fault;
import fr.carnet.trace.TraceQueries;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What exists at all: interaction by type, and for all but the searches of the registry, which read their own, every
 * parameter. Whatever is not on this list is refused by name, whoever asks; then whatever his token was not granted.
 */
@Interceptor
final class Cloakroom {

    private static final Set<String> PRESENTATION = Set.of("_format", "_pretty", "_elements");

    private static final Set<EncodingEnum> FORMATS = Set.of(EncodingEnum.JSON, EncodingEnum.XML);

    private static final Set<RestOperationTypeEnum> KEPT = Set.of(
            RestOperationTypeEnum.EXTENDED_OPERATION_TYPE,
            RestOperationTypeEnum.CREATE,
            RestOperationTypeEnum.UPDATE,
            RestOperationTypeEnum.READ,
            RestOperationTypeEnum.SEARCH_TYPE);

    private static final Map<String, Set<RestOperationTypeEnum>> ALLOWED = Map.of(
            "Patient",
                    Set.of(
                            RestOperationTypeEnum.SEARCH_TYPE,
                            RestOperationTypeEnum.READ,
                            RestOperationTypeEnum.UPDATE,
                            RestOperationTypeEnum.EXTENDED_OPERATION_TYPE,
                            RestOperationTypeEnum.EXTENDED_OPERATION_INSTANCE),
            "Consent",
                    Set.of(
                            RestOperationTypeEnum.CREATE,
                            RestOperationTypeEnum.PATCH,
                            RestOperationTypeEnum.SEARCH_TYPE,
                            RestOperationTypeEnum.EXTENDED_OPERATION_TYPE),
            "CareTeam", KEPT,
            "RelatedPerson", KEPT,
            "DocumentReference",
                    Set.of(
                            RestOperationTypeEnum.CREATE,
                            RestOperationTypeEnum.SEARCH_TYPE,
                            RestOperationTypeEnum.READ,
                            RestOperationTypeEnum.PATCH,
                            RestOperationTypeEnum.EXTENDED_OPERATION_TYPE),
            "List", Set.of(RestOperationTypeEnum.SEARCH_TYPE, RestOperationTypeEnum.READ),
            "Binary", Set.of(RestOperationTypeEnum.READ),
            "Bundle", Set.of(RestOperationTypeEnum.READ, RestOperationTypeEnum.EXTENDED_OPERATION_TYPE),
            "AuditEvent", Set.of(RestOperationTypeEnum.SEARCH_TYPE, RestOperationTypeEnum.READ),
            "Communication",
                    Set.of(
                            RestOperationTypeEnum.CREATE,
                            RestOperationTypeEnum.SEARCH_TYPE,
                            RestOperationTypeEnum.READ,
                            RestOperationTypeEnum.EXTENDED_OPERATION_INSTANCE));

    private static final Set<String> VALIDATED =
            Set.of("Bundle", "DocumentReference", "Consent", "Patient", "CareTeam", "RelatedPerson");

    /** Parameters beside the presentation ones; searches of documents and lists are read by the registry itself. */
    private static final Map<String, Set<String>> PARAMETERS = Map.of(
            "Patient", Set.of("identifier"),
            "Consent", Set.of("patient", "patient.identifier", "status", "category", "_count", "_offset", "_total"),
            "CareTeam", Set.of("patient", "patient.identifier"),
            "RelatedPerson", Set.of("patient", "patient.identifier"),
            "Binary", Set.of(),
            "Bundle", Set.of(),
            "AuditEvent", TraceQueries.parameters(),
            "Communication",
                    Set.of(
                            "patient",
                            "patient.identifier",
                            "category",
                            "status",
                            "sent",
                            "part-of",
                            "sender",
                            "sender.identifier",
                            "recipient",
                            "recipient.identifier",
                            "_count",
                            "_offset",
                            "_total"));

    /** Operations on Patient that read, with their parameters. */
    private static final Map<String, Set<String>> READINGS = Map.of(
            CrossReference.OPERATION, CrossReference.PARAMETERS,
            OverviewQuestion.OPERATION, OverviewQuestion.PARAMETERS);

    private final BodySyntax bodies;

    Cloakroom(BodySyntax bodies) {
        this.bodies = bodies;
    }

    /**
     * Refuses an unknown parameter of a read by name. HAPI finds no method at all for such a read, so this is said before it
     * looks for one, and before anybody looks whether there is something to read.
     */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
    public boolean read(ServletRequestDetails request) {
        boolean byId = request.getRequestType() == RequestTypeEnum.GET
                && request.getId() != null
                && request.getOperation() == null
                && request.getCompartmentName() == null
                && CallerSession.of(request.getServletRequest()).isPresent();
        if (byId && ALLOWED.getOrDefault(request.getResourceName(), Set.of()).contains(RestOperationTypeEnum.READ)) {
            refuseUnknown(request, Set.of());
        }
        return true;
    }

    /** Refuses what is not on the list, and a body of which something would be lost. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED)
    public boolean admit(ServletRequestDetails request) {
        refuseOtherFormats(request);
        if (request.getRestOperationType() != RestOperationTypeEnum.METADATA) {
            requireServed(request);
            Scopes.require(CallerSession.of(request.getServletRequest()).orElseThrow(), request);
            bodies.require(request);
        }
        return true;
    }

    private static void requireServed(ServletRequestDetails request) {
        RestOperationTypeEnum operation = request.getRestOperationType();
        if (CallerSession.of(request.getServletRequest()).isEmpty()) {
            throw Fault.of(401, "not-authenticated");
        }
        if (request.getRequestType() != RequestTypeEnum.GET) {
            Nesting.require(request.loadRequestContents());
        }
        if (operation == RestOperationTypeEnum.TRANSACTION) {
            refuseUnknown(request, Set.of());
            return;
        }
        String type = request.getResourceName();
        if (type == null || !ALLOWED.getOrDefault(type, Set.of()).contains(operation)) {
            throw Fault.of(405, "interaction-not-served");
        }
        if (request.getHeader("If-None-Exist") != null) {
            throw Fault.of(405, "interaction-not-served");
        }
        if (operation == RestOperationTypeEnum.EXTENDED_OPERATION_TYPE
                || operation == RestOperationTypeEnum.EXTENDED_OPERATION_INSTANCE) {
            requireServed(type, request);
            return;
        }
        boolean registry = Set.of("DocumentReference", "List").contains(type);
        boolean asks = operation == RestOperationTypeEnum.SEARCH_TYPE
                || (operation == RestOperationTypeEnum.UPDATE && type.equals("Patient"));
        if (!registry) {
            refuseUnknown(request, asks ? PARAMETERS.get(type) : Set.of());
        } else if (operation == RestOperationTypeEnum.READ || operation == RestOperationTypeEnum.CREATE) {
            refuseUnknown(request, Set.of());
        } else if (operation == RestOperationTypeEnum.PATCH) {
            refuseUnknown(request, Set.of("identifier"));
        }
    }

    /** What an operation takes comes in its body; those that read may also be asked by GET. */
    private static void requireServed(String type, ServletRequestDetails request) {
        Set<String> read = type.equals("Patient") ? READINGS.get(request.getOperation()) : null;
        boolean get = request.getRequestType() == RequestTypeEnum.GET;
        boolean post = request.getRequestType() == RequestTypeEnum.POST;
        if (read == null && !(post && isServed(type, request.getOperation()))) {
            throw Fault.of(405, "interaction-not-served");
        }
        refuseUnknown(request, get ? read : Set.of());
    }

    /** The library writes RDF as well, which nobody has looked at. */
    private static void refuseOtherFormats(ServletRequestDetails request) {
        var asked = RestfulServerUtils.determineResponseEncodingNoDefault(request, EncodingEnum.JSON);
        if (asked != null && !FORMATS.contains(asked.getEncoding())) {
            throw Fault.of(406, "not-acceptable", "FHIR");
        }
    }

    private static boolean isServed(String type, String operation) {
        boolean changesRecord =
                type.equals("Patient") && RecordOperation.named(operation).isPresent();
        boolean keepsPreferences = type.equals("Patient") && PreferenceRequest.OPERATION.equals(operation);
        boolean validates = VALIDATED.contains(type) && DryRun.OPERATION.equals(operation);
        boolean ofMessages = type.equals("Communication") && MessageCases.OPERATIONS.containsKey(operation);
        return changesRecord
                || ofMessages
                || keepsPreferences
                || validates
                || ExportOperation.named(type, operation).isPresent()
                || ExplanationOperation.named(type, operation).isPresent();
    }

    /** Only a search may ask for leniency: its answer has room to tell what was ignored. */
    private static void refuseUnknown(ServletRequestDetails request, Set<String> known) {
        List<String> unknown = request.getParameters().keySet().stream()
                .filter(name -> !known.contains(name) && !PRESENTATION.contains(name))
                .toList();
        if (unknown.isEmpty()) {
            return;
        }
        if (request.getRestOperationType() != RestOperationTypeEnum.SEARCH_TYPE || !isLenient(request)) {
            throw Fault.of(400, "unknown-parameter", unknown.get(0));
        }
        IgnoredParameters.leave(unknown, request);
    }

    /** {@code Prefer: handling=lenient}. */
    static boolean isLenient(ServletRequestDetails request) {
        String prefer = request.getHeader("Prefer");
        return prefer != null && prefer.contains("handling=lenient");
    }
}
