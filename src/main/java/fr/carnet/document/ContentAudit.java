package fr.carnet.document;

import fr.carnet.shared.Digest;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stored contents against the documents that refer to them: bytes that are missing or other than they were, and bytes that no
 * document refers to. Works beside a serving server; one slice of one content is in memory at a time.
 */
public final class ContentAudit {

    private static final int BATCH = 500;
    private static final int SLICE = 1 << 20;

    private static final String DOCUMENTS =
            "select id, content_id, hash, json::jsonb -> 'content' -> 0 -> 'attachment' ->> 'size' as size"
                    + " from carnet.registry where kind = 'D' and content_id is not null and id > ? order by id limit "
                    + BATCH;

    /** A content and its document are written in one transaction: what is alone stays alone. */
    private static final String ALONE = " from carnet.content c where c.stored_at < now() - interval '1 hour'"
            + " and not exists (select from carnet.registry r where r.content_id = c.id)";

    /** Documents whose rows the registry has lost may well refer to a content. */
    private static final String UNKNOWN = "select exists (select from public.hfj_resource h"
            + " where h.res_type = 'DocumentReference' and h.res_deleted_at is null"
            + " and not exists (select from carnet.registry r where r.id = h.fhir_id))";

    private final DSLContext dsl;
    private final TransactionTemplate transaction;

    ContentAudit(DSLContext dsl, TransactionTemplate transaction) {
        this.dsl = dsl;
        this.transaction = transaction;
    }

    /** What may be wrong with a stored content. */
    public enum Flaw {
        /** There are no bytes. */
        MISSING,
        /** They are more or fewer than the document says. */
        OTHER_SIZE,
        /** Their SHA-1 is not that of the document. */
        OTHER_BYTES
    }

    /**
     * A document whose content is not what it says.
     *
     * @param document FHIR id
     */
    public record Difference(String document, Flaw flaw) {}

    /**
     * Reads the content of every document.
     *
     * @param progress is told now and then how many were read
     * @param differences is told each content that is not what its document says
     * @return number of contents read
     */
    public long verify(LongConsumer progress, Consumer<Difference> differences) {
        long done = 0;
        List<Record> batch = dsl.fetch(DOCUMENTS, "");
        while (!batch.isEmpty()) {
            for (Record document : batch) {
                flaw(document)
                        .ifPresent(flaw -> differences.accept(new Difference(document.get("id", String.class), flaw)));
            }
            done += batch.size();
            progress.accept(done);
            String last = batch.get(batch.size() - 1).get("id", String.class);
            batch = dsl.fetch(DOCUMENTS, last);
        }
        return done;
    }

    private Optional<Flaw> flaw(Record document) {
        MessageDigest digest = Digest.SHA_1.begin();
        long size = read(document.get("content_id", String.class), digest);
        if (size < 0) {
            return Optional.of(Flaw.MISSING);
        }
        String told = document.get("size", String.class);
        if (told != null && Long.parseLong(told) != size) {
            return Optional.of(Flaw.OTHER_SIZE);
        }
        String hash = document.get("hash", String.class);
        boolean same = hash == null || hash.equals(Base64.getEncoder().encodeToString(digest.digest()));
        return same ? Optional.empty() : Optional.of(Flaw.OTHER_BYTES);
    }

    /** Number of bytes; -1 if there is no such content. */
    private long read(String id, MessageDigest digest) {
        for (long size = 0; ; ) {
            byte[] slice = (byte[]) dsl.fetchValue(
                    "select substring(bytes from ? for ?) from carnet.content where id = ?",
                    Math.toIntExact(size + 1),
                    SLICE,
                    id);
            if (slice == null) {
                return -1;
            }
            digest.update(slice);
            size += slice.length;
            if (slice.length < SLICE) {
                return size;
            }
        }
    }

    /**
     * Contents that no document refers to, stored an hour ago or earlier.
     *
     * @return their ids
     */
    public List<String> alone() {
        return dsl.fetch("select c.id" + ALONE + " order by c.id").getValues(0, String.class);
    }

    /**
     * Removes them, while nobody writes to the registry.
     *
     * @return number of contents removed; empty if the registry lacks the row of a document, for then nobody knows which
     *     contents are alone
     */
    public Optional<Integer> sweep() {
        return transaction.execute(status -> {
            dsl.execute("lock table carnet.registry in share mode");
            if (Boolean.TRUE.equals(dsl.fetchValue(UNKNOWN))) {
                return Optional.empty();
            }
            return Optional.of(dsl.execute("delete" + ALONE));
        });
    }
}
