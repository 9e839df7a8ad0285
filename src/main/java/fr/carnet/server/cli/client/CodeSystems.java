package fr.carnet.server.cli.client;

import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;

/** Code systems that a client writes. */
final class CodeSystems {

    static final String NOS = "https://mos.esante.gouv.fr/NOS/";
    static final String CLASS = NOS + "TRE_A03-ClasseDocument/FHIR/TRE-A03-ClasseDocument";
    static final String TYPE = NOS + "TRE_A05-TypeDocComplementaire/FHIR/TRE-A05-TypeDocComplementaire";
    static final String FORMAT = NOS + "TRE_A06-FormatCodeComplementaire/FHIR/TRE-A06-FormatCodeComplementaire";
    static final String IHE_FORMAT = NOS + "TRE_A11-IheFormatCode/FHIR/TRE-A11-IheFormatCode";
    static final String VISIBILITY = NOS + "TRE_A07-StatutVisibiliteDocument/FHIR/TRE-A07-StatutVisibiliteDocument";
    static final String PRACTICE_SETTING = NOS + "TRE_A01-CadreExercice/FHIR/TRE-A01-CadreExercice";
    static final String SECTOR = NOS + "TRE_R02-SecteurActivite/FHIR/TRE-R02-SecteurActivite";
    static final String PROFESSION = NOS + "TRE_G15-ProfessionSante/FHIR/TRE-G15-ProfessionSante";
    static final String SPECIALTY = NOS + "TRE_R38-SpecialiteOrdinale/FHIR/TRE-R38-SpecialiteOrdinale";
    static final String MUNICIPALITY = NOS + "TRE_R13-CommuneOM/FHIR/TRE-R13-CommuneOM";
    static final String LOINC = "http://loinc.org";
    static final String CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
    static final String URI = "urn:ietf:rfc:3986";
    static final String PROFESSIONAL_ID = "urn:oid:1.2.250.1.71.4.2.1";
    static final String STRUCTURE_ID = "urn:oid:1.2.250.1.71.4.2.2";

    private CodeSystems() {}

    static CodeableConcept concept(String system, String code) {
        return new CodeableConcept(new Coding().setSystem(system).setCode(code));
    }
}
