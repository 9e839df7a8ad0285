package fr.carnet.server.cli.bench;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * The processes that are measured; empty where they are not on this machine or not ours to see.
 *
 * @param server process id of the server
 * @param postgres process id of PostgreSQL's main process
 */
record Watch(Optional<Long> server, Optional<Long> postgres) {

    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Finds what was not given: the listener on the port of the base, and the PostgreSQL that it talks to. */
    static Watch find(URI base, Optional<Long> server, Optional<Long> postgres) {
        ProcessTable processes = ProcessTable.HERE;
        var sockets = Sockets.of(processes);
        boolean local = HERE.contains(base.getHost());
        int port = base.getPort() > 0 ? base.getPort() : base.getScheme().equals("https") ? 443 : 80;
        Optional<Long> listener = server.or(() -> local ? sockets.listener(port, processes) : Optional.empty());
        return new Watch(listener, postgres.or(() -> listener.flatMap(pid -> sockets.postgresOf(pid, processes))));
    }

    Optional<Usage> serverUsage() {
        return server.map(pid -> Usage.ofProcess(pid, ProcessTable.HERE));
    }

    Optional<Usage> postgresUsage() {
        return postgres.map(pid -> Usage.ofTree(pid, ProcessTable.HERE));
    }
}
