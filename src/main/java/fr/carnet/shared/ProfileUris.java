package fr.carnet.shared;

/** Canonical URLs that others define: profiles and extensions of PDSm 3.1, MHD 4.2, FR Core 2.1, the annuaire and the DMP draft. */
public final class ProfileUris {

    /** Root of the profiles of PDSm. */
    public static final String PDSM = "https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition/";
    /** Root of the profiles of IHE MHD. */
    public static final String MHD = "https://profiles.ihe.net/ITI/MHD/StructureDefinition/";

    private static final String FR_CORE = "https://hl7.fr/ig/fhir/core/StructureDefinition/";
    private static final String ANNUAIRE = "https://interop.esante.gouv.fr/ig/fhir/annuaire/StructureDefinition/";
    private static final String DMP = "https://interop.esante.gouv.fr/ig/fhir/dmp/";

    /** ITI-65 Bundle of PDSm. */
    public static final String PROVIDE_BUNDLE = PDSM + "pdsm-comprehensive-provide-document-bundle";
    /** DocumentReference of PDSm. */
    public static final String DOCUMENT_REFERENCE = PDSM + "pdsm-comprehensive-document-reference";
    /** SubmissionSet of PDSm. */
    public static final String SUBMISSION_SET = PDSM + "pdsm-submissionset-comprehensive";
    /** Folder of PDSm. */
    public static final String FOLDER = PDSM + "pdsm-folder-comprehensive";
    /** ITI-105 DocumentReference of PDSm. */
    public static final String SIMPLIFIED_PUBLISH = PDSM + "pdsm-simplified-publish";
    /** Archive flag, boolean. */
    public static final String IS_ARCHIVED = PDSM + "pdsm-ext-is-archived";
    /** Deletion flag, boolean. */
    public static final String IS_DELETED = PDSM + "pdsm-ext-is-deleted";

    /** Content type of a submission set, codes of a folder. */
    public static final String DESIGNATION_TYPE = MHD + "ihe-designationType";
    /** System that sent a submission set. */
    public static final String SOURCE_ID = MHD + "ihe-sourceId";
    /** Whom a submission set is meant for, of MHD. */
    public static final String INTENDED_RECIPIENT = MHD + "ihe-intendedRecipient";
    /** The same, of PDSm. */
    public static final String PDSM_INTENDED_RECIPIENT = PDSM + "pdsm-ext-intended-recipient";
    /** Organization of a submission set's author. */
    public static final String AUTHOR_ORGANIZATION = MHD + "ihe-authorOrg";

    /** Patient of FR Core. */
    public static final String FR_PATIENT = FR_CORE + "fr-core-patient";
    /** Status of an identity (R4, R5). */
    public static final String IDENTITY_RELIABILITY = FR_CORE + "fr-core-identity-reliability";
    /** All given names of birth. */
    public static final String BIRTH_GIVENS = FR_CORE + "fr-core-patient-birth-list-given-name";
    /** INSEE code of a commune. */
    public static final String INSEE_CODE = FR_CORE + "fr-core-address-insee-code";
    /** Birth place. */
    public static final String BIRTH_PLACE = "http://hl7.org/fhir/StructureDefinition/patient-birthPlace";

    /** Professional. */
    public static final String PRACTITIONER = ANNUAIRE + "as-practitioner";
    /** Situation of exercise. */
    public static final String PRACTITIONER_ROLE = ANNUAIRE + "as-practitionerrole";
    /** Structure. */
    public static final String ORGANIZATION = ANNUAIRE + "as-organization";

    /** Closing of a record: date and motive. */
    public static final String CLOSING = DMP + "StructureDefinition/dmp-fermeture";
    /** CodeSystem of the motives of closing. */
    public static final String CLOSING_MOTIVE = DMP + "CodeSystem/dmp-motif-fermeture";
    /** Attachment of a record to Mon espace santé. */
    public static final String ATTACHMENT = DMP + "StructureDefinition/dmp-rattachement-mes";
    /** Treating physician of a patient. */
    public static final String TREATING_PHYSICIAN = DMP + "StructureDefinition/dmp-medecin-traitant";

    private ProfileUris() {}
}
