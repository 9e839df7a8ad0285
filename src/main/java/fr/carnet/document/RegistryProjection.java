package fr.carnet.document;

import static fr.carnet.document.RegistryTable.*;
import static org.jooq.impl.DSL.val;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import fr.carnet.policy.DocumentFacts;
import fr.carnet.policy.VisibilityKeys;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.FhirInterval;
import fr.carnet.shared.ProfileUris;
import fr.carnet.shared.StructureId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Base64BinaryType;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/**
 * Writes the registry row of a document, lot or folder in the transaction that stores the resource.
 *
 * <p>Registered on the store's interceptor service, not on the endpoint's, so that no write passes it by.
 */
@Interceptor
public final class RegistryProjection {

    /** Keys of a lot: the union of its documents'. */
    private static final String UNION_OF_KEYS =
            "coalesce((select array_agg(distinct k) from carnet.registry d cross join lateral unnest(d.keys) k"
                    + " where d.id = any({0}) and d.patient_id = {2} and k like any({1})), '{}'::text[])";

    /** Lots and folders that list a document. */
    private static final String LISTING =
            " where l.kind <> 'D' and l.patient_id = {1} and l.refers_to @> array[{0}]::text[]";

    private static final String[] ANY_KEY = {"%"};
    /** R152: a folder that the holder made is his and his representatives'. */
    private static final String[] HOLDERS_KEYS = {"p", "r"};

    private final DSLContext dsl;
    private final FhirContext fhir;
    private final VisibilityKeys keys;
    private final DocumentChanges changes;

    RegistryProjection(DSLContext dsl, FhirContext fhir, VisibilityKeys keys, DocumentChanges changes) {
        this.dsl = dsl;
        this.fhir = fhir;
        this.keys = keys;
        this.changes = changes;
    }

    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
    public void created(IBaseResource resource) {
        write(resource);
        tell(resource);
    }

    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
    public void updated(IBaseResource before, IBaseResource after) {
        write(after);
        tell(after);
        // a new document is in no lot yet; a changed one may open or close those that list it
        if (after instanceof DocumentReference document) {
            refreshLots(
                    document.getIdElement().getIdPart(),
                    document.getSubject().getReferenceElement().getIdPart());
        }
    }

    /** Writes or rewrites the row of a resource; other types are none of its business. */
    void write(IBaseResource resource) {
        if (resource instanceof DocumentReference || resource instanceof ListResource) {
            upsert(row((DomainResource) resource));
        }
    }

    private void tell(IBaseResource resource) {
        if (resource instanceof DocumentReference document) {
            changes.changed(
                    document.getSubject().getReferenceElement().getIdPart(),
                    document.getIdElement().getIdPart());
        }
    }

    /** The row of a document, lot or folder; the keys of the latter two are an SQL expression over its documents' rows. */
    Map<Field<?>, Object> row(DomainResource resource) {
        return resource instanceof ListResource list ? row(list) : row((DocumentReference) resource);
    }

    /** True if a key of a document of this lot or folder also opens the list itself. */
    boolean opens(ListResource list, String key) {
        return !DocumentResources.isHoldersFolder(list) || List.of(HOLDERS_KEYS).contains(key);
    }

    /** One statement for the row and for its uniqueId: whoever has that already makes all of it fail (R124). */
    private void upsert(Map<Field<?>, Object> row) {
        Field<String> id = val((String) row.get(ID));
        Field<String> uniqueId = val((String) row.get(UNIQUE_ID));
        var claim = DSL.insertInto(CLAIMS, CLAIMED, HOLDER)
                .select(DSL.select(uniqueId, id)
                        .whereNotExists(DSL.selectOne().from(CLAIMS).where(CLAIMED.eq(uniqueId), HOLDER.eq(id))))
                .returning();
        dsl.with(DSL.name("claim").as(claim))
                .insertInto(REGISTRY)
                .set(row)
                .onConflict(ID, PATIENT)
                .doUpdate()
                .setAllToExcluded()
                .where(DSL.field(DSL.name("registry", "version"), Long.class)
                        .le(DSL.field(DSL.name("excluded", "version"), Long.class)))
                .execute();
    }

    /**
     * Locks the lists first: a statement that waits for a row of theirs would then compute their keys from what the other
     * documents were when it began to wait.
     */
    private void refreshLots(String document, String patient) {
        dsl.execute("select from carnet.registry l" + LISTING + " order by id for update", val(document), val(patient));
        dsl.execute(
                "update carnet.registry l set keys = coalesce((select array_agg(distinct k) from carnet.registry d"
                        + " cross join lateral unnest(d.keys) k where d.id = any(l.refers_to)"
                        + " and d.patient_id = {1}"
                        + " and (l.kind = 'S' or l.depositor_role is distinct from {2} or k in ('p', 'r'))), '{}'::text[])"
                        + LISTING,
                val(document),
                val(patient),
                val(ActorCode.HOLDER.code()));
    }

