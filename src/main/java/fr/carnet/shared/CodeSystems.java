package fr.carnet.shared;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * URIs of the code systems of the field, and their OIDs: FHIR names a code system by URI, CDA and XDS by OID.
 *
 * <p>Sources: NOS terminologies of the ANS, FR Core, HL7 terminology.
 */
public final class CodeSystems {

    /** Producers of documents that are no professionals (TRE_A00). */
    public static final String TRE_A00 = nos("A00-ProducteurDocNonPS");
    /** Frames of exercise, {@code practiceSetting} (TRE_A01). */
    public static final String TRE_A01 = nos("A01-CadreExercice");
    /** Profession and speciality of authors (TRE_A02). */
    public static final String TRE_A02 = nos("A02-ProfessionSavFaire-CISIS");
    /** Document classes (TRE_A03). */
    public static final String TRE_A03 = nos("A03-ClasseDocument");
    /** Document types that LOINC lacks (TRE_A05). */
    public static final String TRE_A05 = nos("A05-TypeDocComplementaire");
    /** French document formats (TRE_A06). */
    public static final String TRE_A06 = nos("A06-FormatCodeComplementaire");
    /** Visibility labels (TRE_A07). */
    public static final String TRE_A07 = Visibility.SYSTEM;
    /** French name of the confidentiality codes (TRE_A08), accepted on input; {@link #CONFIDENTIALITY} is emitted. */
    public static final String TRE_A08 = nos("A08-HL7Confidentiality");
    /** DICOM UIDs (TRE_A09). */
    public static final String TRE_A09 = nos("A09-DICOMuidRegistry");
    /** URNs (TRE_A10). */
    public static final String TRE_A10 = nos("A10-NomenclatureURN");
    /** IHE document formats (TRE_A11). */
    public static final String TRE_A11 = nos("A11-IheFormatCode");
    /** ASTM codes (TRE_A12). */
    public static final String TRE_A12 = nos("A12-NomenclatureASTM");
    /** Sectors of activity (TRE_R02). */
    public static final String TRE_R02 = nos("R02-SecteurActivite");
    /** Ordinal specialities (TRE_R38). */
    public static final String TRE_R38 = nos("R38-SpecialiteOrdinale");
    /** Roles in care (TRE_R85). */
    public static final String TRE_R85 = nos("R85-RolePriseCharge");
    /** Social professions (TRE_R94). */
    public static final String TRE_R94 = nos("R94-ProfessionSocial");
    /** Professional titles (TRE_R95). */
    public static final String TRE_R95 = nos("R95-UsagerTitre");
    /** Kinds of activity (TRE_R209). */
    public static final String TRE_R209 = nos("R209-TypeActivite");
    /** Forms of activity (TRE_R276). */
    public static final String TRE_R276 = nos("R276-FormeActivite");
    /** Health professions (TRE_G15). */
    public static final String TRE_G15 = nos("G15-ProfessionSante");
    /** Places of birth, 5-character code of the INSEE (TRE_R13). */
    public static final String TRE_R13 = nos("R13-CommuneOM");

    /** LOINC. */
    public static final String LOINC = "http://loinc.org";
    /** SNOMED CT. */
    public static final String SNOMED_CT = "http://snomed.info/sct";
    /** HL7 confidentiality codes (N, R, V …). */
    public static final String CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
    /** HL7 identifier types. */
    public static final String V2_0203 = "http://terminology.hl7.org/CodeSystem/v2-0203";
    /** French identifier types, e.g. {@code INS-NIR}. */
    public static final String FR_CORE_V2_0203 = "https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203";
    /** What tells a submission set from a folder. */
    public static final String MHD_LIST_TYPES = "https://profiles.ihe.net/ITI/MHD/CodeSystem/MHDlistTypes";
    /** What tells a uniqueId from an entryUUID. */
    public static final String MHD_IDENTIFIER_TYPE =
            "https://profiles.ihe.net/ITI/MHD/CodeSystem/IHE.MHD.MHDIdentifierType";
    /** IHE format codes, as published for FHIR. */
    public static final String IHE_FORMAT_CODE = "http://ihe.net/fhir/ihe.formatcode.fhir/CodeSystem/formatcode";
    /** {@code Identifier.system} of a value that is itself a URI (RFC 3986). */
    public static final String URI = "urn:ietf:rfc:3986";

    private static final String URN_OID = "urn:oid:";

    private static final Map<String, String> URI_BY_OID = Map.ofEntries(
            Map.entry("1.2.250.1.213.1.1.4.6", TRE_A00),
            Map.entry("1.2.250.1.213.1.1.4.9", TRE_A01),
            Map.entry("1.2.250.1.213.1.1.4.5", TRE_A02),
            Map.entry("1.2.250.1.213.1.1.4.1", TRE_A03),
            Map.entry("1.2.250.1.213.1.1.4.12", TRE_A05),
            Map.entry("1.2.250.1.213.1.1.4.2.282", TRE_A06),
            Map.entry("1.2.250.1.213.1.1.4.13", TRE_A07),
            Map.entry("1.2.840.10008.2.6.1", TRE_A09),
            Map.entry("1.3.6.1.4.1.19376.1.2.3", TRE_A11),
            Map.entry("1.2.250.1.71.4.2.4", TRE_R02),
            Map.entry("1.2.250.1.213.2.28", TRE_R38),
            Map.entry("1.2.250.1.213.2.2", TRE_R209),
            Map.entry("1.2.250.1.213.1.6.1.107", TRE_R85),
            Map.entry("1.2.250.1.213.1.6.1.4", TRE_R94),
            Map.entry("1.2.250.1.213.1.6.1.109", TRE_R95),
            Map.entry("1.2.250.1.71.1.2.7", TRE_G15),
            Map.entry("2.16.840.1.113883.6.1", LOINC),
            Map.entry("2.16.840.1.113883.6.96", SNOMED_CT),
            Map.entry("2.16.840.1.113883.5.25", CONFIDENTIALITY));

    private static final Map<String, String> OID_BY_URI = URI_BY_OID.entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

    private CodeSystems() {}

    /** URI of a dotted OID; {@code urn:oid:} and the OID where no other is published. */
    public static String uriOf(String oid) {
        return URI_BY_OID.getOrDefault(oid, URN_OID + oid);
    }

    /** Dotted OID of a URI; empty when none is known. TRE_A08 has the OID of the HL7 confidentiality codes. */
    public static Optional<String> oidOf(String uri) {
        if (uri.equals(TRE_A08)) {
            return oidOf(CONFIDENTIALITY);
        }
        if (uri.startsWith(URN_OID)) {
            return Optional.of(uri.substring(URN_OID.length()));
        }
        return Optional.ofNullable(OID_BY_URI.get(uri));
    }

    private static String nos(String name) {
        return "https://mos.esante.gouv.fr/NOS/TRE_" + name + "/FHIR/TRE-" + name;
    }
}
