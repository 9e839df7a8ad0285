package fr.carnet.validation;

import fr.carnet.shared.CodeSystems;
import fr.carnet.shared.ProfileUris;
import fr.carnet.validation.CdaHeader.Author;
import fr.carnet.validation.CdaHeader.Structure;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Device.DeviceNameType;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;

/** Puts the authors of a CDA header into a resource as contained PractitionerRole, Practitioner, Organization, Device. */
final class ContainedAuthors {

    /** {@code G15_10/SM54}: profession of TRE_G15 and speciality of TRE_R38. */
    private static final Pattern PROFESSION = Pattern.compile("G15_(\\d+)(?:/(SM\\d+|SCD\\d+))?");

    private static final String STRUCTURE = "-structure";

    private final DomainResource owner;
    private final CodeTables tables;

    ContainedAuthors(DomainResource owner, CodeTables tables) {
        this.owner = owner;
        this.tables = tables;
    }

    /** A person becomes a role, anything else a device. */
    Reference author(Author author, String id) {
        return author.family().isPresent() ? person(author, id) : device(author, id);
    }

    /** A person, in his role. */
    Reference person(Author author, String id) {
        PractitionerRole role = new PractitionerRole();
        role.setId(id);
        Practitioner practitioner = practitioner(author);
        practitioner.setId(id + "-person");
        owner.addContained(practitioner);
        role.setPractitioner(new Reference("#" + practitioner.getId()));
        author.structure().ifPresent(s -> role.setOrganization(organization(s, id + STRUCTURE)));
        author.speciality().ifPresent(s -> profession(s, role));
        owner.addContained(role);
        return new Reference("#" + id);
    }

    /** Author of a submission set, and his structure. */
    void source(Author author) {
        ListResource set = (ListResource) owner;
        Reference source = author(author, "source");
        author.structure()
                .ifPresent(s ->
                        source.addExtension(ProfileUris.AUTHOR_ORGANIZATION, new Reference("#source" + STRUCTURE)));
        set.setSource(source);
    }

    private Reference device(Author author, String id) {
        Device device = new Device();
        device.setId(id);
        author.id().map(DocumentMetadata::identifier).ifPresent(device::addIdentifier);
        author.deviceName().ifPresent(n -> device.addDeviceName().setName(n).setType(DeviceNameType.USERFRIENDLYNAME));
        author.speciality().map(this::labelled).map(DocumentMetadata::concept).ifPresent(device::setType);
        author.structure().ifPresent(s -> device.setOwner(organization(s, id + STRUCTURE)));
        owner.addContained(device);
        return new Reference("#" + id);
    }

    private static Practitioner practitioner(Author author) {
        Practitioner practitioner = new Practitioner();
        author.id().map(DocumentMetadata::identifier).ifPresent(practitioner::addIdentifier);
        HumanName name = new HumanName();
        author.family().ifPresent(name::setFamily);
        author.given().ifPresent(name::addGiven);
        if (!name.isEmpty()) {
            practitioner.addName(name);
        }
        return practitioner;
    }

    private Reference organization(Structure structure, String id) {
        Organization organization = new Organization();
        organization.setId(id);
        organization.addIdentifier(DocumentMetadata.identifier(structure.id()));
        structure.name().ifPresent(organization::setName);
        owner.addContained(organization);
        return new Reference("#" + id);
    }

    private void profession(Concept speciality, PractitionerRole role) {
        CodeableConcept code = DocumentMetadata.concept(labelled(speciality));
        Matcher parts = PROFESSION.matcher(speciality.code());
        if (speciality.system().equals(CodeSystems.TRE_A02) && parts.matches()) {
            code.addCoding(new Coding(CodeSystems.TRE_G15, parts.group(1), null));
            Optional.ofNullable(parts.group(2))
                    .ifPresent(s -> role.addSpecialty(new CodeableConcept(new Coding(CodeSystems.TRE_R38, s, null))));
        }
        role.addCode(code);
    }

    private Concept labelled(Concept speciality) {
        return tables.speciality(speciality.system(), speciality.code()).orElse(speciality);
    }
}
