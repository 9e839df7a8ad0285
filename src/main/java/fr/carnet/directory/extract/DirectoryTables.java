package fr.carnet.directory.extract;

import fr.carnet.directory.DirectoryEntry;
import fr.carnet.directory.DirectoryUnavailable;
import fr.carnet.directory.DirectoryUnavailable.Reason;
import fr.carnet.directory.Situation;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.StructureId;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.exception.DataAccessException;
import org.springframework.stereotype.Repository;

/** Reads what was loaded; every method is one statement. */
@Repository
class DirectoryTables {

    private static final Duration UNREADABLE_RETRY = Duration.ofSeconds(30);
    private static final Duration NEVER_LOADED_RETRY = Duration.ofHours(1);

    private final DSLContext dsl;

    DirectoryTables(DSLContext dsl) {
        this.dsl = dsl;
    }

    /**
     * What the loaded extract says of a number.
     *
     * @throws DirectoryUnavailable if there is none, or it cannot be read
     */
    Listed professional(IdNatPs professional) {
        Result<Record> rows =
                read(() -> dsl.fetch("""
                select l.as_of, c.id_nat_ps is not null as closed,
                    s.family, s.given, s.profession, s.specialty, s.sector, s.structures
                from carnet.directory_load l
                    left join carnet.directory_situation s on s.load = l.load and s.id_nat_ps = ?
                    left join carnet.directory_closed c on c.id_nat_ps = ?
                where l.list = ?
                """, professional.value(), professional.value(), ProfessionalListing.NAME));
        Record first = loaded(rows);
        Instant asOf = first.get("as_of", OffsetDateTime.class).toInstant();
        if (first.get("family") != null) {
            return new Listed(asOf, Optional.of(open(professional, rows)));
        }
        boolean closed = first.get("closed", Boolean.class);
        return new Listed(asOf, closed ? Optional.of(DirectoryEntry.closed(professional)) : Optional.empty());
    }

    private static DirectoryEntry open(IdNatPs professional, List<Record> rows) {
        Record first = rows.get(0);
        return new DirectoryEntry(
                professional,
                first.get("family", String.class),
                first.get("given", String.class),
                true,
                rows.stream().map(DirectoryTables::situation).distinct().toList());
    }

    private static Situation situation(Record row) {
        return new Situation(
                new ActorCode(row.get("profession", String.class)),
                text(row, "specialty"),
                text(row, "sector"),
                structures(row),
                Optional.empty(),
                Optional.empty());
    }

    private static Set<StructureId> structures(Record row) {
        return text(row, "structures").stream()
                .flatMap(ids -> Arrays.stream(ids.split(",")))
                .map(StructureId::new)
                .collect(Collectors.toSet());
    }

    private static Optional<String> text(Record row, String column) {
        return Optional.of(row.get(column, String.class)).filter(text -> !text.isEmpty());
    }

    /**
     * True if the loaded list of structures names one.
     *
     * @throws DirectoryUnavailable if there is none, or it cannot be read
     */
    boolean declares(StructureId structure) {
        Result<Record> rows = read(() -> dsl.fetch("""
                select d.id_nat_struct is not null as declared from carnet.directory_load l
                    left join carnet.declared_structure d on d.load = l.load and d.id_nat_struct = ?
                where l.list = ?
                """, structure.value(), StructureListing.NAME));
        return loaded(rows).get("declared", Boolean.class);
    }

    /** What is loaded, one line a list. */
    List<LoadedList> lists() {
        return read(() -> dsl.fetch("select list, as_of, loaded, entries from carnet.directory_load order by list"))
                .map(row -> new LoadedList(
                        row.get("list", String.class),
                        row.get("as_of", OffsetDateTime.class).toInstant(),
                        row.get("loaded", OffsetDateTime.class).toInstant(),
                        row.get("entries", Long.class)));
    }

    private static Result<Record> read(Supplier<Result<Record>> query) {
        try {
            return query.get();
        } catch (DataAccessException e) {
            throw new DirectoryUnavailable(Reason.UNREADABLE, UNREADABLE_RETRY);
        }
    }

    private static Record loaded(List<Record> rows) {
        if (rows.isEmpty()) {
            throw new DirectoryUnavailable(Reason.NEVER_LOADED, NEVER_LOADED_RETRY);
        }
        return rows.get(0);
    }

    /**
     * What the loaded extract says.
     *
     * @param asOf date of the extract
     * @param entry what it says of the number; empty if nothing
     */
    record Listed(Instant asOf, Optional<DirectoryEntry> entry) {}
}
