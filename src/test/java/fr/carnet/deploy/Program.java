package fr.carnet.deploy;

import java.net.URI;
import java.util.Map;

/** Carnet as it is delivered, with settings and secrets of the compose file. */
interface Program extends AutoCloseable {

    /** What the tests ask for besides: their patients have matricules for tests. */
    Map<String, String> OF_TESTS = Map.of("CARNET_POLICY_TESTIDENTITIES", "true");

    /**
     * Runs a service to its end.
     *
     * @param command in place of its own; its own if there is none
     */
    Ended run(String service, String... command);

    /** Starts {@code node-1}, and waits until it is ready; where it listens: {@code https://localhost:…}. */
    URI serve();

    /** Where the server tells its health and metrics, {@code http://localhost:…}; once it serves. */
    URI management();

    /** The command {@code health}, beside the server. */
    Ended health();

    @Override
    void close();
}
