package fr.carnet.trace.chain;

import fr.carnet.shared.DueJob;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs once a day the heads of all chains that moved, and writes the root to a folder outside the database. Several nodes
 * may run it: one signs, each writes what its folder lacks.
 *
 * <p>A folder that knows more than the database, or something else, stops it: the database is then an older backup, or not
 * the one of this folder, and a root over it would make that look right.
 */
public final class RootSealer implements DueJob {

    private static final Logger LOG = LoggerFactory.getLogger(RootSealer.class);

    /** Longer than any transaction that adds a trace: a head that was not committed at one root is listed by the next. */
    private static final Duration OVERLAP = Duration.ofHours(1);

    private final DSLContext dsl;
    private final SealingKey key;
    private final RootFolder folder;

    /**
     * @param dsl connections that commit by themselves
     * @param key signs
     * @param folder where the roots are kept, outside the database and its backups
     */
    public RootSealer(DSLContext dsl, SealingKey key, java.nio.file.Path folder) {
        this.dsl = dsl;
        this.key = key;
        this.folder = new RootFolder(folder);
    }

    /** Signs the root of the day, in UTC, if there is none yet; writes those that the folder lacks. */
    @Override
    public void run(Instant now) {
        try {
            if (isOfThisFolder()) {
                dsl.transaction(transaction ->
                        seal(transaction.dsl(), now.atOffset(ZoneOffset.UTC).toLocalDate()));
                export();
            }
        } catch (IOException e) {
            LOG.error("no root can be written: {}", e.getClass().getName());
        }
    }

    private boolean isOfThisFolder() throws IOException {
        long written = folder.last();
        if (written == 0) {
            return true;
        }
        Optional<Root> known = new RootTable(dsl).number(written);
        boolean same = known.isPresent() && folder.has(known.get());
        if (!same) {
            LOG.error("root {} of the folder is not the database's: no root is signed until this is settled", written);
        }
        return same;
    }

    private void seal(DSLContext one, LocalDate day) {
        one.execute("set transaction isolation level repeatable read");
        RootTable table = new RootTable(one);
        boolean mine = one.resultQuery("select pg_try_advisory_xact_lock(hashtext('carnet.trace_root'))")
                .fetchSingle(0, Boolean.class);
        Optional<Root> last = table.last();
        if (!mine || last.filter(root -> !root.day().isBefore(day)).isPresent()) {
            return;
        }
        long number = last.map(Root::number).orElse(0L) + 1;
        Hash previous = last.map(Root::hash).orElse(Hash.NONE);
        Instant takenAt = table.now();
        table.list(number, last.map(root -> root.takenAt().minus(OVERLAP)).orElse(Instant.EPOCH));
        Root.Text text = new Root.Text().add(Root.opening(number, day, takenAt, previous));
        table.heads(number, (chain, head) -> text.add(Root.line(chain, head)));
        table.add(Root.signed(number, day, takenAt, previous, text.hash(), key));
        LOG.info("root {} of the traces signed", number);
    }

    private void export() throws IOException {
        RootTable table = new RootTable(dsl);
        long known = table.last().map(Root::number).orElse(0L);
        for (long number = folder.last() + 1; number <= known; number++) {
            Root root = table.number(number).orElseThrow();
            folder.write(
                    root, each -> dsl.transaction(cursor -> new RootTable(cursor.dsl()).heads(root.number(), each)));
        }
    }
}
