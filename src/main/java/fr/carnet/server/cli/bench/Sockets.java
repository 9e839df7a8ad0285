package fr.carnet.server.cli.bench;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * TCP sockets of this machine: who listens on a port, and which PostgreSQL a server talks to.
 *
 * @param rows all of them
 */
record Sockets(List<Row> rows) {

    private static final String LISTEN = "0A";
    private static final String ESTABLISHED = "01";
    private static final int HEX = 16;

    /**
     * A line of {@code /proc/net/tcp} (proc(5)).
     *
     * @param localPort of this end
     * @param remotePort of the other end
     * @param state hexadecimal
     * @param inode of the socket
     */
    record Row(int localPort, int remotePort, String state, String inode) {

        static Row parse(String line) {
            String[] fields = line.trim().split("\\s+", -1);
            return new Row(port(fields[1]), port(fields[2]), fields[3], fields[9]);
        }

        private static int port(String address) {
            return Integer.parseInt(address.substring(address.indexOf(':') + 1), HEX);
        }
    }

    static Sockets of(ProcessTable processes) {
        return new Sockets(Stream.of("tcp", "tcp6")
                .flatMap(name -> processes.net(name).skip(1))
                .map(Row::parse)
                .toList());
    }

    /** The process that listens on a port. */
    Optional<Long> listener(int port, ProcessTable processes) {
        return rows.stream()
                .filter(row -> row.state().equals(LISTEN) && row.localPort() == port)
                .flatMap(row -> processes.holderOf(row.inode()).stream())
                .findFirst();
    }

    /** The PostgreSQL main process on this machine that a server is connected to. */
    Optional<Long> postgresOf(long server, ProcessTable processes) {
        Set<String> inodes = processes.socketsOf(server);
        return rows.stream()
                .filter(row -> row.state().equals(ESTABLISHED) && inodes.contains(row.inode()))
                .map(Row::remotePort)
                .distinct()
                .flatMap(port -> listener(port, processes).stream())
                .filter(pid -> processes
                        .entry(pid)
                        .filter(e -> e.name().equals("postgres"))
                        .isPresent())
                .findFirst();
    }
}
