package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Rows that something is missing to: whatever happened to a server, there are none. */
public final class Orphans {

    private static final List<String> COUNTS = List.of(
            "select count(*) from carnet.registry r where r.kind = 'D'"
                    + " and not exists (select from carnet.content c where c.id = r.content_id)",
            "select count(*) from carnet.content c"
                    + " where not exists (select from carnet.registry r where r.content_id = c.id)",
            "select count(*) from carnet.registry r"
                    + " where not exists (select from public.hfj_resource h where h.fhir_id = r.id)",
            "select count(*) from carnet.registry r full join carnet.unique_id u on u.unique_id = r.unique_id"
                    + " and u.id = r.id where r.id is null or u.id is null",
            "select count(*) from public.hfj_resource h where h.res_type in ('DocumentReference', 'List')"
                    + " and not exists (select from carnet.registry r where r.id = h.fhir_id)",
            "select count(*) from public.hfj_resource h"
                    + " where not exists (select from public.hfj_res_ver v where v.res_id = h.res_id)");

    private Orphans() {}

    /** Fails when there is one, of whatever kind. */
    public static void none(JdbcTemplate owner) {
        assertThat(COUNTS).allSatisfy(orphans -> assertThat(owner.queryForObject(orphans, Long.class))
                .as(orphans)
                .isZero());
    }
}
