package fr.carnet.validation;

import org.hl7.fhir.r4.model.Resource;

/** Canonical URLs of PDSm, IHE MHD and FR Core: profiles and extensions (PDSm 3.1.1, MHD 4.2, FR Core 2.1). */
public final class PdsmProfiles {

    private static final String PDSM = "https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition/";
    private static final String MHD = "https://profiles.ihe.net/ITI/MHD/StructureDefinition/";
    private static final String FR_CORE = "https://hl7.fr/ig/fhir/core/StructureDefinition/";

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

    /** Professional, annuaire santé. */
    public static final String PRACTITIONER =
            "https://interop.esante.gouv.fr/ig/fhir/annuaire/StructureDefinition/as-practitioner";
    /** Situation of exercise, annuaire santé. */
    public static final String PRACTITIONER_ROLE =
            "https://interop.esante.gouv.fr/ig/fhir/annuaire/StructureDefinition/as-practitionerrole";
    /** Structure, annuaire santé. */
    public static final String ORGANIZATION =
            "https://interop.esante.gouv.fr/ig/fhir/annuaire/StructureDefinition/as-organization";

    private PdsmProfiles() {}

    /** True when the resource claims a profile of PDSm. */
    public static boolean claimsPdsm(Resource resource) {
        return resource.getMeta().getProfile().stream().anyMatch(p -> valueOf(p).startsWith(PDSM));
    }

    /** True when the Bundle claims a Provide Bundle of PDSm or of MHD. */
    static boolean claimsProvideBundle(Resource bundle) {
        return bundle.getMeta().getProfile().stream()
                .map(PdsmProfiles::valueOf)
                .anyMatch(p ->
                        p.equals(PROVIDE_BUNDLE) || (p.startsWith(MHD + "IHE.MHD.") && p.endsWith(".ProvideBundle")));
    }

    private static String valueOf(org.hl7.fhir.r4.model.CanonicalType profile) {
        return profile.hasValue() ? profile.getValue() : "";
    }
}
