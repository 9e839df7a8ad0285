package fr.carnet.dmp;

/** URLs of the French core profiles and of the DMP draft, as published. */
public final class FrenchUris {

    private static final String CORE = "https://hl7.fr/ig/fhir/core/StructureDefinition/";
    private static final String DMP = "https://interop.esante.gouv.fr/ig/fhir/dmp/";

    public static final String IDENTITY_RELIABILITY = CORE + "fr-core-identity-reliability";
    public static final String BIRTH_GIVENS = CORE + "fr-core-patient-birth-list-given-name";
    public static final String INSEE_CODE = CORE + "fr-core-address-insee-code";
    public static final String BIRTH_PLACE = "http://hl7.org/fhir/StructureDefinition/patient-birthPlace";

    public static final String CLOSING = DMP + "StructureDefinition/dmp-fermeture";
    public static final String CLOSING_MOTIVE = DMP + "CodeSystem/dmp-motif-fermeture";
    public static final String ATTACHMENT = DMP + "StructureDefinition/dmp-rattachement-mes";
    public static final String TREATING_PHYSICIAN = DMP + "StructureDefinition/dmp-medecin-traitant";

    private FrenchUris() {}
}
