package fr.carnet.messaging.conversation;

import fr.carnet.messaging.EnclosedFiles;
import fr.carnet.shared.Digest;
import fr.carnet.shared.Fault;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationPayloadComponent;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/**
 * The table {@code carnet.message_content}: the bytes of the files that go with messages, outside of their JSON. A document
 * that comes again has the same uniqueId and is kept once (R168).
 */
@Component
class MessageContents implements EnclosedFiles {

    private static final int CONFLICT = 409;

    private final DSLContext dsl;

    MessageContents(DSLContext dsl) {
        this.dsl = dsl;
    }

    /**
     * Keeps a file of a patient's message.
     *
     * @return as it stands in the Communication, without its bytes
     * @throws Fault 409 if another content is known under its uniqueId
     */
    Attachment keep(String patient, Enclosure enclosure) {
        String id = UUID.randomUUID().toString();
        byte[] content = enclosure.content();
        String hash = Digest.SHA_256.hex(content);
        int added = dsl.query("""
                        insert into carnet.message_content (id, patient_id, unique_id, media_type, sha256, bytes)
                        values (?, ?, ?, ?, ?, ?) on conflict (patient_id, unique_id) do nothing
                        """, id, patient, enclosure.uniqueId().orElse(null), enclosure.mediaType(), hash, content)
                .execute();
        String kept = added == 1 ? id : known(patient, enclosure, hash);
        Attachment attachment = new Attachment()
                .setContentType(enclosure.mediaType())
                .setSize(content.length)
                .setHash(Digest.SHA_1.of(content));
        attachment.setId(kept);
        if (!enclosure.title().isEmpty()) {
            attachment.setTitle(enclosure.title());
        }
        return attachment;
    }

    /**
     * Id of the file of a document that came before, by whatever way. Whoever else brings one to this patient waits until the
     * transaction ends.
     */
    Optional<String> brought(String patient, String uniqueId) {
        dsl.execute("select pg_advisory_xact_lock(hashtextextended(?, 0))", "messages of " + patient);
        return dsl.resultQuery(
                        "select id from carnet.message_content where patient_id = ? and unique_id = ?",
                        patient,
                        uniqueId)
                .fetchOptional(0, String.class);
    }

    private String known(String patient, Enclosure enclosure, String hash) {
        return dsl.resultQuery("""
                        select id from carnet.message_content where patient_id = ? and unique_id = ? and sha256 = ?
                        """, patient, enclosure.uniqueId().orElseThrow(), hash)
                .fetchOptional(0, String.class)
                .orElseThrow(() -> Fault.of(CONFLICT, "XDSNonIdenticalHash"));
    }

    /** Forgets all of a record (R22, R23). */
    void forget(String patient) {
        dsl.query("delete from carnet.message_content where patient_id = ?", patient)
                .execute();
    }

    @Override
    public Communication complete(Communication message) {
        Communication complete = message.copy();
        complete.getPayload().stream()
                .filter(CommunicationPayloadComponent::hasContentAttachment)
                .map(CommunicationPayloadComponent::getContentAttachment)
                .forEach(attachment -> content(attachment.getId()).ifPresent(attachment::setData));
        return complete;
    }

    private Optional<byte[]> content(String id) {
        return dsl.resultQuery("select bytes from carnet.message_content where id = ?", id)
                .fetchOptional(0, byte[].class);
    }
}
