package fr.carnet.server.cli.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.TreeMap;

/** The ports of a sandbox, by the option that names each. */
record Ports(Map<String, Integer> byOption) {

    private static final int LAST = 65_535;

    /**
     * They are ports, differ, and nobody listens on them.
     *
     * @throws Unfit otherwise
     */
    void check() throws Unfit {
        for (Map.Entry<String, Integer> port : new TreeMap<>(byOption).entrySet()) {
            int number = port.getValue();
            if (number < 1 || number > LAST) {
                throw new Unfit("sandbox.bad-port", number);
            }
            if (isTaken(number)) {
                throw new Unfit("sandbox.port-taken", number, port.getKey());
            }
        }
        if (byOption.values().stream().distinct().count() < byOption.size()) {
            throw new Unfit("sandbox.same-ports");
        }
    }

    /** Asked by a connection: some systems let two programs listen on one port, of which one is never reached. */
    private static boolean isTaken(int port) {
        try {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
