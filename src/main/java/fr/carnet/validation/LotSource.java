package fr.carnet.validation;

import fr.carnet.shared.ProfileUris;
import java.util.Optional;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Device.DeviceNameType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * The source of a lot that the server makes: the first author of the document, contained, as a role, a device or the patient
 * (pdsm-submissionset-comprehensive); the server itself where he is none of these.
 */
final class LotSource {

    private static final String ID = "source";

    private final DocumentReference document;
    private final ListResource lot;

    LotSource(DocumentReference document, ListResource lot) {
        this.document = document;
        this.lot = lot;
    }

    void write() {
        Reference author = document.hasAuthor() ? document.getAuthorFirstRep() : new Reference();
        Optional<Resource> contained = Contained.find(document, author);
        if (contained.isPresent()) {
            write(contained.get());
        } else if (author.hasIdentifier()) {
            role(new PractitionerRole().setPractitioner(new Reference().setIdentifier(author.getIdentifier())));
        } else {
            server();
        }
    }

    private void write(Resource author) {
        if (author instanceof PractitionerRole role) {
            PractitionerRole copy = role.copy();
            copy.setPractitioner(brought(copy.getPractitioner())).setOrganization(brought(copy.getOrganization()));
            role(copy);
        } else if (author instanceof Practitioner) {
            role(new PractitionerRole().setPractitioner(brought(author)));
        } else if (author instanceof Organization) {
            role(new PractitionerRole().setOrganization(brought(author)));
        } else if (author instanceof Device || author instanceof Patient) {
            lot.setSource(brought(author));
        } else {
            server();
        }
    }

    private void role(PractitionerRole role) {
        role.setId(ID);
        lot.addContained(role);
        Reference source = new Reference("#" + ID);
        if (role.getOrganization().hasReference()) {
            source.addExtension(
                    ProfileUris.AUTHOR_ORGANIZATION,
                    new Reference(role.getOrganization().getReference()));
        }
        lot.setSource(source);
    }

    private void server() {
        Device server = new Device();
        server.setId(ID);
        server.addDeviceName().setName("Carnet").setType(DeviceNameType.USERFRIENDLYNAME);
        lot.setSource(brought(server));
    }

    /** What a contained resource names is contained in the lot too. */
    private Reference brought(Reference reference) {
        return Contained.find(document, reference).map(this::brought).orElse(reference);
    }

    private Reference brought(Resource resource) {
        Resource copy = resource.copy();
        copy.setId(ID + "-" + resource.fhirType().toLowerCase(java.util.Locale.ROOT));
        lot.addContained(copy);
        return new Reference("#" + copy.getId());
    }
}
