package fr.carnet.messaging.conversation;

import fr.carnet.policy.ConversationFacts;
import fr.carnet.shared.StructureId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.springframework.stereotype.Repository;

/** The table {@code carnet.conversation}, and which mails belong to it. Takes part in the transaction of whoever writes. */
@Repository
class ConversationTable {

    private final DSLContext dsl;

    ConversationTable(DSLContext dsl) {
        this.dsl = dsl;
    }

    void add(Conversation conversation) {
        ConversationFacts facts = conversation.party().facts();
        dsl.query(
                        """
                        insert into carnet.conversation
                            (id, patient_id, professional, structure, address, name, officine, takes_replies, hidden)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                        conversation.id(),
                        conversation.patient(),
                        facts.professional().orElse(null),
                        facts.structure().map(StructureId::value).orElse(null),
                        conversation.party().address().orElse(null),
                        conversation.party().name(),
                        facts.officine(),
                        facts.takesReplies(),
                        facts.hiddenFromRepresentatives())
                .execute();
    }

    /** By the id of the Communication that began it. */
    Optional<Conversation> byId(String id) {
        return dsl.resultQuery("select * from carnet.conversation where id = ?", id)
                .fetchOptional(ConversationTable::conversation);
    }

    /** The same, and nobody else changes it until the transaction ends. */
    Optional<Conversation> locked(String id) {
        return dsl.resultQuery("select * from carnet.conversation where id = ? for update", id)
                .fetchOptional(ConversationTable::conversation);
    }

    void close(String id, Instant at) {
        dsl.query(
                        "update carnet.conversation set closed = ?::timestamptz where id = ? and closed is null",
                        at.atOffset(ZoneOffset.UTC),
                        id)
                .execute();
    }

    /** Forgets all of a record, before its messages are forgotten (R22, R23). */
    void forget(String patient) {
        dsl.query("""
                        delete from carnet.message_mail using carnet.communication
                        where communication = communication.id and communication.patient_id = ?
                        """, patient).execute();
        dsl.query("delete from carnet.conversation where patient_id = ?", patient)
                .execute();
    }

    /** Notes the mail that carries a message. */
    void carries(String messageId, String communication) {
        dsl.query("""
                        insert into carnet.message_mail (message_id, communication) values (?, ?)
                        on conflict (message_id) do nothing
                        """, messageId, communication).execute();
    }

    /** Id of the Communication that a mail carried. */
    Optional<String> carriedBy(String messageId) {
        return dsl.resultQuery("select communication from carnet.message_mail where message_id = ?", messageId)
                .fetchOptional(0, String.class);
    }

    /** The mail that carried a message. */
    Optional<String> mailOf(String communication) {
        return dsl.resultQuery(
                        "select message_id from carnet.message_mail where communication = ? order by message_id limit 1",
                        communication)
                .fetchOptional(0, String.class);
    }

    private static Conversation conversation(Record row) {
        ConversationFacts facts = new ConversationFacts(
                Optional.ofNullable(row.get("professional", String.class)),
                Optional.ofNullable(row.get("structure", String.class)).map(StructureId::new),
                row.get("officine", Boolean.class),
                row.get("takes_replies", Boolean.class),
                row.get("closed") != null,
                row.get("hidden", Boolean.class));
        Party party =
                new Party(facts, Optional.ofNullable(row.get("address", String.class)), row.get("name", String.class));
        return new Conversation(row.get("id", String.class), row.get("patient_id", String.class), party);
    }
}
