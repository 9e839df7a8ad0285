package fr.carnet.validation;

import static java.nio.charset.StandardCharsets.UTF_8;

import fr.carnet.shared.CodeSystems;
import fr.carnet.shared.Digest;
import fr.carnet.shared.ProfileUris;
import fr.carnet.validation.CdaHeader.DocumentId;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Identifier.IdentifierUse;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.ListResource.ListMode;
import org.hl7.fhir.r4.model.ListResource.ListStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * Builds the ITI-65 Bundle of PDSm (comprehensive) of one document from the header of its CDA.
 *
 * <p>Every identifier of the Bundle is derived from the bytes of the document: the same document gives the same lot, which
 * a server recognises (R124). Where the header lacks an element that PDSm requires, the Bundle lacks it too and the check
 * says so. Used by the push tool, the tour, the bench and tests; it has no part in what the server accepts.
 */
public final class SubmissionBundles {

    /** Type d'activité indifférencié. */
    private static final String ANY_ACTIVITY = "97";

    private final CodeTables tables;

    /** Builds with these tables. */
    public SubmissionBundles(CodeTables tables) {
        this.tables = tables;
    }

    /**
     * A lot of one document.
     *
     * @param header of the document; for a document that is no CDA, what its header would say
     * @param content raw bytes
     * @param contentType media type, {@code application/xml} for CDA
     * @param replaces identifier of the document that it replaces, if it does
     * @param submittedAt time of the lot
     */
    public Bundle bundle(
            CdaHeader header, byte[] content, String contentType, Optional<DocumentId> replaces, Instant submittedAt) {
        String documentUrl = urn("document", content);
        String binaryUrl = urn("binary", content);
        DocumentReference reference = new DocumentMetadata(tables, header).reference(content, contentType, binaryUrl);
        replaces.ifPresent(id -> reference
                .addRelatesTo()
                .setCode(DocumentReference.DocumentRelationshipType.REPLACES)
                .setTarget(new Reference()
                        .setIdentifier(new Identifier().setSystem(id.system()).setValue(id.value()))));
        Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
        bundle.getMeta().addProfile(ProfileUris.PROVIDE_BUNDLE);
        bundle.addEntry(post(urn("lot", content), submissionSet(header, content, documentUrl, submittedAt)));
        bundle.addEntry(post(documentUrl, reference));
        bundle.addEntry(post(binaryUrl, new Binary().setContentType(contentType).setData(content)));
        return bundle;
    }

    /** Identifier for a document that has none of its own, derived from its bytes. */
    public static DocumentId idOf(byte[] content) {
        return new DocumentId(oid("id", content), Optional.empty());
    }

    private ListResource submissionSet(CdaHeader header, byte[] content, String documentUrl, Instant submittedAt) {
        ListResource set = new ListResource();
        set.getMeta().addProfile(ProfileUris.SUBMISSION_SET);
        set.addIdentifier(new Identifier()
                .setUse(IdentifierUse.USUAL)
                .setType(new CodeableConcept(new Coding(CodeSystems.MHD_IDENTIFIER_TYPE, "uniqueId", null)))
                .setSystem(CodeSystems.URI)
                .setValue("urn:oid:" + oid("lot", content)));
        set.setStatus(ListStatus.CURRENT).setMode(ListMode.WORKING);
        set.setCode(new CodeableConcept(new Coding(CodeSystems.MHD_LIST_TYPES, "submissionset", null)));
        header.title().ifPresent(set::setTitle);
        set.setSubject(DocumentMetadata.subject(header.patient()));
        set.setDate(Date.from(submittedAt));
        set.addExtension(ProfileUris.DESIGNATION_TYPE, DocumentMetadata.concept(designation(header)));
        header.custodian().ifPresent(c -> set.addExtension(ProfileUris.SOURCE_ID, sourceId(c.id().token())));
        header.authors().stream().findFirst().ifPresent(a -> new ContainedAuthors(set, tables).source(a));
        set.addEntry().setItem(new Reference(documentUrl));
        return set;
    }

    /** The sector of the facility where the value set has it; hospitals have none there. */
    private Concept designation(CdaHeader header) {
        return header.facilityType()
                .flatMap(f -> tables.contentType(f.system(), f.code()))
                .or(() -> tables.contentType(CodeSystems.TRE_R209, ANY_ACTIVITY))
                .orElseThrow();
    }

    /** Of the system of a structure, named by its identifier. */
    static Identifier sourceId(String structure) {
        return new Identifier()
                .setSystem(CodeSystems.URI)
                .setValue("urn:oid:" + oid("source", structure.getBytes(UTF_8)));
    }

    static BundleEntryComponent post(String fullUrl, Resource resource) {
        BundleEntryComponent entry =
                new BundleEntryComponent().setFullUrl(fullUrl).setResource(resource);
        entry.getRequest().setMethod(HTTPVerb.POST).setUrl(resource.fhirType());
        return entry;
    }

    private static String urn(String what, byte[] content) {
        return "urn:uuid:" + uuid(what, content);
    }

    /** OID of a UUID (ITU-T X.667): {@code 2.25.} and its value as an integer. */
    private static String oid(String what, byte[] content) {
        return oid(uuid(what, content));
    }

    static String oid(UUID uuid) {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES * 2)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
        return "2.25." + new BigInteger(1, bytes);
    }

    /** UUID version 8 (RFC 9562): the first bits of a SHA-256 of the purpose and the bytes. */
    private static UUID uuid(String what, byte[] content) {
        ByteBuffer digest = ByteBuffer.wrap(Digest.SHA_256.of(what.getBytes(UTF_8), content));
        long most = (digest.getLong() & 0xFFFFFFFFFFFF0FFFL) | 0x8000L;
        long least = (digest.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(most, least);
    }
}
