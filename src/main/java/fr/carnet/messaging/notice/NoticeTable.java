package fr.carnet.messaging.notice;

import fr.carnet.dmp.OwedNotice;
import fr.carnet.messaging.notice.Preference.Channel;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.springframework.stereotype.Repository;

/** The tables {@code carnet.obligation}, as they are told, and {@code carnet.notice}; takes part in the transaction around it. */
@Repository
class NoticeTable {

    private static final String AT_ONCE =
            "('HOLDER_OF_EMERGENCY', 'TREATING_PHYSICIAN_OF_EMERGENCY', 'HOLDER_BEFORE_OPENING')";

    private final DSLContext dsl;

    NoticeTable(DSLContext dsl) {
        this.dsl = dsl;
    }

    /** Patients of whose records something is to be told now: emergencies and openings at once, the rest when it has been quiet. */
    List<String> patients(Instant now, Duration quiet, String after, int most) {
        return dsl.resultQuery(
                        """
                        select distinct patient_id from carnet.obligation
                        where done is null and due <= ?::timestamptz and patient_id > ?
                            and (created <= ?::timestamptz or kind in
                        """ + AT_ONCE + ") order by patient_id limit ?", at(now), after, at(now.minus(quiet)), most)
                .fetch(0, String.class);
    }

    /** Ids of the documents of which something is to be told. */
    List<String> documents(Collection<String> patients, Instant now) {
        return dsl.resultQuery("""
                        select document_id from carnet.obligation where patient_id = any (?::text[])
                            and done is null and due <= ?::timestamptz and document_id is not null
                        """, patients.toArray(String[]::new), at(now)).fetch(0, String.class);
    }

    /** What is owed of a record, and nobody else tells it until the transaction ends. */
    List<Owed> lock(String patient, Instant now) {
        return dsl.resultQuery("""
                        select * from carnet.obligation
                        where patient_id = ? and done is null and due <= ?::timestamptz
                        order by created, id for update skip locked
                        """, patient, at(now)).fetch(NoticeTable::owed);
    }

    /** What notices told, by notice. */
    Map<UUID, List<Owed>> told(Collection<UUID> notices) {
        return dsl.resultQuery("select * from carnet.obligation where notice_id = any (?::uuid[])", (Object)
                        notices.toArray(UUID[]::new))
                .fetchGroups(row -> row.get("notice_id", UUID.class), NoticeTable::owed);
    }

    /** True if an emergency was told of after an instant. */
    boolean urgentSince(String patient, Optional<String> professional, Instant since) {
        return dsl.resultQuery("""
                        select 1 from carnet.notice where patient_id = ? and urgent and made > ?::timestamptz
                            and professional is not distinct from ?::text limit 1
                        """, patient, at(since), professional.orElse(null))
                .fetchOptional()
                .isPresent();
    }

    /** Stores a notice, and marks as done what it tells. */
    void add(Notice notice, List<Owed> told) {
        dsl.query(
                        """
                        insert into carnet.notice
                            (id, patient_id, professional, sentences, urgent, prompt, channel, made)
                        values (?, ?, ?, ?::text[], ?, ?, ?, ?::timestamptz)
                        """,
                        notice.id(),
                        notice.patient(),
                        notice.professional().orElse(null),
                        notice.sentences().stream().map(Enum::name).toArray(String[]::new),
                        notice.isUrgent(),
                        notice.isPrompt(),
                        notice.channel().name(),
                        at(notice.made()))
                .execute();
        done(told, Optional.of(notice.id()), notice.made());
    }

    /** Marks as done, in a notice or in none. */
    void done(List<Owed> told, Optional<UUID> notice, Instant now) {
        dsl.query(
                        "update carnet.obligation set done = ?::timestamptz, notice_id = ?::uuid where id = any (?::uuid[])",
                        at(now),
                        notice.orElse(null),
                        told.stream().map(Owed::id).toArray(UUID[]::new))
                .execute();
    }

    /** By id; what is not there any more is left out. */
    List<Notice> byIds(Collection<UUID> ids) {
        return dsl.resultQuery(
                        "select * from carnet.notice where id = any (?::uuid[])", (Object) ids.toArray(UUID[]::new))
                .fetch(NoticeTable::notice);
    }

    /**
     * What is to go into letters: of a patient all that waits, if something of it does not wait for the yearly letter, or if
     * his last letter is a year old.
     *
     * @param yearBefore no yearly letter for whom one was made after it
     */
    List<Notice> letters(Instant yearBefore, String after, int patients) {
        return dsl.resultQuery("""
                        with waiting as (
                            select patient_id from carnet.notice n
                            where channel = 'LETTER' and lettered is null and patient_id > ?
                            group by patient_id
                            having bool_or(prompt) or not exists (
                                select 1 from carnet.notice l
                                where l.patient_id = n.patient_id and l.lettered > ?::timestamptz)
                            order by patient_id limit ?)
                        select n.* from carnet.notice n join waiting using (patient_id)
                        where n.channel = 'LETTER' and n.lettered is null order by n.patient_id, n.made, n.id
                        """, after, at(yearBefore), patients).fetch(NoticeTable::notice);
    }

    /** R11, R97: what does not wait, and whose mail was given up, goes by letter. */
    void byLetter(Collection<String> notices) {
        if (!notices.isEmpty()) {
            dsl.query(
                            "update carnet.notice set channel = 'LETTER' where id = any (?::uuid[]) and channel = 'MAIL' and prompt",
                            (Object) notices.stream().map(UUID::fromString).toArray(UUID[]::new))
                    .execute();
        }
    }

    void lettered(Collection<UUID> notices, Instant now) {
        dsl.query("update carnet.notice set lettered = ?::timestamptz where id = any (?::uuid[])", at(now), (Object)
                        notices.toArray(UUID[]::new))
                .execute();
    }

    private static Owed owed(Record row) {
        return new Owed(
                row.get("id", UUID.class),
                new OwedNotice(
                        OwedNotice.Kind.valueOf(row.get("kind", String.class)),
                        row.get("rule", String.class),
                        row.get("patient_id", String.class),
                        Optional.ofNullable(row.get("document_id", String.class)),
                        instant(row, "due")),
                instant(row, "created"));
    }

    private static Notice notice(Record row) {
        return new Notice(
                row.get("id", UUID.class),
                row.get("patient_id", String.class),
                Optional.ofNullable(row.get("professional", String.class)),
                Arrays.stream(row.get("sentences", String[].class))
                        .map(Sentence::valueOf)
                        .toList(),
                Channel.valueOf(row.get("channel", String.class)),
                instant(row, "made"));
    }

    private static Instant instant(Record row, String column) {
        return row.get(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
