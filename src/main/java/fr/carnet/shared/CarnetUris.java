package fr.carnet.shared;

/** Canonical URLs that Carnet itself defines, below one root until a domain is owned. */
public final class CarnetUris {

    /** Root of everything below. */
    public static final String ROOT = "https://carnet.example/fhir";

    /** CodeSystem of {@code Consent.category}: which of the patient's choices a Consent states. */
    public static final String CONSENT_KIND = ROOT + "/CodeSystem/consent-kind";

    /** CodeSystem of the rules of the rule book, e.g. {@code R36}, in {@code OperationOutcome.issue.details}. */
    public static final String RULE = ROOT + "/CodeSystem/rule";

    /** CodeSystem of the errors that are no rule of the rule book, in {@code OperationOutcome.issue.details}. */
    public static final String ERROR_CODE = ROOT + "/CodeSystem/error";

    /** Identifier system of persons without a national identifier: representatives, guardians, operators. */
    public static final String LOCAL_ID = ROOT + "/NamingSystem/local-id";

    /** Extension of Patient: state of the record (R10) as sent by the operator. */
    public static final String RECORD_STATE = ROOT + "/StructureDefinition/record-state";

    /** Extension of Patient in the answer of TD0.2, and of a listed Consent: where the professional stands (R42). */
    public static final String AUTHORISATION_STATUS = ROOT + "/StructureDefinition/authorisation-status";

    /** Extension of Consent: the legitimate reason of an opposition to deposits, a string (R48). */
    public static final String CONSENT_REASON = ROOT + "/StructureDefinition/consent-reason";

    /** Extension of Consent, CareTeam and RelatedPerson that never leaves the server: who declared it. */
    public static final String INTERNAL_DECLARED_BY = ROOT + "/StructureDefinition/internal-declared-by";

    /** Extension of Consent that never leaves the server: declared in a secret connection (R141, R144). */
    public static final String INTERNAL_SECRET = ROOT + "/StructureDefinition/internal-secret";

    /** CodeSystem of relationships that FHIR lacks: {@code curator} (R149). */
    public static final String RELATIONSHIP = ROOT + "/CodeSystem/relationship";

    /** Extension of documents, lots and folders that never leaves the server: who deposited it. */
    public static final String INTERNAL_DEPOSIT = ROOT + "/StructureDefinition/internal-deposit";

    /** CodeSystem of {@code Communication.category} that FHIR lacks: {@code message}. */
    public static final String COMMUNICATION_KIND = ROOT + "/CodeSystem/communication-kind";

    /** Extension of the first Communication of a conversation: when the professional ended it, a dateTime (R163). */
    public static final String CONVERSATION_CLOSED = ROOT + "/StructureDefinition/conversation-closed";

    /** CodeSystem of the spaces in which professionals find documents, and of what they read first in an emergency. */
    public static final String PROFESSIONAL_SPACE = ROOT + "/CodeSystem/professional-space";

    /** CodeSystem of the rubrics in which the holder's side finds documents (R138). */
    public static final String HOLDER_RUBRIC = ROOT + "/CodeSystem/holder-rubric";

    private CarnetUris() {}
}
