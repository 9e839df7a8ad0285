package fr.carnet.validation;

import fr.carnet.shared.CodeSystems;
import fr.carnet.shared.Digest;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.ProfileUris;
import fr.carnet.shared.StructureId;
import fr.carnet.validation.CdaHeader.Author;
import fr.carnet.validation.CdaHeader.DocumentId;
import fr.carnet.validation.CdaHeader.Event;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DocumentReference.DocumentReferenceContextComponent;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Identifier.IdentifierUse;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;

/** The DocumentReference of a CDA document: the ANS mapping of its header. */
final class DocumentMetadata {

    private static final String DEFAULT_LANGUAGE = "fr-FR";
    private static final Concept MIME_TYPE_SUFFICIENT =
            new Concept(CodeSystems.IHE_FORMAT_CODE, "urn:ihe:iti:xds:2017:mimeTypeSufficient", "mimeType Sufficient");

    private final CodeTables tables;
    private final CdaHeader header;

    DocumentMetadata(CodeTables tables, CdaHeader header) {
        this.tables = tables;
        this.header = header;
    }

    DocumentReference reference(byte[] content, String contentType, String url) {
        DocumentReference reference = new DocumentReference();
        reference.getMeta().addProfile(ProfileUris.DOCUMENT_REFERENCE);
        reference.setMasterIdentifier(masterIdentifier());
        reference.setStatus(DocumentReferenceStatus.CURRENT);
        reference.setType(concept(labelled(header.type())));
        documentClass().ifPresent(c -> reference.addCategory(concept(c)));
        reference.setSubject(subject(header.patient()));
        reference.setDateElement(new InstantType(iso(header.created())));
        people(reference);
        header.custodian()
                .ifPresent(c -> reference.setCustodian(new Reference()
                        .setIdentifier(identifier(c.id()))
                        .setDisplay(c.name().orElse(null))));
        header.confidentiality().ifPresent(c -> reference.addSecurityLabel(concept(c)));
        reference
                .addContent()
                .setAttachment(attachment(content, contentType, url))
                .setFormat(coding(format()));
        context(reference);
        return reference;
    }

    /** The patient, by his matricule. */
    static Reference subject(CdaHeader.Patient patient) {
        return patient.ins()
                .map(ins -> new Reference("Patient?identifier=" + ins.system() + "|" + ins.value()))
                .orElseGet(Reference::new);
    }

    static CodeableConcept concept(Concept concept) {
        return new CodeableConcept(coding(concept));
    }

    /** With the type, and for a structure the use, that the profiles of the annuaire ask of a national identifier. */
    static Identifier identifier(DocumentId id) {
        Identifier identifier = new Identifier().setSystem(id.system()).setValue(id.value());
        return switch (id.system()) {
            case IdNatPs.SYSTEM -> identifier.setType(identifierType("IDNPS"));
            case StructureId.SYSTEM -> identifier.setUse(IdentifierUse.OFFICIAL).setType(identifierType("IDNST"));
            default -> identifier;
        };
    }

    private static CodeableConcept identifierType(String code) {
        return new CodeableConcept(new Coding(CodeSystems.FR_CORE_V2_0203, code, null));
    }

    private static Coding coding(Concept concept) {
        String display = concept.display().isEmpty() ? null : concept.display();
        return new Coding(concept.system(), concept.code(), display);
    }

    private Identifier masterIdentifier() {
        return identifier(header.id())
                .setUse(IdentifierUse.USUAL)
                .setType(new CodeableConcept(new Coding(CodeSystems.MHD_IDENTIFIER_TYPE, "uniqueId", null)));
    }

    private Concept labelled(Concept type) {
        return tables.type(type.system(), type.code()).orElse(type);
    }

    private Optional<Concept> documentClass() {
        return tables.classOf(header.type().system(), header.type().code())
                .map(c -> tables.documentClass(c.system(), c.code()).orElse(c));
    }

    private Concept format() {
        return tables.formatOf(header.templateIds(), header.nonXmlMediaType()).orElse(MIME_TYPE_SUFFICIENT);
    }

    private void people(DocumentReference reference) {
        ContainedAuthors contained = new ContainedAuthors(reference, tables);
        List<Author> authors = header.authors();
        IntStream.range(0, authors.size())
                .forEach(i -> reference.addAuthor(contained.author(authors.get(i), "author-" + (i + 1))));
        header.legalAuthenticator().ifPresent(a -> reference.setAuthenticator(contained.person(a, "authenticator")));
    }

    private Attachment attachment(byte[] content, String contentType, String url) {
        Attachment attachment = new Attachment()
                .setContentType(contentType)
                .setLanguage(header.language().orElse(DEFAULT_LANGUAGE))
                .setUrl(url)
                .setSize(content.length)
                .setHash(Digest.SHA_1.of(content))
                .setTitle(header.title().orElseGet(() -> labelled(header.type()).display()));
        attachment.setCreationElement(new DateTimeType(iso(header.created())));
        return attachment;
    }

    private void context(DocumentReference reference) {
        DocumentReferenceContextComponent context = reference.getContext();
        header.events().stream().flatMap(e -> e.code().stream()).forEach(c -> context.addEvent(concept(c)));
        context.setPeriod(period());
        header.facilityType()
                .map(f -> tables.facilityType(f.system(), f.code()).orElse(f))
                .ifPresent(f -> context.setFacilityType(concept(f)));
        header.practiceSetting()
                .map(s -> tables.practiceSetting(s.system(), s.code()).orElse(s))
                .ifPresent(s -> context.setPracticeSetting(concept(s)));
        reference.addContained(ContainedPatient.of(header.patient()));
        context.setSourcePatientInfo(new Reference("#" + ContainedPatient.ID));
        header.orders().forEach(o -> context.addRelated(order(o)));
    }

    private static Reference order(DocumentId order) {
        Coding kind = new Coding(CodeSystems.URI, "urn:ihe:iti:xds:2013:order", null);
        return new Reference().setIdentifier(identifier(order).setType(new CodeableConcept(kind)));
    }

    private Period period() {
        Period period = new Period();
        OffsetDateTime start = header.events().stream()
                .flatMap(e -> e.start().stream())
                .findFirst()
                .orElse(header.created());
        period.setStartElement(new DateTimeType(iso(start)));
        header.events().stream()
                .findFirst()
                .flatMap(Event::end)
                .ifPresent(end -> period.setEndElement(new DateTimeType(iso(end))));
        return period;
    }

    private static String iso(OffsetDateTime time) {
        return time.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    }
}
