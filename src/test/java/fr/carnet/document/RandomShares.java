package fr.carnet.document;

import fr.carnet.policy.Cast;
import fr.carnet.policy.DocumentFacts.Depositor;
import fr.carnet.policy.HabilitationMatrix;
import fr.carnet.policy.Situations;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.Caller;
import fr.carnet.shared.CallerKind;
import fr.carnet.shared.CodeSystems;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.ProfileUris;
import fr.carnet.shared.Visibility;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.Reference;

/** Stored documents, lots and folders with whatever types, labels, depositors and states there are. */
final class RandomShares {

    private static final List<String> DEPOSITORS = List.of(
            "martin",
            "leroy",
            "petit",
            "nurse-h",
            "roche",
            "automate",
            "insurance",
            "service",
            "alice",
            "bruno",
            "chloe",
            "mother");

    private final Random random;
    private final HabilitationMatrix matrix;

    RandomShares(Random random, HabilitationMatrix matrix) {
        this.random = random;
        this.matrix = matrix;
    }

    DocumentReference document(String patient) {
        var document = new DocumentReference();
        stored(document, "DocumentReference");
        String type = random.nextInt(8) > 0 ? any(matrix.rows()) : any(Situations.UNKNOWN_TYPES);
        document.setType(concept("urn:types", type)).addCategory(concept("urn:classes", any(Situations.CLASSES)));
        document.setMasterIdentifier(identifier()).setSubject(new Reference("Patient/" + patient));
        document.setStatus(
                random.nextInt(5) > 0 ? DocumentReferenceStatus.CURRENT : DocumentReferenceStatus.SUPERSEDED);
        document.setDate(new Date(random.nextInt(Integer.MAX_VALUE) * 500L));
        for (Visibility label : Visibility.values()) {
            if (random.nextInt(4) == 0) {
                document.addSecurityLabel(concept(Visibility.SYSTEM, label.name()));
            }
        }
        if (random.nextBoolean()) {
            document.addAuthor(new Reference()
                    .setIdentifier(new Identifier()
                            .setSystem(IdNatPs.SYSTEM)
                            .setValue(Cast.subject(any(List.of("petit", "leroy", "martin"))))));
        }
        document.addContent().getAttachment().setUrl("Binary/" + UUID.randomUUID());
        DocumentResources.setFlag(document, ProfileUris.IS_ARCHIVED, random.nextInt(6) == 0);
        DocumentResources.setFlag(document, ProfileUris.IS_DELETED, random.nextInt(12) == 0);
        deposit(any(DEPOSITORS), random.nextBoolean()).writeTo(document);
        return document;
    }

    /** A lot, or now and then a folder. */
    ListResource list(String patient, List<String> documents) {
        var list = new ListResource();
        stored(list, "List");
        list.setCode(concept(CodeSystems.MHD_LIST_TYPES, random.nextInt(3) == 0 ? "folder" : "submissionset"));
        list.addIdentifier(identifier()).setSubject(new Reference("Patient/" + patient));
        list.setStatus(ListResource.ListStatus.CURRENT).setDate(new Date()).setTitle("titre");
        for (int i = random.nextInt(4); i >= 0; i--) {
            list.addEntry().setItem(new Reference("DocumentReference/" + any(documents)));
        }
        deposit(random.nextInt(3) == 0 ? "alice" : any(DEPOSITORS), false).writeTo(list);
        return list;
    }

    static boolean isHoldersFolder(ListResource list) {
        return DocumentResources.isFolder(list)
                && Deposit.of(list).depositor().role().equals(Optional.of(ActorCode.HOLDER));
    }

    private Deposit deposit(String name, boolean maskedByHolder) {
        Caller caller = Cast.caller(name).build();
        Optional<ActorCode> role = caller.kind() == CallerKind.HOLDER ? Optional.of(ActorCode.HOLDER) : caller.role();
        return new Deposit(
                new Depositor(caller.subject(), role, caller.structure()),
                Cast.NOW.minus(Duration.ofDays(any(List.of(0, 1, 13, 14, 15, 20, 29, 30, 31, 45)))),
                maskedByHolder);
    }

    private static void stored(DomainResource resource, String type) {
        resource.setId(new IdType(type, UUID.randomUUID().toString(), "1"));
        resource.getMeta().setLastUpdated(new Date());
    }

    private static Identifier identifier() {
        return new Identifier()
                .setUse(Identifier.IdentifierUse.USUAL)
                .setSystem("urn:ietf:rfc:3986")
                .setValue("urn:uuid:" + UUID.randomUUID());
    }

    private static CodeableConcept concept(String system, String code) {
        return new CodeableConcept().addCoding(new Coding(system, code, null));
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
