package fr.carnet.trace;

import static fr.carnet.trace.Traces.DOCTOR;
import static fr.carnet.trace.Traces.HOLDER;
import static fr.carnet.trace.Traces.NOON;
import static fr.carnet.trace.Traces.NORMAL;
import static fr.carnet.trace.Traces.READ;
import static fr.carnet.trace.Traces.SEARCH;
import static fr.carnet.trace.Traces.permitted;
import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.faults.FaultReport;
import fr.carnet.faults.FaultTest;
import fr.carnet.trace.chain.Finding;
import fr.carnet.trace.chain.Finding.Kind;
import fr.carnet.trace.chain.Scope;
import fr.carnet.trace.chain.TracePurge;
import fr.carnet.trace.chain.Verified;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody with every right over the database may do to the traces, and what the verification says of it. */
@Tag("R95")
class TamperIT {

    private static final String THIRD_OF_ANNA = "chain = 'Patient/anna' and chain_seq = 3";
    private static TraceDatabase database;

    @TempDir
    Path home;

    private SealedTraces traces;

    @BeforeAll
    static void start() throws Exception {
        database = new TraceDatabase();
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    /** Five traces of anna, four of bruno, two without a record; a root over seven of them. */
    @BeforeEach
    void elevenTraces() throws Exception {
        traces = new SealedTraces(database, home);
        traces.reset();
        add("anna", 3);
        add("bruno", 4);
        traces.seal(20);
        add("anna", 2);
        IntStream.range(0, 2).forEach(i -> traces.store.append(entry(Optional.empty(), i)));
    }

    private void add(String patient, int number) {
        IntStream.range(0, number).forEach(i -> traces.store.append(entry(Optional.of(patient), i)));
    }

    private static TraceEntry entry(Optional<String> patient, int second) {
        return TraceEntry.at(
                NOON.plusSeconds(second),
                patient,
                Optional.of(Who.of(second % 2 == 0 ? DOCTOR : HOLDER)),
                second % 2 == 0 ? SEARCH : READ,
                NORMAL,
                permitted(1),
                List.of(Traces.line("DocumentReference/" + second)));
    }

    @Test
    void whatNobodyTouchedIsIntact() throws Exception {
        Verified verified = traces.verify();
        assertThat(verified.findings()).isEmpty();
        assertThat(verified.rows()).isEqualTo(11);
        assertThat(verified.roots()).isOne();
        assertThat(verified.older()).isZero();
    }

    @FaultTest(10)
    @Test
    void changedRowIsNamed() throws Exception {
        traces.asSuperuser("update carnet.trace set caller_name = 'Somebody ELSE' where " + THIRD_OF_ANNA);
        assertThat(shown(traces.verify())).containsExactly("CONTENT_CHANGED Patient/anna 3-3");
        assertThat(traces.verify().findings().get(0).row().orElseThrow().recordedAt())
                .isEqualTo(NOON.plusSeconds(2));
        FaultReport.tell(
                10,
                "a trace changed by the superuser",
                traces.verify().findings().size(),
                "rows that the verifier names",
                "Patient/anna 3");
    }

    @Test
    void changedLineOfARowIsNamed() throws Exception {
        traces.asSuperuser("update carnet.trace set lines = jsonb_set(lines, '{0,extra}', '1') where " + THIRD_OF_ANNA);
        assertThat(shown(traces.verify())).containsExactly("CONTENT_CHANGED Patient/anna 3-3");
    }

    @Test
    void changedRowWithItsDigestBreaksTheChain() throws Exception {
        traces.asSuperuser(
                "update carnet.trace t set caller_name = o.caller_name, caller_subject = o.caller_subject, id = o.id,"
                        + " digest = o.digest, recorded_at = o.recorded_at, lines = o.lines, interaction = o.interaction,"
                        + " action = o.action, ihe_transaction = o.ihe_transaction, query = o.query,"
                        + " record_patient = o.record_patient, caller_kind = o.caller_kind, caller_role = o.caller_role"
                        + " from carnet.trace o where t.chain = 'Patient/anna' and t.chain_seq = 3"
                        + " and o.chain = 'Patient/bruno' and o.chain_seq = 1");
        assertThat(shown(traces.verify())).containsExactly("LINK_BROKEN Patient/anna 3-3");
    }

    @FaultTest(10)
    @Test
    void removedRowIsNamed() throws Exception {
        traces.asSuperuser("delete from carnet.trace where " + THIRD_OF_ANNA);
        assertThat(shown(traces.verify())).containsExactly("ROWS_MISSING Patient/anna 3-3");
        FaultReport.tell(
                10,
                "a trace deleted by the superuser",
                traces.verify().findings().size(),
                "gaps that the verifier names",
                "Patient/anna 3");
    }

    @Test
    void removedRowWithTheOthersMovedUpBreaksTheChain() throws Exception {
        traces.asSuperuser(
                "delete from carnet.trace where " + THIRD_OF_ANNA,
                "update carnet.trace set chain_seq = chain_seq - 1 where chain = 'Patient/anna' and chain_seq > 3",
                "update carnet.trace_head set chain_seq = 4 where chain = 'Patient/anna'");
        assertThat(shown(traces.verify())).first().isEqualTo("LINK_BROKEN Patient/anna 3-3");
    }

    @Test
    void removedTailIsKnownToTheHead() throws Exception {
        traces.asSuperuser("delete from carnet.trace where chain = 'Patient/anna' and chain_seq >= 4");
        assertThat(shown(traces.verify())).containsExactly("TAIL_MISSING Patient/anna 4-5");
    }

    @FaultTest(10)
    @Test
    void removedTailWithItsHeadIsKnownToTheSignedRoot() throws Exception {
        traces.asSuperuser(
                "delete from carnet.trace where chain = 'Patient/bruno' and chain_seq >= 3",
                "update carnet.trace_head set chain_seq = 2, hash = (select hash from carnet.trace"
                        + " where chain = 'Patient/bruno' and chain_seq = 2) where chain = 'Patient/bruno'");
        assertThat(shown(traces.verify())).containsExactly("TAIL_MISSING Patient/bruno 3-4");
        assertThat(traces.verifyWithoutRoots().findings())
                .as("without roots, nothing shows it")
                .isEmpty();
        FaultReport.tell(
                10,
                "the end of a chain cut off with its head",
                traces.verify().findings().size(),
                "ends that the signed root misses",
                "Patient/bruno 3-4; without roots nothing shows it");
    }

    @Test
    void removedTailSinceTheLastRootWithItsHeadIsBeyondProof() throws Exception {
        traces.asSuperuser(
                "delete from carnet.trace where chain = 'Patient/anna' and chain_seq >= 4",
                "update carnet.trace_head set chain_seq = 3, hash = (select hash from carnet.trace"
                        + " where chain = 'Patient/anna' and chain_seq = 3) where chain = 'Patient/anna'");
        assertThat(traces.verify().findings()).isEmpty();
    }

    @Test
    void removedChainIsNamed() throws Exception {
        traces.asSuperuser(
                "delete from carnet.trace where chain = 'Patient/bruno'",
                "delete from carnet.trace_head where chain = 'Patient/bruno'");
        assertThat(shown(traces.verify())).containsExactly("TAIL_MISSING Patient/bruno 1-4");
    }

    @Test
    void swappedRowsBreakTheChain() throws Exception {
        traces.asSuperuser("update carnet.trace set chain_seq = 5 - chain_seq"
                + " where chain = 'Patient/anna' and chain_seq in (2, 3)");
        assertThat(shown(traces.verify())).first().isEqualTo("LINK_BROKEN Patient/anna 2-2");
    }

    @Test
    void chainRewrittenAsAWholeIsNotTheOneThatWasSigned() throws Exception {
        traces.asSuperuser(
                "create temp table copy on commit drop as select * from carnet.trace where chain = 'Patient/bruno'",
                "delete from carnet.trace where chain = 'Patient/bruno'",
                "delete from carnet.trace_head where chain = 'Patient/bruno'",
                "set local session_replication_role = 'origin'",
                // without the second row; the trigger ties the rest together anew
                "insert into carnet.trace overriding system value select * from copy where chain_seq <> 2 order by chain_seq");
        add("bruno", 1);
        assertThat(shown(traces.verify())).first().isEqualTo("REWRITTEN Patient/bruno 4-4");
        assertThat(traces.verifyWithoutRoots().findings()).isEmpty();
    }

    @Test
    void rowOutsideTheChainsIsNamed() throws Exception {
        traces.asSuperuser("update carnet.trace set chain = null where chain = 'Patient/anna' and chain_seq = 5");
        assertThat(shown(traces.verify())).containsExactly("TAIL_MISSING Patient/anna 5-5", "OUTSIDE  0-0");
    }

    @Test
    void rowAddedBehindTheTriggerIsUnknownToTheHead() throws Exception {
        traces.asSuperuser("insert into carnet.trace overriding system value"
                + " select seq + 1000, gen_random_uuid(), recorded_at, record_patient, caller_kind, caller_subject, caller_name,"
                + " caller_role, structure, structure_name, software, authentication, token_issuer, token_client, token_id,"
                + " client_address, action, interaction, ihe_transaction, resource_type, query, access_mode, emergency_reason,"
                + " secret_connection, outcome, rule_id, rule_slug, policy_version, http_status, result_count, correlation_id,"
                + " lines, hash, hash, tolerances, chain, chain_seq + 1, digest from carnet.trace"
                + " where chain = 'Patient/anna' and chain_seq = 5");
        assertThat(shown(traces.verify()))
                .containsExactly("CONTENT_CHANGED Patient/anna 6-6", "HEAD_DIFFERS Patient/anna 6-6");
    }

    @Test
    void restoredOlderBackupKnowsFewerRoots() throws Exception {
        DataSource backup = database.copy("backup");
        add("bruno", 1);
        traces.seal(21);
        assertThat(traces.verify().findings()).isEmpty();
        assertThat(shown(traces.verify(backup, Scope.all())))
                .containsExactlyInAnyOrder("OLDER_DATABASE 2 0-0", "TAIL_MISSING Patient/bruno 5-5");
    }

    @Test
    void nothingIsSignedOverAnOlderBackup() throws Exception {
        traces.seal(21);
        traces.asSuperuser("delete from carnet.trace_root where number = 2");
        traces.seal(22);
        assertThat(traces.rootFiles()).isEqualTo(2);
        assertThat(shown(traces.verify())).containsExactly("OLDER_DATABASE 2 0-0");
    }

    @Test
    void forgedRootIsNamedAndProvesNothing() throws Exception {
        Path root = traces.roots.resolve("00000001.root");
        Files.writeString(root, Files.readString(root).replace("head Patient/bruno 4", "head Patient/bruno 3"));
        assertThat(shown(traces.verify())).containsExactly("ROOT_FORGED 1 0-0");
    }

    @Test
    void rootByAnotherKeyIsForged() throws Exception {
        var others = new SealedTraces(database, Files.createDirectory(home.resolve("others")));
        Files.createDirectory(others.roots);
        Files.copy(traces.roots.resolve("00000001.root"), others.roots.resolve("00000001.root"));
        assertThat(shown(others.verify())).containsExactly("ROOT_FORGED 1 0-0");
    }

    @Test
    void missingRootIsNamed() throws Exception {
        add("bruno", 1);
        traces.seal(21);
        Files.delete(traces.roots.resolve("00000001.root"));
        assertThat(shown(traces.verify())).containsExactly("ROOT_MISSING 1 0-0");
    }

    @Test
    void oneRecordIsVerifiedAlone() throws Exception {
        traces.asSuperuser("update carnet.trace set outcome = 'REFUSED' where " + THIRD_OF_ANNA);
        assertThat(traces.verify(database.app, new Scope(Optional.of("bruno"), Optional.empty()))
                        .findings())
                .isEmpty();
        Verified anna = traces.verify(database.app, new Scope(Optional.of("anna"), Optional.empty()));
        assertThat(anna.rows()).isEqualTo(5);
        assertThat(shown(anna)).containsExactly("CONTENT_CHANGED Patient/anna 3-3");
    }

    /** The clocks of nodes differ: a row may be older than the one before it. */
    @Test
    void laterRowsAreVerifiedAlone() throws Exception {
        traces.asSuperuser(
                "update carnet.trace set outcome = 'REFUSED' where chain = 'Patient/anna' and chain_seq = 1");
        Scope later = new Scope(Optional.of("anna"), Optional.of(NOON.plusSeconds(1)));
        Verified verified = traces.verify(database.app, later);
        assertThat(verified.findings()).isEmpty();
        assertThat(verified.rows()).isEqualTo(4);
    }

    @Test
    void removedRowIsNamedAmongLaterOnes() throws Exception {
        traces.asSuperuser("delete from carnet.trace where " + THIRD_OF_ANNA);
        Scope later = new Scope(Optional.empty(), Optional.of(NOON.plusSeconds(1)));
        assertThat(shown(traces.verify(database.app, later))).containsExactly("ROWS_MISSING Patient/anna 3-3");
    }

    @Test
    void chainOfWhichNothingLaterIsLeftIsNamed() throws Exception {
        traces.asSuperuser("delete from carnet.trace where chain = 'Patient/bruno' and chain_seq > 1");
        Scope later = new Scope(Optional.empty(), Optional.of(NOON.plusSeconds(1)));
        assertThat(shown(traces.verify(database.app, later))).containsExactly("TAIL_MISSING Patient/bruno 4-4");
    }

    @Test
    void purgeLeavesWhatStillVerifies() throws Exception {
        long gone;
        try (Connection owner = database.owner.getConnection()) {
            gone = new TracePurge(owner, traces.sealing).purgeRecord("bruno", NOON.plus(Duration.ofDays(4000)));
        }
        assertThat(gone).isEqualTo(4);
        assertThat(traces.verify().findings()).isEmpty();
        add("bruno", 2);
        traces.seal(25);
        assertThat(traces.verify().findings()).isEmpty();
        assertThat(traces.verify().rows()).isEqualTo(9);
    }

    @Test
    void purgeThatWasNotSignedIsALoss() throws Exception {
        traces.asSuperuser(
                "insert into carnet.trace_purge select chain, chain_seq, hash, 'R95', now(), '' from carnet.trace"
                        + " where chain = 'Patient/bruno' and chain_seq = 2",
                "delete from carnet.trace where chain = 'Patient/bruno' and chain_seq <= 2");
        assertThat(shown(traces.verify()))
                .containsExactly("PURGE_FORGED Patient/bruno 1-2", "ROWS_MISSING Patient/bruno 1-2");
    }

    @Test
    void oldTracesWithoutARecordGoAtTheirTime() throws Exception {
        try (Connection owner = database.owner.getConnection()) {
            TracePurge purge = new TracePurge(owner, traces.sealing);
            assertThat(purge.purgeServer(NOON, NOON)).isZero();
            assertThat(purge.purgeServer(NOON.plusSeconds(1), NOON)).isOne();
        }
        assertThat(traces.verify().findings()).isEmpty();
        assertThat(traces.verify().rows()).isEqualTo(10);
    }

    @Test
    void headsThatDidNotMoveAreNotListedAgainOnceTheOverlapIsOver() throws Exception {
        traces.asSuperuser(
                "update carnet.trace_head set changed_at = now() - interval '2 hours' where chain = 'Patient/bruno'");
        traces.seal(21);
        assertThat(Files.readString(traces.roots.resolve("00000002.root")))
                .contains("head Patient/anna 5 ")
                .doesNotContain("Patient/bruno");
        assertThat(traces.verify().findings()).isEmpty();
    }

    @Test
    void aDayHasOneRoot() throws Exception {
        traces.seal(20);
        add("anna", 1);
        traces.seal(20);
        traces.seal(19);
        assertThat(traces.rootFiles()).isEqualTo(1);
    }

    @Test
    void everyFolderGetsEveryRoot() throws Exception {
        traces.seal(21);
        Files.delete(traces.roots.resolve("00000001.root"));
        Files.delete(traces.roots.resolve("00000002.root"));
        traces.seal(21);
        assertThat(traces.rootFiles()).isEqualTo(2);
        assertThat(traces.verify().findings()).isEmpty();
    }

    private static List<String> shown(Verified verified) {
        return verified.findings().stream().map(TamperIT::shown).toList();
    }

    private static String shown(Finding finding) {
        Kind kind = finding.kind();
        return kind + " " + finding.where() + " " + finding.from() + "-" + finding.to();
    }
}
