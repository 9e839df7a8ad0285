package fr.carnet.directory.extract;

import fr.carnet.directory.extract.LoadRefused.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jooq.BatchBindStep;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Replaces what is loaded of the directory by another file: streamed, and in one transaction, so that a file that breaks off
 * or is refused changes nothing.
 */
@Component
public class DirectoryLoad {

    private static final int BATCH = 1_000;
    private static final long TENTHS_KEPT = 9;

    private final DSLContext dsl;
    private final DirectoryTables tables;
    private final TransactionTemplate transactions;
    private final Clock clock;

    DirectoryLoad(DSLContext dsl, DirectoryTables tables, TransactionTemplate transactions, Clock clock) {
        this.dsl = dsl;
        this.tables = tables;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Loads the public extract « PS_LibreAcces_Personne_activite » of the Annuaire Santé.
     *
     * @param extract the file, from its line of column names on
     * @param asOf date of the extract
     * @param acceptFewer also if it lists far fewer professionals than the one before
     * @param progress told the number of lines every now and then
     * @throws LoadRefused if it is not loaded
     * @throws IOException if it cannot be read
     */
    public LoadReport professionals(BufferedReader extract, Instant asOf, boolean acceptFewer, LongConsumer progress)
            throws IOException {
        return load(new ProfessionalListing(), extract, asOf, acceptFewer, progress);
    }

    /**
     * Loads the list of declared structures (R79): a column {@code idNat_Struct}, others are not read.
     *
     * @param list the file, from its line of column names on
     * @param asOf date of the list
     * @param acceptFewer also if it lists far fewer structures than the one before
     * @param progress told the number of lines every now and then
     * @throws LoadRefused if it is not loaded
     * @throws IOException if it cannot be read
     */
    public LoadReport structures(BufferedReader list, Instant asOf, boolean acceptFewer, LongConsumer progress)
            throws IOException {
        return load(new StructureListing(), list, asOf, acceptFewer, progress);
    }

    /**
     * What is loaded, one line a list.
     *
     * @throws fr.carnet.directory.DirectoryUnavailable if it cannot be read
     */
    public List<LoadedList> loaded() {
        return tables.lists();
    }

    private LoadReport load(
            Listing listing, BufferedReader file, Instant asOf, boolean acceptFewer, LongConsumer progress)
            throws IOException {
        if (asOf.isAfter(clock.instant())) {
            throw new LoadRefused(Reason.FROM_THE_FUTURE, asOf);
        }
        try {
            return transactions.execute(status -> replace(listing, file, asOf, acceptFewer, new Tally(progress)));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private LoadReport replace(Listing listing, BufferedReader file, Instant asOf, boolean acceptFewer, Tally tally) {
        alone();
        Optional<Record> former = former(listing);
        former.map(record -> record.get("as_of", OffsetDateTime.class).toInstant())
                .filter(asOf::isBefore)
                .ifPresent(date -> {
                    throw new LoadRefused(Reason.OLDER, date);
                });
        long load =
                dsl.fetchOne("select nextval('carnet.directory_load_number')").get(0, Long.class);
        insert(listing, file, load, tally);
        tally.check();
        long entries = listing.entries(dsl, load);
        if (!acceptFewer) {
            former.map(record -> record.get("entries", Long.class)).ifPresent(before -> refuseFewer(before, entries));
        }
        long closed = listing.retire(dsl, load, asOf);
        note(listing, load, asOf, entries, tally);
        return tally.report(entries, closed);
    }

    private void alone() {
        Boolean free = dsl.fetchOne("select pg_try_advisory_xact_lock(hashtext('carnet.directory_load'))")
                .get(0, Boolean.class);
        if (!Boolean.TRUE.equals(free)) {
            throw new LoadRefused(Reason.UNDER_WAY, "");
        }
    }

    private Optional<Record> former(Listing listing) {
        return dsl.fetchOptional("select as_of, entries from carnet.directory_load where list = ?", listing.name());
    }

    private static void refuseFewer(long before, long entries) {
        if (entries * (TENTHS_KEPT + 1) < before * TENTHS_KEPT) {
            throw new LoadRefused(Reason.FEWER, entries + " < " + before);
        }
    }

    private void insert(Listing listing, BufferedReader file, long load, Tally tally) {
        try {
            String header = file.readLine();
            Function<String, Optional<Object[]>> reader = listing.reader(header == null ? "" : header);
            BatchBindStep batch = dsl.batch(listing.insert());
            for (String line = file.readLine(); line != null; line = file.readLine()) {
                Optional<Object[]> values = reader.apply(line);
                if (values.isEmpty()) {
                    tally.refused();
                    continue;
                }
                batch = batch.bind(row(load, values.get()));
                tally.used();
                if (batch.size() == BATCH) {
                    batch.execute();
                    batch = dsl.batch(listing.insert());
                }
            }
            if (batch.size() > 0) {
                batch.execute();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object[] row(long load, Object... values) {
        Object[] row = new Object[values.length + 1];
        row[0] = load;
        System.arraycopy(values, 0, row, 1, values.length);
        return row;
    }

    private void note(Listing listing, long load, Instant asOf, long entries, Tally tally) {
        dsl.execute(
                """
                insert into carnet.directory_load (list, load, as_of, loaded, lines, refused, entries)
                values (?, ?, ?::timestamptz, ?::timestamptz, ?, ?, ?)
                on conflict (list) do update set load = excluded.load, as_of = excluded.as_of,
                    loaded = excluded.loaded, lines = excluded.lines, refused = excluded.refused,
                    entries = excluded.entries
                """,
                listing.name(),
                load,
                asOf.atOffset(ZoneOffset.UTC),
                clock.instant().atOffset(ZoneOffset.UTC),
                tally.lines(),
                tally.refusedCount(),
                entries);
    }
}
