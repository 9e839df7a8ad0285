package fr.carnet.server.cli.client;

import java.util.List;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * A physician who publishes, in his own practice.
 *
 * @param idNatPs national identifier, prefix 8 and RPPS
 * @param family name
 * @param given first name
 * @param specialty code of TRE_R38
 * @param structureId idNat_Struct of his practice
 * @param structureName its name
 */
public record Depositor(
        String idNatPs, String family, String given, String specialty, String structureId, String structureName) {

    /** The treating physician of the sandbox's cast. */
    public static final Depositor DR_MARTIN =
            new Depositor("899700100011", "Martin", "Claire", "SM54", "399999001300016", "Cabinet du Dr Martin");

    static final String AUTHOR = "#auteur";
    static final String STRUCTURE = "#structure";
    private static final String DIRECTORY = "https://interop.esante.gouv.fr/ig/fhir/annuaire/StructureDefinition/";

    /** Role, person and structure, to be contained in a document's metadata or in a lot. */
    List<Resource> contained() {
        var practitioner = new Practitioner();
        practitioner.setId("professionnel");
        practitioner.getMeta().addProfile(DIRECTORY + "as-practitioner");
        practitioner.addIdentifier(identifier(CodeSystems.PROFESSIONAL_ID, idNatPs, "IDNPS"));
        practitioner.addName(new HumanName().setFamily(family).addGiven(given));

        var structure = new Organization();
        structure.setId("structure");
        structure.getMeta().addProfile(DIRECTORY + "as-organization");
        structure.addIdentifier(identifier(CodeSystems.STRUCTURE_ID, structureId, "IDNST"));
        structure.setName(structureName);

        var role = new PractitionerRole();
        role.setId("auteur");
        role.getMeta().addProfile(DIRECTORY + "as-practitionerrole");
        role.setPractitioner(new Reference("#professionnel")).setOrganization(new Reference(STRUCTURE));
        role.addCode(CodeSystems.concept(CodeSystems.PROFESSION, "10"));
        role.addSpecialty(CodeSystems.concept(CodeSystems.SPECIALTY, specialty));
        return List.of(practitioner, structure, role);
    }

    private static Identifier identifier(String system, String value, String type) {
        return new Identifier()
                .setUse(Identifier.IdentifierUse.OFFICIAL)
                .setType(CodeSystems.concept("https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203", type))
                .setSystem(system)
                .setValue(value);
    }
}
