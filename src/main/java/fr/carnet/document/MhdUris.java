package fr.carnet.document;

/** URLs of IHE MHD and PDSm that the registry reads. */
public final class MhdUris {

    public static final String IS_ARCHIVED =
            "https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition/pdsm-ext-is-archived";
    public static final String IS_DELETED =
            "https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition/pdsm-ext-is-deleted";
    public static final String DESIGNATION_TYPE =
            "https://profiles.ihe.net/ITI/MHD/StructureDefinition/ihe-designationType";
    public static final String SOURCE_ID = "https://profiles.ihe.net/ITI/MHD/StructureDefinition/ihe-sourceId";
    public static final String AUTHOR_ORG = "https://profiles.ihe.net/ITI/MHD/StructureDefinition/ihe-authorOrg";
    public static final String LIST_TYPES = "https://profiles.ihe.net/ITI/MHD/CodeSystem/MHDlistTypes";
    public static final String FOLDER = "folder";

    private MhdUris() {}
}
