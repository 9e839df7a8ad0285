package fr.carnet.faults;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.server.Orphans;
import fr.carnet.server.Publication;
import fr.carnet.server.cli.CommandLineRun;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Lot;
import fr.carnet.server.cli.client.Person;
import fr.carnet.shared.Ins;
import fr.carnet.shared.InsDomain;
import fr.carnet.trace.chain.Scope;
import fr.carnet.trace.chain.TraceVerification;
import fr.carnet.trace.chain.Verified;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;

/** Where production servers run: one PostgreSQL, one issuer, patients, and what must hold whatever happens. */
final class Site implements AutoCloseable {

    static final Person ALICE = Publication.ALICE;
    static final Person RUTH = new Person(
            new Ins(InsDomain.TEST, "277076322082910"),
            "NESSI",
            "RUTH",
            "RUTH ISABELLE",
            "1977-07-14",
            AdministrativeGender.FEMALE,
            "51215");

    final Path home;
    final Engine engine;
    final Issuer issuer = new Issuer();

    /** @param name of its folder under {@code target/it} */
    Site(String name) {
        this(folder(name), Optional.empty());
    }

    /** @param data where PostgreSQL keeps its data, if not beside the rest */
    Site(Path home, Optional<Path> data) {
        this.home = home;
        engine = new Engine(data.orElse(home));
        CommandLineRun migrated = CommandLineRun.of(
                "migrate",
                "--apply",
                "--carnet.database.url=" + Engine.url(engine.port()),
                "--carnet.database.username=" + Engine.SERVING,
                "--carnet.database.owner-username=postgres",
                "--carnet.database.owner-password=postgres");
        assertThat(migrated.code()).as(migrated.out() + migrated.err()).isZero();
    }

    static Path folder(String name) {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "it")), name)
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server of this place, not yet started. */
    Node node(String name, String... more) {
        return Node.in(home, name, engine.port(), issuer, List.of(more));
    }

    /** Registers a patient and opens the record. */
    void open(Node node, Person person) {
        new Practice(issuer, node.client()).open(person);
    }

    /** What somebody published, and what came back. */
    record Sent(Lot lot, Optional<Answer> answer) {

        boolean isAcknowledged() {
            return answer.filter(a -> a.status() == 200).isPresent();
        }
    }

    Sent publish(Node node, Person person) {
        Lot lot = Practice.lot(person);
        return new Sent(lot, node.trySend(issuer.martin(), Call.transaction(lot.bundle())));
    }

    /** (I1) found by its uniqueId, its bytes unchanged. */
    void isWhole(Node node, Lot lot) {
        new Practice(issuer, node.client()).isWhole(lot);
    }

    /** (I1) in the database alone, when no server is left. */
    void isStored(Lot lot) {
        byte[] bytes = engine.owner()
                .queryForObject(
                        "select c.bytes from carnet.content c join carnet.registry r on r.content_id = c.id"
                                + " where r.unique_id = ?",
                        byte[].class,
                        lot.document().id().urn());
        assertThat(bytes).isEqualTo(lot.document().content());
    }

    boolean isCommitted(Lot lot) {
        return engine.owner()
                        .queryForObject(
                                "select count(*) from carnet.registry where unique_id = ?",
                                Long.class,
                                lot.document().id().urn())
                > 0;
    }

    /** From now on a publication in this record takes so long in its commit, after it has written all it writes. */
    void stallCommitsOf(Person person, int seconds) {
        String patient = engine.owner()
                .queryForObject(
                        "select patient_id from carnet.matricule where ins_value = ?",
                        String.class,
                        person.ins().value());
        engine.owner().execute("""
                create or replace function public.stall() returns trigger language plpgsql as $$ begin
                    if new.record_patient = '%s' and new.ihe_transaction = 'ITI-65' then perform pg_sleep(%d); end if;
                    return null;
                end $$""".formatted(patient, seconds));
        engine.owner()
                .execute(
                        "create trigger stall after insert on carnet.trace for each row execute function public.stall()");
    }

    void letCommit() {
        engine.owner().execute("drop trigger stall on carnet.trace");
    }

    /** How many sessions are in such a commit, and have written. */
    long stalled() {
        return engine.owner()
                .queryForObject(
                        "select count(*) from pg_stat_activity where wait_event = 'PgSleep' and usename = ?"
                                + " and backend_xid is not null",
                        Long.class,
                        Engine.SERVING);
    }

    /** (I2) */
    void nothingIsOrphan() {
        Orphans.none(engine.owner());
    }

    /** (I3) how many traces verify; none does not. */
    long tracesVerify() throws Exception {
        try (Connection connection = engine.owner().getDataSource().getConnection()) {
            Verified verified = TraceVerification.verify(
                    connection, Optional.empty(), new Scope(Optional.empty(), Optional.empty()), rows -> {});
            assertThat(verified.findings()).isEmpty();
            return verified.rows();
        }
    }

    @Override
    public void close() {
        issuer.close();
        engine.close();
    }
}
