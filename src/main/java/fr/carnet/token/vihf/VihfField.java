package fr.carnet.token.vihf;

/** The attributes of a VIHF that are read (R80); others, such as {@code LPS_ID}, are not. */
enum VihfField {
    VERSION("VIHF_Version"),
    ROLE("urn:oasis:names:tc:xacml:2.0:subject:role"),
    SECTOR("Secteur_Activite"),
    RESOURCE("Ressource_URN"),
    PURPOSE("urn:oasis:names:tc:xspa:1.0:subject:purposeofuse"),
    NAME("urn:oasis:names:tc:xspa:1.0:subject:subject-id"),
    /** The agency's own connector writes a small {@code m}. */
    AUTHENTICATION_MODE("Authentification_Mode"),
    STRUCTURE("Identifiant_Structure"),
    SOFTWARE("LPS_Nom"),
    SOFTWARE_VERSION("LPS_Version"),
    HOMOLOGATION("LPS_ID_HOMOLOGATION_DMP"),
    PATIENT("urn:oasis:names:tc:xacml:2.0:resource:resource-id"),
    CONFIDENTIALITY("urn:oasis:names:tc:xspa:1.0:resource:patient:hl7:confidentiality-code");

    private final String attribute;

    VihfField(String attribute) {
        this.attribute = attribute;
    }

    /** {@code Name} of the attribute. */
    String attribute() {
        return attribute;
    }
}
