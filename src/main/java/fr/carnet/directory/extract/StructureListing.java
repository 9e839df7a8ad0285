package fr.carnet.directory.extract;

import fr.carnet.shared.StructureId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.DSLContext;

/** The structures that declared themselves compliant (R79): legal entities and establishments, one identifier a line. */
final class StructureListing implements Listing {

    static final String NAME = "STRUCTURES";

    private static final String STRUCTURE = "idNat_Struct";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Function<String, Optional<Object[]>> reader(String header) {
        var columns = new Columns(header, List.of(STRUCTURE));
        return line -> columns.row(line).flatMap(row -> row.cell(STRUCTURE)).flatMap(StructureListing::values);
    }

    private static Optional<Object[]> values(String id) {
        try {
            return Optional.of(new Object[] {new StructureId(id).value()});
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String insert() {
        return "insert into carnet.declared_structure (load, id_nat_struct) values (?, ?) on conflict do nothing";
    }

    @Override
    public long entries(DSLContext dsl, long load) {
        return dsl.fetchOne("select count(*) from carnet.declared_structure where load = ?", load)
                .get(0, Long.class);
    }

    @Override
    public long retire(DSLContext dsl, long load, Instant asOf) {
        dsl.execute("delete from carnet.declared_structure where load <> ?", load);
        return 0;
    }
}
