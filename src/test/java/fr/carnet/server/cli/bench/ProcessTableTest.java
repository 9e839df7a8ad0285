package fr.carnet.server.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTableTest {

    private static final String TCP_HEADER = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when\n";

    @TempDir
    private Path proc;

    private ProcessTable processes;

    @BeforeEach
    void threeGenerations() throws IOException {
        processes = new ProcessTable(proc);
        process(10, "java", 1, 300, 200, 40, 10);
        process(20, "postgres", 1, 100, 50, 700, 30);
        process(21, "postgres", 20, 5, 6, 0, 0);
        process(22, "postgres: (a) b", 20, 1, 2, 0, 0);
        process(30, "bash", 1, 9, 9, 9, 9);
        socket(10, 3, "1001");
        socket(10, 4, "1002");
        socket(20, 5, "2001");
        Files.createDirectories(proc.resolve("net"));
        // the server listens on 8080 and talks to 5432, where postgres listens
        Files.writeString(
                proc.resolve("net/tcp6"),
                TCP_HEADER + tcp(0, "0:1F90", "0:0000", "0A", "1001") + tcp(1, "1:C001", "1:1538", "01", "1002"));
        Files.writeString(proc.resolve("net/tcp"), TCP_HEADER + tcp(0, "0100007F:1538", "00000000:0000", "0A", "2001"));
    }

    @Test
    void nameMayHoldBlanksAndParentheses() {
        ProcessTable.Entry entry = processes.entry(22).orElseThrow();
        assertThat(entry.name()).isEqualTo("postgres: (a) b");
        assertThat(entry.parent()).isEqualTo(20);
        assertThat(entry.cpuMillis()).isEqualTo(30);
    }

    @Test
    void treeCountsLivingAndEndedChildren() {
        assertThat(processes.tree(20)).extracting(ProcessTable.Entry::id).containsExactlyInAnyOrder(20L, 21L, 22L);
        assertThat(Usage.ofTree(20, processes).cpuMillis()).isEqualTo(10 * (150 + 730 + 11 + 3));
        assertThat(Usage.ofProcess(10, processes).cpuMillis()).isEqualTo(5000);
    }

    @Test
    void serverAndItsPostgresAreFoundByTheirSockets() {
        Sockets sockets = Sockets.of(processes);
        assertThat(sockets.listener(8080, processes)).contains(10L);
        assertThat(sockets.postgresOf(10, processes)).contains(20L);
        assertThat(sockets.listener(9999, processes)).isEmpty();
        assertThat(sockets.postgresOf(30, processes)).isEmpty();
    }

    @Test
    void sharedMemoryIsCountedOnceWhereTheKernelTells() throws IOException {
        Files.writeString(proc.resolve("10/status"), "Name:\tjava\nVmRSS:\t  2048 kB\n");
        assertThat(processes.residentBytes(10)).isEqualTo(2048 * 1024);
        Files.writeString(proc.resolve("10/smaps_rollup"), "00-ff ---p [rollup]\nRss: 2048 kB\nPss:  512 kB\n");
        assertThat(processes.residentBytes(10)).isEqualTo(512 * 1024);
    }

    @Test
    void processThatIsGoneUsesNothing() {
        assertThat(processes.entry(99)).isEmpty();
        assertThat(Usage.ofProcess(99, processes)).isEqualTo(new Usage(0, 0));
    }

    private void process(int id, String name, int parent, int user, int system, int childUser, int childSystem)
            throws IOException {
        Path directory = Files.createDirectories(proc.resolve(id + "/fd")).getParent();
        Files.writeString(
                directory.resolve("stat"),
                "%d (%s) S %d 1 1 0 -1 4194560 1 2 3 4 %d %d %d %d 20 0 1 0 100 1000 10"
                        .formatted(id, name, parent, user, system, childUser, childSystem));
    }

    private void socket(int id, int descriptor, String inode) throws IOException {
        Files.createSymbolicLink(proc.resolve(id + "/fd/" + descriptor), Path.of("socket:[" + inode + "]"));
    }

    private static String tcp(int row, String local, String remote, String state, String inode) {
        return "   %d: %s %s %s 00000000:00000000 00:00000000 00000000  0        0 %s 1 0 100 0 0 10 0\n"
                .formatted(row, local, remote, state, inode);
    }
}
