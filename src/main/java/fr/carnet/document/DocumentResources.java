package fr.carnet.document;

import fr.carnet.policy.DocumentFacts;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.CodeSystems;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.ProfileUris;
import fr.carnet.shared.Visibility;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DocumentReference.DocumentReferenceContentComponent;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.ListResource.ListStatus;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * Reads stored DocumentReferences and Lists: the facts that policy and registry need. The state of a document (labels,
 * status, archived) is told in its metadata to whoever may read it (R109).
 */
public final class DocumentResources {

    private DocumentResources() {}

    /**
     * Facts of a stored document.
     *
     * @throws IllegalStateException if it was not deposited here
     */
    public static DocumentFacts factsOf(DocumentReference document) {
        Deposit deposit = Deposit.of(document);
        return new DocumentFacts(
                document.getSubject().getReferenceElement().getIdPart(),
                document.getType().getCodingFirstRep().getCode(),
                document.getCategoryFirstRep().getCodingFirstRep().getCode(),
                visibility(document),
                deposit.depositor(),
                authors(document),
                document.getStatus() == DocumentReferenceStatus.CURRENT,
                flag(document, ProfileUris.IS_ARCHIVED),
                isDeleted(document),
                deposit.maskedByHolder(),
                deposit.at());
    }

    /**
     * Facts of a folder, for the decision on its change (R127): it has neither type nor labels of its own.
     *
     * @throws IllegalStateException if it was not deposited here
     */
    public static DocumentFacts factsOf(ListResource folder) {
        Deposit deposit = Deposit.of(folder);
        return new DocumentFacts(
                folder.getSubject().getReferenceElement().getIdPart(),
                "",
                "",
                Set.of(),
                deposit.depositor(),
                Set.of(),
                folder.getStatus() == ListStatus.CURRENT,
                flag(folder, ProfileUris.IS_ARCHIVED),
                false,
                deposit.maskedByHolder(),
                deposit.at());
    }

    /** R152: a folder that the holder made is his and his representatives'. */
    public static boolean isHoldersFolder(ListResource list) {
        return isFolder(list) && Deposit.of(list).depositor().role().equals(Optional.of(ActorCode.HOLDER));
    }

    /** Labels of TRE_A07 that have a rule. */
    public static Set<Visibility> visibility(DocumentReference document) {
        Set<Visibility> labels = EnumSet.noneOf(Visibility.class);
        codings(document.getSecurityLabel())
                .filter(c -> Visibility.SYSTEM.equals(c.getSystem()))
                .forEach(c -> Visibility.of(c.getCode()).ifPresent(labels::add));
        return labels;
    }

    /** True when logically deleted (R128). */
    public static boolean isDeleted(DocumentReference document) {
        return document.getStatus() == DocumentReferenceStatus.ENTEREDINERROR || flag(document, ProfileUris.IS_DELETED);
    }

    /** Sets or clears the archive flag (R130). */
    public static void archive(DocumentReference document, boolean archived) {
        setFlag(document, ProfileUris.IS_ARCHIVED, archived);
    }

    /** True when archived. */
    public static boolean isArchived(DocumentReference document) {
        return flag(document, ProfileUris.IS_ARCHIVED);
    }

    /** Deletes logically: superseded and flagged, as PDSm wants it; never archived. */
    public static void delete(DocumentReference document) {
        document.setStatus(DocumentReferenceStatus.SUPERSEDED);
        archive(document, false);
        setFlag(document, ProfileUris.IS_DELETED, true);
    }

    /** Sets a visibility label, unless it is set. */
    public static void addLabel(DocumentReference document, Visibility label) {
        if (!visibility(document).contains(label)) {
            document.addSecurityLabel(
                    new CodeableConcept().addCoding(new Coding(Visibility.SYSTEM, label.name(), null)));
        }
    }

    /** Takes a visibility label away. */
    public static void removeLabel(DocumentReference document, Visibility label) {
        document.getSecurityLabel().removeIf(concept -> concept.hasCoding(Visibility.SYSTEM, label.name()));
    }

    static void setFlag(DocumentReference document, String url, boolean value) {
        document.getExtension().removeIf(e -> url.equals(e.getUrl()));
        document.addExtension(url, new BooleanType(value));
    }

    /** Value of a boolean extension; false when absent. */
    public static boolean flag(DomainResource resource, String url) {
        return resource.getExtensionsByUrl(url).stream()
                .anyMatch(extension -> extension.getValue() instanceof BooleanType flag && flag.booleanValue());
    }

