package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.carnet.faults.FaultReport;
import fr.carnet.faults.FaultTest;
import fr.carnet.server.cli.CommandLineRun;
import fr.carnet.server.schema.UnfitSchema;
import fr.carnet.shared.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The tables of a production server: made and changed by {@code migrate} alone, by a role that is no superuser; a server does
 * not start on others. A migration that is killed in the middle of a statement is gone on with.
 */
@ExtendWith(OutputCaptureExtension.class)
class MigrateIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long BARRIER = 4711;

    /** A change of HAPI's that HAPI can make again: one table. */
    private static final String HAPI_TABLE = "public.hfj_res_identifier_pt_uniq";

    private static final String HAPI_VERSION = "8.6.0.20250927.04";

    private static ProductionDatabase postgres;

    /** Migrated; copied by the tests, never changed. */
    private static String current;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        postgres = new ProductionDatabase();
        current = postgres.create();
        assertThat(migrate(postgres.owning(current), "--apply").code()).isZero();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    private static CommandLineRun migrate(List<String> settings, String task) {
        List<String> line = new ArrayList<>(List.of("migrate", task));
        line.addAll(settings);
        return CommandLineRun.of(line.toArray(String[]::new));
    }

    private void serverRefuses(String database, CapturedOutput output, String sentence) {
        assertThatThrownBy(() -> serve(database)).hasRootCauseInstanceOf(UnfitSchema.class);
        assertThat(output.getAll()).contains(sentence).doesNotContain("\tat ", "Error creating bean");
    }

    /** In the language of the machine that runs the test. */
    private static String sentence(String state, Object... arguments) {
        return Texts.of(Locale.getDefault().getLanguage()).say("start.schema-" + state, arguments);
    }

    private ConfigurableApplicationContext serve(String database) {
        List<String> settings = new ArrayList<>(postgres.serving(database));
        settings.addAll(ProductionDatabase.server(folder));
        settings.add("--server.port=0");
        return Carnet.application().run(settings.toArray(String[]::new));
    }

    @Test
    void emptyDatabaseIsRefusedThenMigratedThenServedByARoleThatOwnsNothing(CapturedOutput output) {
        String database = postgres.create();

        CommandLineRun before = migrate(postgres.owning(database), "--check");
        assertThat(before.code()).isEqualTo(1);
        assertThat(before.out()).contains("n’a pas encore de tables", "« migrate --apply »");
        serverRefuses(database, output, sentence("missing"));

        CommandLineRun applied = migrate(postgres.owning(database), "--apply");
        assertThat(applied.err()).isEmpty();
        assertThat(applied.code()).isZero();
        assertThat(applied.out()).contains("HAPI 3.3.0", "carnet:text-index…", "Les tables de la base sont à jour.");
        assertThat(migrate(postgres.serving(database), "--check").code()).isZero();

        CommandLineRun again = migrate(postgres.owning(database), "--apply");
        assertThat(again.code()).isZero();
        assertThat(again.out()).contains("carnet:grants…").doesNotContain("HAPI", "text-index");

        try (ConfigurableApplicationContext served = serve(database)) {
            assertThat(served.isActive()).isTrue();
        }
        String url = postgres.serving(database).get(0).replaceFirst("^[^=]*=", "");
        var serving = new JdbcTemplate(new DriverManagerDataSource(url, "carnet", "s"));
        assertThatThrownBy(() -> serving.execute("alter table carnet.registry add column more text"))
                .isInstanceOf(BadSqlGrammarException.class)
                .hasRootCauseMessage("ERROR: must be owner of table registry");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            delete from carnet.databasechangelog where id = 'text-index' | plus anciennes | carnet:text-index
            delete from "FLY_HFJ_MIGRATION" where "version" = '8.6.0.20251011.03' | plus anciennes | HAPI 8.6.0.20251011.03
            insert into carnet.databasechangelog select 'to-come', author, 'x.sql', now(), 999, 'EXECUTED', md5sum from carnet.databasechangelog where id = 'roles' | plus récentes | carnet:to-come
            update "FLY_HFJ_MIGRATION" set "version" = '99.0.0.20990101.1' where "installed_rank" = 748 | plus récentes | HAPI 99.0.0.20990101.1
            update carnet.databasechangelog set md5sum = '9:00000000000000000000000000000000' where id = 'text-index' | ne sont pas ceux | carnet:text-index
            update carnet.databasechangeloglock set locked = true | a été interrompue | migrate --apply
            revoke select on carnet.databasechangelog from carnet_app | Le rôle « carnet » | migrate --apply
            """)
    void tablesThatDoNotFitAreToldWithWhatHelps(String change, String sentence, String named) {
        String database = postgres.create(current);
        postgres.superuser(database).execute(change);

        CommandLineRun check = migrate(postgres.serving(database), "--check");

        assertThat(check.code()).isEqualTo(1);
        assertThat(check.out()).contains(sentence, named);
    }

    @Test
    void tablesOfALaterProgramAreNeitherServedNorChanged(CapturedOutput output) {
        String database = postgres.create(current);
        JdbcTemplate sql = postgres.superuser(database);
        sql.execute("update carnet.databasechangelog set id = 'to-come' where id = 'text-index'");

        serverRefuses(database, output, sentence("newer", "carnet:to-come"));
        CommandLineRun applied = migrate(postgres.owning(database), "--apply");
        assertThat(applied.code()).isEqualTo(1);
        assertThat(applied.err()).contains("plus récentes que ce programme");
        assertThat(sql.queryForObject(
                        "select count(*) from carnet.databasechangelog where id = 'text-index'", Integer.class))
                .isZero();
    }

    /** Again and again: while HAPI makes its tables, while it changes them, while ours are made. */
    @FaultTest(35)
    @Test
    void killedMigrationIsRefusedAndGoneOnWith(CapturedOutput output) throws Exception {
        String database = postgres.create();
        for (String table :
                List.of("public.hfj_resource", "public.hfj_resource", "public.hfj_res_system", "carnet.notice")) {
            kill(database, table, output);
        }
        goOn(database);
        tell(4);
    }

    /** At an upgrade: HAPI has left its lock. */
    @FaultTest(35)
    @Test
    void killedUpgradeLeavesALockThatTheNextOneTakesAway(CapturedOutput output) throws Exception {
        String database = postgres.create(current);
        JdbcTemplate sql = postgres.superuser(database);
        sql.execute("drop table " + HAPI_TABLE);
        sql.execute("delete from \"FLY_HFJ_MIGRATION\" where \"version\" = '" + HAPI_VERSION + "'");

        kill(database, HAPI_TABLE, output);

        assertThat(output.getAll()).contains(sentence("interrupted"));
        goOn(database);
        tell(1);
    }

    private static void tell(int times) {
        FaultReport.tell(
                35,
                "kill -9 of migrate --apply",
                times,
                "statements that PostgreSQL was at when their migration was killed",
                "a server refused in a sentence; the next migration went on to the tables of an undisturbed one");
    }

    private void kill(String database, String object, CapturedOutput output) throws Exception {
        JdbcTemplate sql = postgres.superuser(database);
        putUpBarrier(sql, object);
        try (Connection holder = postgres.session(database);
                Statement barrier = holder.createStatement()) {
            barrier.execute("select pg_advisory_lock(" + BARRIER + ")");
            Process first = apply(database, folder.resolve("killed.log"));
            await(() -> isAtBarrier(sql), first);
            first.destroyForcibly().waitFor();
            System.out.printf("killed while PostgreSQL made %s%n", object);

            // its statement lives on in PostgreSQL, and so does its lock
            assertThat(migrate(postgres.serving(database), "--check").out()).contains("est en cours");
        }
        // the barrier is gone: the statement ends, and PostgreSQL finds nobody who commits it
        await(() -> !isLocked(sql), null);
        serverRefuses(database, output, "migrate --apply");
        takeDownBarrier(sql);
    }

    private static void goOn(String database) {
        CommandLineRun next = migrate(postgres.owning(database), "--apply");
        assertThat(next.err()).isEmpty();
        assertThat(next.code()).isZero();
        assertThat(migrate(postgres.serving(database), "--check").code()).isZero();
        isLike(current, database);
    }

    @Test
    void oneOfTwoMigrationsWaits() throws Exception {
        String database = postgres.create();
        JdbcTemplate sql = postgres.superuser(database);
        putUpBarrier(sql, "carnet.notice");
        Process first;
        CompletableFuture<CommandLineRun> second;
        try (Connection holder = postgres.session(database);
                Statement barrier = holder.createStatement()) {
            barrier.execute("select pg_advisory_lock(" + BARRIER + ")");
            first = apply(database, folder.resolve("first.log"));
            await(() -> isAtBarrier(sql), first);
            second = CompletableFuture.supplyAsync(() -> migrate(postgres.owning(database), "--apply"));
            Thread.sleep(2_000);
            assertThat(second).isNotDone();
        }
        assertThat(first.waitFor()).isZero();
        assertThat(second.get(2, TimeUnit.MINUTES).code()).isZero();
        assertThat(second.get().out())
                .contains("Une autre migration est en cours", "à jour")
                .doesNotContain("text-index");
        assertThat(Files.readString(folder.resolve("first.log")))
                .contains("carnet:text-index…")
                .doesNotContain("Une autre migration");
    }

    @Test
    void databaseThatDoesNotAnswerOrIsNotNamedIsToldInASentence() {
        CommandLineRun silent = migrate(
                List.of("--carnet.database.url=jdbc:postgresql://localhost:1/x", "--carnet.database.username=u"),
                "--check");
        assertThat(silent.code()).isEqualTo(1);
        assertThat(silent.err()).contains("La base n'a pas été mise à jour").hasLineCount(1);
        assertThat(migrate(List.of(), "--check").code()).isEqualTo(1);
        assertThat(CommandLineRun.of("migrate").code()).isEqualTo(2);
        assertThat(CommandLineRun.of("migrate", "--check", "--apply").code()).isEqualTo(2);
        assertThat(CommandLineRun.of("migrate", "--help").out()).contains("--apply", "carnet.database.*", "0 si");
    }

    /** Whoever makes the object waits until nobody has the barrier. */
    private static void putUpBarrier(JdbcTemplate sql, String object) {
        sql.execute("""
                create function public.barrier() returns event_trigger language plpgsql as $$
                begin
                    if exists(select from pg_event_trigger_ddl_commands() where object_identity = '%s') then
                        perform pg_advisory_xact_lock_shared(%d);
                    end if;
                end $$;
                create event trigger barrier on ddl_command_end execute function public.barrier()
                """.formatted(object, BARRIER));
    }

    private static void takeDownBarrier(JdbcTemplate sql) {
        sql.execute("drop event trigger barrier; drop function public.barrier()");
    }

    private static boolean isAtBarrier(JdbcTemplate sql) {
        return count(sql, "locktype = 'advisory' and objid = " + BARRIER + " and not granted") == 1;
    }

    private static boolean isLocked(JdbcTemplate sql) {
        return count(sql, "locktype = 'advisory' and objid <> " + BARRIER) > 0;
    }

    private static int count(JdbcTemplate sql, String locks) {
        return sql.queryForObject(
                "select count(*) from pg_locks where database ="
                        + " (select oid from pg_database where datname = current_database()) and " + locks,
                Integer.class);
    }

    private static Process apply(String database, Path log) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                ServerProcess.classPath(),
                Carnet.class.getName(),
                "migrate",
                "--apply"));
        line.addAll(postgres.owning(database));
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static void await(BooleanSupplier condition, Process alive) throws InterruptedException {
        Instant latest = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(alive == null || alive.isAlive()).isTrue();
            assertThat(Instant.now()).isBefore(latest);
            Thread.sleep(100);
        }
    }

    /** Every column and index of a database is in the other one, too. */
    private static void isLike(String expected, String database) {
        String shape = "select table_schema || '.' || table_name || '.' || column_name || ' ' || data_type"
                + " from information_schema.columns where table_schema in ('public', 'carnet')"
                + " union select indexdef from pg_indexes where schemaname in ('public', 'carnet')";
        assertThat(postgres.superuser(database).queryForList(shape, String.class))
                .containsExactlyInAnyOrderElementsOf(
                        postgres.superuser(expected).queryForList(shape, String.class));
    }
}