    private Map<Field<?>, Object> row(DocumentReference document) {
        DocumentFacts facts = DocumentResources.factsOf(document);
        var attachment = DocumentResources.content(document).getAttachment();
        Period period = document.getContext().getPeriod();
        Map<Field<?>, Object> row = common(document, SearchWords.of(document), document.getDateElement());
        row.put(KIND, "D");
        row.put(PATIENT, facts.patient());
        row.put(UNIQUE_ID, document.getMasterIdentifier().getValue());
        row.put(STATUS, document.getStatus().toCode());
        put(row, CREATION, CREATION_TO, attachment.getCreationElement());
        put(row, PERIOD_START, PERIOD_START_TO, period.getStartElement());
        put(row, PERIOD_END, PERIOD_END_TO, period.getEndElement());
        row.put(ARCHIVED, facts.archived());
        row.put(KEYS, keys.keysOf(facts).toArray(String[]::new));
        row.put(TYPE, facts.type());
        row.put(CLASS, facts.classCode());
        row.put(VISIBILITY, facts.visibility().stream().map(Enum::name).toArray(String[]::new));
        row.put(AUTHORS, facts.authors().toArray(String[]::new));
        row.put(DELETED, facts.deleted());
        row.put(MASKED_BY_HOLDER, facts.maskedByHolder());
        row.put(DEPOSITED_AT, facts.depositedAt().atOffset(ZoneOffset.UTC));
        row.put(
                CONTENT,
                new Reference(attachment.getUrl()).getReferenceElement().getIdPart());
        row.put(TITLE, attachment.getTitle());
        Base64BinaryType hash = attachment.getHashElement();
        row.put(HASH, hash.getValueAsString());
        row.put(
                REFERS_TO,
                DocumentResources.documentsOf(document)
                        .map(r -> r.getReferenceElement().getIdPart())
                        .distinct()
                        .toArray(String[]::new));
        return row;
    }

    private Map<Field<?>, Object> row(ListResource list) {
        String[] entries = DocumentResources.entries(list).toArray(String[]::new);
        Map<Field<?>, Object> row = common(list, SearchWords.of(list), list.getDateElement());
        row.put(KIND, DocumentResources.isFolder(list) ? "F" : "S");
        String patient = list.getSubject().getReferenceElement().getIdPart();
        row.put(PATIENT, patient);
        // MHD wants no uniqueId of a lot: its own id is as unique
        row.put(
                UNIQUE_ID,
                Optional.ofNullable(uniqueId(list).getValue())
                        .orElse("urn:uuid:" + list.getIdElement().getIdPart()));
        row.put(STATUS, list.getStatus().toCode());
        row.put(ARCHIVED, DocumentResources.flag(list, ProfileUris.IS_ARCHIVED));
        row.put(REFERS_TO, entries);
        row.put(
                KEYS,
                DSL.field(
                        UNION_OF_KEYS,
                        KEYS.getDataType(),
                        val(entries),
                        val(DocumentResources.isHoldersFolder(list) ? HOLDERS_KEYS : ANY_KEY),
                        val(patient)));
        return row;
    }

    private Map<Field<?>, Object> common(DomainResource resource, SearchWords found, BaseDateTimeType date) {
        Deposit deposit = Deposit.of(resource);
        Map<Field<?>, Object> row = new java.util.LinkedHashMap<>();
        row.put(ID, resource.getIdElement().getIdPart());
        row.put(VERSION, resource.getIdElement().getVersionIdPartAsLong());
        put(row, DATE, DATE_TO, date);
        row.put(LAST_UPDATED, at(resource.getMeta().getLastUpdated()));
        row.put(TOKENS, found.tokens().toArray(String[]::new));
        row.put(WORDS, found.words().toArray(String[]::new));
        row.put(JSON, json(resource));
        row.put(DEPOSITOR, deposit.depositor().subject());
        row.put(DEPOSITOR_ROLE, deposit.depositor().role().map(ActorCode::code).orElse(null));
        row.put(
                DEPOSITOR_STRUCTURE,
                deposit.depositor().structure().map(StructureId::value).orElse(null));
        return row;
    }

    /** The resource as it is sent: without what only Carnet knows. */
    private String json(DomainResource resource) {
        DomainResource sent = resource.copy();
        Deposit.strip(sent);
        return fhir.newJsonParser().encodeResourceToString(sent);
    }

    /** uniqueId of a lot or folder: the identifier with use usual, else the first that is an OID. */
    static Identifier uniqueId(ListResource list) {
        List<Identifier> identifiers = list.getIdentifier();
        return identifiers.stream()
                .filter(i -> i.getUse() == Identifier.IdentifierUse.USUAL)
                .findFirst()
                .or(() -> identifiers.stream()
                        .filter(i -> i.hasValue() && i.getValue().startsWith("urn:oid:"))
                        .findFirst())
                .orElseGet(list::getIdentifierFirstRep);
    }

    /** The interval that a date stands for, as precise as it was written. */
    private static void put(
            Map<Field<?>, Object> row, Field<OffsetDateTime> from, Field<OffsetDateTime> to, BaseDateTimeType date) {
        Optional<FhirInterval> written =
                Optional.ofNullable(date.getValueAsString()).flatMap(FhirInterval::parse);
        row.put(from, written.map(FhirInterval::start).orElse(null));
        row.put(to, written.map(FhirInterval::end).orElse(null));
    }

    private static OffsetDateTime at(Date date) {
        return date == null ? null : Instant.ofEpochMilli(date.getTime()).atOffset(ZoneOffset.UTC);
    }
}
