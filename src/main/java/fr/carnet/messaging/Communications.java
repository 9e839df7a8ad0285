package fr.carnet.messaging;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import fr.carnet.policy.CommunicationFacts;
import fr.carnet.policy.Judgement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.IdType;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.springframework.stereotype.Repository;

/**
 * The table {@code carnet.communication}: notices and messages, with who may read them. Takes part in the transaction of
 * whoever stores one.
 */
@Repository
public class Communications {

    /** System of the categories that FHIR has: {@code notification} is that of notices. */
    public static final String CATEGORY = "http://terminology.hl7.org/CodeSystem/communication-category";

    private static final String TYPE = "Communication";

    private final DSLContext dsl;
    private final FhirContext fhir;

    Communications(DSLContext dsl, FhirContext fhir) {
        this.dsl = dsl;
        this.fhir = fhir;
    }

    /**
     * Stores a new one.
     *
     * @param resource with status, one category and sent; its id is the server's
     * @return with its id and version
     */
    public StoredCommunication add(String patient, CommunicationFacts facts, Communication resource) {
        Communication kept = resource.copy();
        kept.setIdElement(new IdType(TYPE, UUID.randomUUID().toString(), "1"));
        dsl.query(
                        """
                        insert into carnet.communication
                            (id, version, patient_id, category, status, sent, part_of, readers, resource)
                        values (?, 1, ?, ?, ?, ?::timestamptz, ?, ?::text[], ?)
                        """,
                        kept.getIdElement().getIdPart(),
                        patient,
                        category(kept),
                        kept.getStatus().toCode(),
                        sent(kept),
                        partOf(kept),
                        array(facts.readers()),
                        json(kept))
                .execute();
        return new StoredCommunication(patient, facts, kept);
    }

    /**
     * Replaces the resource of one that is stored; patient and readers stay.
     *
     * @param changed with the id and the version that it had
     * @throws ResourceVersionConflictException if it has another version by now
     */
    public StoredCommunication replace(StoredCommunication changed) {
        Communication kept = changed.resource().copy();
        long version = kept.getIdElement().getVersionIdPartAsLong();
        int replaced = dsl.query(
                        """
                        update carnet.communication set version = version + 1, status = ?, resource = ?
                        where id = ? and version = ?
                        """,
                        kept.getStatus().toCode(),
                        json(kept),
                        kept.getIdElement().getIdPart(),
                        version)
                .execute();
        if (replaced == 0) {
            throw new ResourceVersionConflictException("the Communication has another version by now");
        }
        kept.setIdElement(kept.getIdElement().withVersion(Long.toString(version + 1)));
        return new StoredCommunication(changed.patient(), changed.facts(), kept);
    }

    /** By FHIR id; empty if there is none. */
    public Optional<StoredCommunication> byId(String id) {
        return dsl.resultQuery("select * from carnet.communication where id = ?", id)
                .fetchOptional(this::stored);
    }

    /**
     * Those of a patient that a file goes with, the earliest first.
     *
     * @param file id of the attachment
     */
    public List<StoredCommunication> enclosing(String patient, String file) {
        return dsl.resultQuery("""
                        select * from carnet.communication
                        where patient_id = ? and resource::jsonb -> 'payload' @> jsonb_build_array(
                            jsonb_build_object('contentAttachment', jsonb_build_object('id', ?::text)))
                        order by sent, id
                        """, patient, file).fetch(this::stored);
    }

    /** How many there are of those that are asked for and addressed to who asks. */
    int count(CommunicationQuery query) {
        return dsl.fetchCount(dsl.selectOne().from("carnet.communication").where(query.condition()));
    }

    /** A page of them, the latest first. */
    List<StoredCommunication> page(CommunicationQuery query, int offset, int size) {
        return dsl.select()
                .from("carnet.communication")
                .where(query.condition())
                .orderBy(CommunicationQuery.ORDER)
                .offset(offset)
                .limit(size)
                .fetch(this::stored);
    }

    /** All of a record that are addressed to the caller, the latest first, without the files that go with them. */
    public List<Communication> addressedTo(Judgement judgement) {
        var query = CommunicationQuery.all(judgement);
        return dsl.select()
                .from("carnet.communication")
                .where(query.condition())
                .orderBy(CommunicationQuery.ORDER)
                .fetch(row -> stored(row).shown());
    }

    /** Forgets all of a record (R22, R23). */
    public void forget(String patient) {
        dsl.query("delete from carnet.communication where patient_id = ?", patient)
                .execute();
    }

    private StoredCommunication stored(Record row) {
        var resource = fhir.newJsonParser().parseResource(Communication.class, row.get("resource", String.class));
        resource.setIdElement(new IdType(
                TYPE,
                row.get("id", String.class),
                row.get("version", Integer.class).toString()));
        return new StoredCommunication(
                row.get("patient_id", String.class),
                new CommunicationFacts(Set.of(row.get("readers", String[].class))),
                resource);
    }

    private String json(Communication resource) {
        Communication bare = resource.copy();
        bare.setIdElement(null);
        return fhir.newJsonParser().encodeResourceToString(bare);
    }

    private static String category(Communication resource) {
        return resource.getCategoryFirstRep().getCodingFirstRep().getCode();
    }

    private static OffsetDateTime sent(Communication resource) {
        return resource.getSent().toInstant().atOffset(ZoneOffset.UTC);
    }

    private static String partOf(Communication resource) {
        return resource.hasPartOf()
                ? resource.getPartOfFirstRep().getReferenceElement().getIdPart()
                : null;
    }

    private static String[] array(Set<String> readers) {
        return readers.stream().sorted().toArray(String[]::new);
    }
}