    static Stream<Coding> codings(List<CodeableConcept> concepts) {
        return concepts.stream().flatMap(c -> c.getCoding().stream());
    }

    /** idNat_PS of the professionals named as authors (R127). */
    private static Set<String> authors(DocumentReference document) {
        Set<String> authors = new HashSet<>();
        document.getAuthor().stream()
                .flatMap(author -> identifiersOf(document, author))
                .filter(i -> IdNatPs.SYSTEM.equals(i.getSystem()))
                .map(Identifier::getValue)
                .filter(Objects::nonNull)
                .forEach(authors::add);
        return authors;
    }

    /** Identifiers of whom a reference names: its own, those of the contained resource, and of the person behind a role. */
    static Stream<Identifier> identifiersOf(DomainResource holder, Reference reference) {
        Stream<Identifier> own = reference.hasIdentifier() ? Stream.of(reference.getIdentifier()) : Stream.empty();
        Stream<Identifier> contained = contained(holder, reference)
                .map(resource -> {
                    if (resource instanceof PractitionerRole role) {
                        return Stream.concat(
                                role.getIdentifier().stream(), identifiersOf(holder, role.getPractitioner()));
                    }
                    return Stream.of(resource.getNamedProperty("identifier"))
                            .filter(Objects::nonNull)
                            .flatMap(property -> property.getValues().stream())
                            .filter(Identifier.class::isInstance)
                            .map(Identifier.class::cast);
                })
                .orElseGet(Stream::empty);
        return Stream.concat(own, contained);
    }

    /** Names of whom a reference names, directly or through a role: a professional, the patient, somebody close to him. */
    static Stream<HumanName> namesOf(DomainResource holder, Reference reference) {
        return contained(holder, reference).stream().flatMap(resource -> {
            if (resource instanceof PractitionerRole role) {
                return namesOf(holder, role.getPractitioner());
            }
            return Optional.ofNullable(resource.getNamedProperty("name")).stream()
                    .flatMap(property -> property.getValues().stream())
                    .filter(HumanName.class::isInstance)
                    .map(HumanName.class::cast);
        });
    }

    static Optional<Resource> contained(DomainResource holder, Reference reference) {
        if (reference.getResource() instanceof Resource resource) {
            return Optional.of(resource);
        }
        String id = reference.getReference();
        if (id == null || !id.startsWith("#")) {
            return Optional.empty();
        }
        return holder.getContained().stream()
                .filter(r -> id.equals(r.getId())
                        || id.substring(1).equals(r.getIdElement().getIdPart()))
                .findFirst();
    }

    /** Documents to which a document is related. */
    static Stream<Reference> documentsOf(DocumentReference document) {
        return Stream.concat(
                        document.getRelatesTo().stream().map(r -> r.getTarget()),
                        document.getContext().getRelated().stream())
                .filter(r -> "DocumentReference".equals(r.getReferenceElement().getResourceType()));
    }

    /** Ids of the documents that a lot or folder lists. */
    public static List<String> entries(ListResource list) {
        return list.getEntry().stream()
                .map(e -> e.getItem().getReferenceElement())
                .filter(r -> "DocumentReference".equals(r.getResourceType()))
                .map(r -> r.getIdPart())
                .toList();
    }

    /**
     * Takes documents out of a lot or folder: PDSm wants no entry that is flagged as deleted.
     *
     * @param documents FHIR ids
     */
    public static void unlist(ListResource list, Collection<String> documents) {
        list.getEntry().removeIf(entry -> {
            var item = entry.getItem().getReferenceElement();
            return "DocumentReference".equals(item.getResourceType()) && documents.contains(item.getIdPart());
        });
    }

    /** True if nothing but entries, and the date, is missing or other in what a list has become. */
    public static boolean isUnlisted(ListResource before, ListResource after) {
        ListResource kept = before.copy();
        kept.getEntry().removeIf(entry -> after.getEntry().stream().noneMatch(still -> still.equalsDeep(entry)));
        return withoutState(kept).equalsDeep(withoutState(after));
    }

    private static ListResource withoutState(ListResource list) {
        ListResource bare = list.copy();
        bare.setMeta(null).setId((String) null);
        return bare.setDate(null);
    }

    /** True for a folder, false for a lot. */
    public static boolean isFolder(ListResource list) {
        return list.getCode().hasCoding(CodeSystems.MHD_LIST_TYPES, "folder");
    }

    static DocumentReferenceContentComponent content(DocumentReference document) {
        return document.getContentFirstRep();
    }
}
