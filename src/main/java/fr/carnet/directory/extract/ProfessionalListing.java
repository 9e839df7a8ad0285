package fr.carnet.directory.extract;

import fr.carnet.directory.Situation;
import fr.carnet.directory.extract.ExtractLines.ListedSituation;
import fr.carnet.shared.StructureId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/** The professionals of the Annuaire Santé; of those who are not listed any more, only the number stays. */
final class ProfessionalListing implements Listing {

    static final String NAME = "PROFESSIONALS";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Function<String, Optional<Object[]>> reader(String header) {
        var lines = new ExtractLines(header);
        return line -> lines.read(line).map(ProfessionalListing::values);
    }

    private static Object[] values(ListedSituation listed) {
        Situation situation = listed.situation();
        return new Object[] {
            listed.professional().value(),
            listed.family(),
            listed.given(),
            situation.profession().code(),
            situation.specialty().orElse(""),
            situation.sector().orElse(""),
            situation.structures().stream().map(StructureId::value).sorted().collect(Collectors.joining(","))
        };
    }

    @Override
    public String insert() {
        return """
                insert into carnet.directory_situation
                    (load, id_nat_ps, family, given, profession, specialty, sector, structures)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """;
    }

    @Override
    public long entries(DSLContext dsl, long load) {
        return dsl.fetchOne("select count(distinct id_nat_ps) from carnet.directory_situation where load = ?", load)
                .get(0, Long.class);
    }

    @Override
    public long retire(DSLContext dsl, long load, Instant asOf) {
        dsl.execute("""
                delete from carnet.directory_closed c where exists
                    (select from carnet.directory_situation s where s.load = ? and s.id_nat_ps = c.id_nat_ps)
                """, load);
        int closed = dsl.execute("""
                insert into carnet.directory_closed (id_nat_ps, since)
                select distinct f.id_nat_ps, ?::timestamptz from carnet.directory_situation f
                where f.load <> ? and not exists
                    (select from carnet.directory_situation s where s.load = ? and s.id_nat_ps = f.id_nat_ps)
                on conflict do nothing
                """, asOf.atOffset(ZoneOffset.UTC), load, load);
        dsl.execute("delete from carnet.directory_situation where load <> ?", load);
        return closed;
    }
}
