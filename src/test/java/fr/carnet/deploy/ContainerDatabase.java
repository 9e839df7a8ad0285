package fr.carnet.deploy;

import org.testcontainers.containers.Network;

/** Service {@code db}, in a container. */
final class ContainerDatabase implements Database {

    private static final int PORT = 5432;

    private final Network network = Network.newNetwork();
    private final ComposedContainer container;

    ContainerDatabase(ComposeFile compose) {
        ComposeService db = compose.service("db");
        container = ComposedContainer.running(db, db.text("image"), network).withExposedPorts(PORT);
        container.start();
    }

    /** Where it is called {@code db}, at its usual port. */
    Network network() {
        return network;
    }

    @Override
    public int port() {
        return container.getMappedPort(PORT);
    }

    @Override
    public void close() {
        container.stop();
        network.close();
    }
}
