package fr.carnet.trace;

import fr.carnet.caller.RoleSystem;
import fr.carnet.policy.Action;
import fr.carnet.shared.ActorCode;
import java.util.Map;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;

/** Codes of BALP, MHD and DICOM, and the systems of the French professions. */
final class AuditCodes {

    static final String DCM = "http://dicom.nema.org/resources/ontology/DCM";
    static final String PARTICIPATION = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
    /** TRE_R248 in the form that the tokens use (R50). */
    static final String ACCESS_MODE = "urn:oid:1.2.250.1.213.1.1.4.248";

    static final String INTERACTION = "http://hl7.org/fhir/restful-interaction";
    static final String IHE_EVENT = "urn:ihe:event-type-code";
    static final String ACTION = "https://carnet.example/fhir/CodeSystem/access-action";
    static final String RESOURCE_TYPE = "http://hl7.org/fhir/resource-types";
    static final String ROLE = "http://terminology.hl7.org/CodeSystem/object-role";
    static final String PROVIDE_BUNDLE = "ITI-65";
    static final String RETRIEVE = "ITI-68";
    static final String TOKEN_ISSUE = "ITI-71";
    /** No transaction: what BALP calls the decision on a Consent. */
    static final String DECISION = "AuthZ-Consent";

    private static final String BALP = "https://profiles.ihe.net/ITI/BALP/CodeSystem/";
    private static final String ENTITY_TYPE = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
    private static final Map<String, String> TRANSACTIONS = Map.of(
            PROVIDE_BUNDLE,
            "Provide Document Bundle",
            "ITI-66",
            "Find Document Lists",
            "ITI-67",
            "Find Document References",
            RETRIEVE,
            "Retrieve Document",
            TOKEN_ISSUE,
            "Get Access Token",
            "ITI-78",
            "Mobile Patient Demographics Query",
            "ITI-81",
            "Retrieve ATNA Audit Event",
            "ITI-83",
            "Mobile Patient Identifier Cross-reference Query",
            "ITI-105",
            "Simplified Publish");

    private AuditCodes() {}

    /** What part an entity plays in an event. */
    enum EntityRole {
        PATIENT("1", "Patient"),
        REPORT("3", "Report"),
        DOMAIN_RESOURCE("4", "Domain Resource"),
        JOB("20", "Job"),
        QUERY("24", "Query");

        private final String code;
        private final String display;

        EntityRole(String code, String display) {
            this.code = code;
            this.display = display;
        }

        String code() {
            return code;
        }

        String display() {
            return display;
        }
    }

    static Coding rest() {
        return new Coding("http://terminology.hl7.org/CodeSystem/audit-event-type", "rest", "RESTful Operation");
    }

    static Coding imported() {
        return new Coding(DCM, "110107", "Import");
    }

    static Coding authentication() {
        return new Coding(DCM, "110114", "User Authentication");
    }

    static Coding decision() {
        return new Coding(DCM, "110113", "Security Alert");
    }

    static Coding byConsent() {
        return new Coding(BALP + "AuthZsubType", DECISION, null);
    }

    static Coding correlation() {
        return new Coding(BALP + "BasicAuditEntityType", "XrequestId", null);
    }

    static String outcome(Verdict.Outcome outcome) {
        return switch (outcome) {
            case PERMITTED -> "0";
            case REFUSED -> "4";
            case FAILED -> "8";
        };
    }

    static CodeableConcept decider() {
        return concept("http://terminology.hl7.org/CodeSystem/extra-security-role-type", "authserver", null);
    }

    static CodeableConcept authorizer() {
        return concept(BALP + "UserAgentTypes", "AuthzOauthService", null);
    }

    static Coding interaction(Interaction interaction) {
        return new Coding(INTERACTION, interaction.code(), null);
    }

    /** With its display, which the profiles of MHD fix together with the code. */
    static Coding transaction(String transaction) {
        return new Coding(IHE_EVENT, transaction, TRANSACTIONS.get(transaction));
    }

    static Coding action(Action action) {
        return new Coding(ACTION, action.name(), null);
    }

    static Coding person() {
        return new Coding(ENTITY_TYPE, "1", "Person");
    }

    static Coding systemObject() {
        return new Coding(ENTITY_TYPE, "2", "System Object");
    }

    static Coding resource(String type) {
        return new Coding(RESOURCE_TYPE, type, null);
    }

    static Coding role(EntityRole role) {
        return new Coding(ROLE, role.code(), role.display());
    }

    static CodeableConcept source() {
        return concept(DCM, "110153", "Source Role ID");
    }

    static CodeableConcept destination() {
        return concept(DCM, "110152", "Destination Role ID");
    }

    static CodeableConcept application() {
        return concept(DCM, "110150", "Application");
    }

    static CodeableConcept custodian() {
        return concept("http://terminology.hl7.org/CodeSystem/provenance-participant-type", "custodian", "Custodian");
    }

    static CodeableConcept organisation() {
        return concept("http://terminology.hl7.org/CodeSystem/v3-RoleClass", "PROV", "healthcare provider");
    }

    static CodeableConcept concept(String system, String code, String display) {
        return new CodeableConcept(new Coding(system, code, display));
    }

    /** Profession or function in its own system; the prefix of the matrix is not part of the code. */
    static Coding profession(ActorCode actor) {
        RoleSystem system = RoleSystem.ofActor(actor.code());
        return new Coding(system.url(), system.codeOf(actor), null);
    }
}
