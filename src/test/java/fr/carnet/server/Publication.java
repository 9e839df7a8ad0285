package fr.carnet.server;

import fr.carnet.server.cli.client.Depositor;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.Lot;
import fr.carnet.server.cli.client.Person;
import fr.carnet.server.cli.client.UniqueId;
import fr.carnet.shared.Ins;
import fr.carnet.shared.InsDomain;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DocumentReference.DocumentRelationshipType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Lots of dr-martin for alice, as a client builds them; every id is new. */
public final class Publication {

    /** Alice, as the cast registers her. */
    public static final Person ALICE = new Person(
            new Ins(InsDomain.TEST, "284057505601204"),
            "MOREAU",
            "ALICE",
            "ALICE JEANNE",
            "1984-05-17",
            AdministrativeGender.FEMALE,
            "75056");

    private static final String MHD = "https://profiles.ihe.net/ITI/MHD/";

    private Publication() {}

    /** Incompressible bytes that begin and end like a PDF; never the same twice. */
    public static Document document(int size) {
        byte[] content = new byte[size];
        new Random().nextBytes(content);
        UniqueId id = UniqueId.random();
        byte[] head = ("%PDF-1.4\n% " + id.oid() + "\n").getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(head, 0, content, 0, head.length);
        byte[] tail = "\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(tail, 0, content, size - tail.length, tail.length);
        return new Document(
                id,
                Document.Kind.CONSULTATION,
                OffsetDateTime.now(ZoneOffset.UTC).minusMinutes(5),
                content);
    }

    /** One lot of all these documents. */
    public static Bundle of(List<Document> documents) {
        Bundle bundle = single(documents.get(0));
        ListResource set = (ListResource) bundle.getEntryFirstRep().getResource();
        documents.stream().skip(1).map(Publication::single).forEach(other -> {
            set.addEntry().setItem(new Reference(other.getEntry().get(1).getFullUrl()));
            other.getEntry().stream().skip(1).forEach(bundle::addEntry);
        });
        return bundle;
    }

    /** The lot with a folder for all its documents. */
    public static Bundle withFolder(Bundle bundle) {
        ListResource set = (ListResource) bundle.getEntryFirstRep().getResource();
        ListResource folder = new ListResource()
                .setStatus(ListResource.ListStatus.CURRENT)
                .setMode(ListResource.ListMode.WORKING)
                .setTitle("Dossier d'hospitalisation");
        folder.getMeta()
                .addProfile(
                        "https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition/pdsm-folder-comprehensive");
        folder.setCode(new CodeableConcept().addCoding(new Coding(MHD + "CodeSystem/MHDlistTypes", "folder", null)));
        folder.addIdentifier(uniqueId()).setSubject(set.getSubject().copy()).setDate(set.getDate());
        set.getExtension().stream()
                .filter(e -> e.getUrl().endsWith("ihe-designationType"))
                .forEach(e -> folder.addExtension(e.copy()));
        set.getEntry().forEach(e -> folder.addEntry().setItem(e.getItem().copy()));
        String url = "urn:uuid:" + UUID.randomUUID();
        set.addEntry().setItem(new Reference(url));
        post(bundle, url, folder, "List");
        return bundle;
    }

    /** The lot whose first document replaces a stored one. */
    public static Bundle replacing(String stored, Bundle bundle) {
        var document = (DocumentReference) bundle.getEntry().get(1).getResource();
        document.addRelatesTo().setCode(DocumentRelationshipType.REPLACES).setTarget(new Reference(stored));
        return bundle;
    }

    /** The same for ITI-105. */
    public static DocumentReference simplified(Document document) {
        var published = (DocumentReference) single(document).getEntry().get(1).getResource();
        published.setIdentifier(null).setMeta(null);
        published.getContentFirstRep().getAttachment().setUrl(null).setData(document.content());
        return published;
    }

    private static Bundle single(Document document) {
        return new Lot(UniqueId.random(), ALICE, Depositor.DR_MARTIN, document).bundle();
    }

    private static Identifier uniqueId() {
        var identifier = new Identifier()
                .setUse(Identifier.IdentifierUse.USUAL)
                .setSystem("urn:ietf:rfc:3986")
                .setValue(UniqueId.random().urn());
        identifier.getType().addCoding(new Coding(MHD + "CodeSystem/IHE.MHD.MHDIdentifierType", "uniqueId", null));
        return identifier;
    }

    private static void post(Bundle bundle, String fullUrl, Resource resource, String type) {
        bundle.addEntry()
                .setFullUrl(fullUrl)
                .setResource(resource)
                .getRequest()
                .setMethod(Bundle.HTTPVerb.POST)
                .setUrl(type);
    }

    /** References of the documents of an answered lot. */
    public static Stream<String> documents(fr.carnet.server.cli.client.Answer answer) {
        return answer.createdInTransaction().filter(reference -> reference.startsWith("DocumentReference/"));
    }
}
