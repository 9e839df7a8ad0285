package fr.carnet.dmp;

/** URLs of the French core profiles and of the DMP draft, as published. */
final class FrenchUris {

    private static final String CORE = "https://hl7.fr/ig/fhir/core/StructureDefinition/";
    private static final String DMP = "https://interop.esante.gouv.fr/ig/fhir/dmp/";

    static final String IDENTITY_RELIABILITY = CORE + "fr-core-identity-reliability";
    static final String BIRTH_GIVENS = CORE + "fr-core-patient-birth-list-given-name";
    static final String INSEE_CODE = CORE + "fr-core-address-insee-code";
    static final String BIRTH_PLACE = "http://hl7.org/fhir/StructureDefinition/patient-birthPlace";

    static final String CLOSING = DMP + "StructureDefinition/dmp-fermeture";
    static final String CLOSING_MOTIVE = DMP + "CodeSystem/dmp-motif-fermeture";
    static final String ATTACHMENT = DMP + "StructureDefinition/dmp-rattachement-mes";
    static final String TREATING_PHYSICIAN = DMP + "StructureDefinition/dmp-medecin-traitant";

    private FrenchUris() {}
}
