package fr.carnet.directory.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.carnet.directory.DirectoryEntry;
import fr.carnet.directory.DirectoryUnavailable;
import fr.carnet.directory.DirectoryUnavailable.Reason;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.StructureId;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.Liquibase;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/** The directory on a real PostgreSQL, as the serving role. */
class DirectoryIT {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final Instant TODAY = NOW.minus(Duration.ofHours(1));
    private static final IdNatPs SOMEBODY = new IdNatPs(Extract.id(5));
    private static final DirectorySettings SETTINGS =
            new DirectorySettings(Duration.ofDays(7), Duration.ofHours(4), 100);

    private static EmbeddedPostgres postgres;
    private static DataSource owner;
    private static DSLContext dsl;
    private static TransactionTemplate transactions;

    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now.get();
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };
    private final DirectoryTables tables = new DirectoryTables(dsl);
    private final DirectoryLoad load = new DirectoryLoad(dsl, tables, transactions, clock);
    private final LoadedDirectory directory = new LoadedDirectory(tables, SETTINGS, clock);
    private final LoadedStructures structures = new LoadedStructures(tables, SETTINGS, clock);

    @BeforeAll
    static void start() throws IOException, SQLException, LiquibaseException {
        postgres = EmbeddedPostgres.builder().start();
        owner = postgres.getPostgresDatabase();
        try (Connection connection = owner.getConnection()) {
            var database =
                    DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
            new Liquibase("fr/carnet/directory/changelog.yaml", new ClassLoaderResourceAccessor(), database)
                    .update(new Contexts());
        }
        DataSource app = postgres.getDatabase("carnet_app", "postgres");
        dsl = DSL.using(new TransactionAwareDataSourceProxy(app), SQLDialect.POSTGRES);
        transactions = new TransactionTemplate(new DataSourceTransactionManager(app));
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        asOwner("truncate carnet.directory_load, carnet.directory_situation, carnet.directory_closed,"
                + " carnet.declared_structure");
    }

    private static void asOwner(String sql) throws SQLException {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int rows() {
        return dsl.fetchCount(DSL.table("carnet.directory_situation"));
    }

    private LoadReport loadPeople(int from, int to, Instant asOf) throws IOException {
        return load.professionals(Extract.of(from, to).reader(), asOf, false, lines -> {});
    }

    private static LoadRefused.Reason refusal(ThrowingLoad loading) {
        AtomicReference<LoadRefused.Reason> reason = new AtomicReference<>();
        assertThatThrownBy(loading::run)
                .isInstanceOfSatisfying(LoadRefused.class, refused -> reason.set(refused.reason()));
        return reason.get();
    }

    @FunctionalInterface
    private interface ThrowingLoad {
        void run() throws IOException;
    }

    private static Reason unavailable(Runnable asking) {
        AtomicReference<Reason> reason = new AtomicReference<>();
        assertThatThrownBy(asking::run).isInstanceOfSatisfying(DirectoryUnavailable.class, e -> reason.set(e.reason()));
        return reason.get();
    }

    @Test
    void loadedProfessionalIsFoundWithHisSituations() throws IOException {
        String second = Extract.line(Map.of(
                "Identification nationale PP", Extract.id(5),
                "Nom d'exercice", "NOM5",
                "Code profession", "10",
                "Code savoir-faire", "SM54",
                "Numéro FINESS site", "990000010",
                "Numéro FINESS établissement juridique", "990000002",
                "Code secteur d'activité", "SA01"));

        LoadReport report = load.professionals(Extract.of(0, 2_500).with(second).reader(), TODAY, false, lines -> {});

        assertThat(report.lines()).isEqualTo(2_501);
        assertThat(report.entries()).isEqualTo(2_500);
        assertThat(report.refused()).isZero();
        DirectoryEntry entry = directory.find(SOMEBODY).orElseThrow();
        assertThat(entry.family()).isEqualTo("NOM5");
        assertThat(entry.open()).isTrue();
        assertThat(entry.situations())
                .extracting(s -> s.sector().orElseThrow())
                .containsExactlyInAnyOrder("SA07", "SA01");
        assertThat(entry.situations()).anySatisfy(s -> assertThat(s.structures())
                .containsExactlyInAnyOrder(new StructureId("1990000010"), new StructureId("1990000002")));
        assertThat(directory.find(new IdNatPs(Extract.id(9_999)))).isEmpty();
    }

    @Test
    void whoIsNotListedAnyMoreIsClosedAndHisNameForgotten() throws IOException {
        loadPeople(0, 100, TODAY.minus(Duration.ofDays(1)));

        LoadReport report = loadPeople(6, 101, TODAY);

        assertThat(report.closed()).isEqualTo(6);
        assertThat(directory.find(SOMEBODY)).contains(DirectoryEntry.closed(SOMEBODY));
        assertThat(directory.find(new IdNatPs(Extract.id(100)))).isPresent();
        assertThat(rows()).isEqualTo(95);
    }

    @Test
    void whoComesBackIsOpenAgain() throws IOException {
        loadPeople(0, 100, TODAY.minus(Duration.ofDays(2)));
        loadPeople(6, 100, TODAY.minus(Duration.ofDays(1)));
        loadPeople(0, 100, TODAY);

        assertThat(directory.find(SOMEBODY).orElseThrow().open()).isTrue();
    }

    @Test
    void unusableLinesAreCountedAndNamedByNumber() throws IOException {
        Extract extract = Extract.of(0, 200).with("cassée|ligne");

        LoadReport report = load.professionals(extract.reader(), TODAY, false, lines -> {});

        assertThat(report.refused()).isEqualTo(1);
        assertThat(report.refusedLines()).containsExactly(202L);
        assertThat(report.lines()).isEqualTo(201);
    }

    @Test
    void progressIsTold() throws IOException {
        List<Long> told = new ArrayList<>();

        load.professionals(Extract.of(0, 100_001).reader(), TODAY, false, told::add);

        assertThat(told).containsExactly(100_000L);
    }

    @Test
    void fileThatBreaksOffChangesNothing() throws IOException {
        loadPeople(0, 10, TODAY.minus(Duration.ofDays(1)));
        BufferedReader broken =
                new BufferedReader(new BreakingReader(Extract.of(0, 3_000).reader()));

        assertThatThrownBy(() -> load.professionals(broken, TODAY, false, lines -> {}))
                .isExactlyInstanceOf(IOException.class);

        assertThat(rows()).isEqualTo(10);
        assertThat(load.loaded()).singleElement().satisfies(list -> assertThat(list.entries())
                .isEqualTo(10));
    }

    /** Ends with an error after many lines. */
    private static final class BreakingReader extends FilterReader {
        private int calls;

        BreakingReader(Reader in) {
            super(in);
        }

        @Override
        public int read(char[] buffer, int off, int length) throws IOException {
            if (++calls > 30) {
                throw new IOException("cut");
            }
            return super.read(buffer, off, length);
        }
    }

    @Test
    void fileThatCannotBeRightIsRefusedAndChangesNothing() throws IOException {
        loadPeople(0, 100, TODAY.minus(Duration.ofDays(1)));

        assertThat(refusal(() -> load.professionals(Extract.of(0, 80).reader(), TODAY, false, lines -> {})))
                .isEqualTo(LoadRefused.Reason.FEWER);
        assertThat(refusal(() -> loadPeople(0, 100, TODAY.minus(Duration.ofDays(2)))))
                .isEqualTo(LoadRefused.Reason.OLDER);
        assertThat(refusal(() -> loadPeople(0, 100, NOW.plusSeconds(1)))).isEqualTo(LoadRefused.Reason.FROM_THE_FUTURE);
        assertThat(refusal(() -> load.professionals(new Extract().reader(), TODAY, true, lines -> {})))
                .isEqualTo(LoadRefused.Reason.NOTHING_USABLE);
        assertThat(refusal(() -> load.professionals(
                        Extract.of(0, 100).with("x").with("y").reader(), TODAY, true, lines -> {})))
                .isEqualTo(LoadRefused.Reason.TOO_MANY_REFUSED);
        assertThat(refusal(
                        () -> load.professionals(new BufferedReader(new StringReader("")), TODAY, true, lines -> {})))
                .isEqualTo(LoadRefused.Reason.MISSING_COLUMNS);
        assertThat(directory.find(new IdNatPs(Extract.id(99)))).isPresent();

        load.professionals(Extract.of(0, 80).reader(), TODAY, true, lines -> {});
        assertThat(directory.find(new IdNatPs(Extract.id(99))))
                .contains(DirectoryEntry.closed(new IdNatPs(Extract.id(99))));
    }

    @Test
    void oneLoadAtATime() throws SQLException {
        try (Connection other = owner.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select pg_advisory_xact_lock(hashtext('carnet.directory_load'))");

            assertThat(refusal(() -> loadPeople(0, 10, TODAY))).isEqualTo(LoadRefused.Reason.UNDER_WAY);
            other.rollback();
        }
    }

    @Test
    void withoutALoadNothingIsSaid() {
        assertThat(unavailable(() -> directory.find(SOMEBODY))).isEqualTo(Reason.NEVER_LOADED);
        assertThat(unavailable(() -> structures.contains(new StructureId("1990000010"))))
                .isEqualTo(Reason.NEVER_LOADED);
    }

    @Test
    void extractThatIsTooOldSaysNothingOfAnybody() throws IOException {
        loadPeople(0, 10, TODAY);
        now.set(TODAY.plus(SETTINGS.maxAge()));
        assertThat(directory.find(SOMEBODY)).isPresent();

        now.set(TODAY.plus(SETTINGS.maxAge()).plusSeconds(1));

        assertThat(unavailable(() -> directory.find(SOMEBODY))).isEqualTo(Reason.TOO_OLD);
        assertThat(unavailable(() -> directory.find(new IdNatPs(Extract.id(9_999)))))
                .isEqualTo(Reason.TOO_OLD);
    }

    @Test
    @Tag("R76")
    void whileTheTableCannotBeReadOnlyKnownEntriesServeAndNotForLong() throws IOException, SQLException {
        loadPeople(0, 10, TODAY);
        IdNatPs stranger = new IdNatPs(Extract.id(9_999));
        assertThat(directory.find(SOMEBODY)).isPresent();
        assertThat(directory.find(stranger)).isEmpty();

        asOwner("alter table carnet.directory_situation rename to gone");
        try {
            assertThat(directory.find(SOMEBODY).orElseThrow().family()).isEqualTo("NOM5");
            assertThat(unavailable(() -> directory.find(stranger))).isEqualTo(Reason.UNREADABLE);
            assertThat(unavailable(() -> directory.find(new IdNatPs(Extract.id(6)))))
                    .isEqualTo(Reason.UNREADABLE);

            now.set(NOW.plus(SETTINGS.cacheAge()).plusSeconds(1));
            assertThat(unavailable(() -> directory.find(SOMEBODY))).isEqualTo(Reason.UNREADABLE);
        } finally {
            asOwner("alter table carnet.gone rename to directory_situation");
        }
        assertThat(directory.find(SOMEBODY)).isPresent();
    }

    @Test
    @Tag("R79")
    void onlyStructuresOfTheListAreDeclared() throws IOException, SQLException {
        StructureId hospital = new StructureId("1990000010");
        StructureId other = new StructureId("1990000028");
        load.structures(list("idNat_Struct|Raison sociale", "1990000010|Centre hospitalier H"), TODAY, false, l -> {});

        assertThat(structures.contains(hospital)).isTrue();
        assertThat(structures.contains(other)).isFalse();

        asOwner("alter table carnet.declared_structure rename to gone");
        try {
            assertThat(structures.contains(hospital)).isTrue();
            assertThat(unavailable(() -> structures.contains(other))).isEqualTo(Reason.UNREADABLE);
        } finally {
            asOwner("alter table carnet.gone rename to declared_structure");
        }
    }

    @Test
    void listOfStructuresReplacesTheFormerOne() throws IOException {
        load.structures(list("idNat_Struct", "1990000010", "1990000010", "1990000028"), TODAY, false, l -> {});

        LoadReport report = load.structures(list("idNat_Struct", "1990000010", "1990000036"), TODAY, false, l -> {});

        assertThat(report.entries()).isEqualTo(2);
        assertThat(structures.contains(new StructureId("1990000028"))).isFalse();
        assertThat(structures.contains(new StructureId("1990000036"))).isTrue();
        assertThat(refusal(() -> load.structures(list("FINESS", "990000010"), TODAY, true, l -> {})))
                .isEqualTo(LoadRefused.Reason.MISSING_COLUMNS);
    }

    private static BufferedReader list(String... lines) {
        return new BufferedReader(new StringReader(String.join("\n", lines)));
    }

    @Test
    void whatIsLoadedIsTold() throws IOException {
        loadPeople(0, 10, TODAY);

        assertThat(load.loaded()).containsExactly(new LoadedList("PROFESSIONALS", TODAY, NOW, 10));
    }
}
