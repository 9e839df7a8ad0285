package fr.carnet.faults;

import fr.carnet.server.ServerProcess;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.FhirClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A production server, not a sandbox, in a JVM of its own. */
final class Node implements AutoCloseable {

    private final ServerProcess process;
    private final FhirClient client;

    private Node(ServerProcess process) {
        this.process = process;
        client = new FhirClient(URI.create(process.root() + "/fhir"));
    }

    /**
     * Chosen, not yet started.
     *
     * @param home folder that its nodes share: key and roots of the traces
     * @param name of its log
     * @param databasePort where it believes PostgreSQL to be
     * @param more further settings
     */
    static Node in(Path home, String name, int databasePort, Issuer issuer, List<String> more) {
        int port = ServerProcess.freePort();
        int managementPort = ServerProcess.freePort();
        List<String> settings = new ArrayList<>(List.of(
                "--server.port=" + port,
                "--management.server.port=" + managementPort,
                "--carnet.public-base-url=" + Issuer.PUBLIC_BASE,
                "--carnet.database.url=" + Engine.url(databasePort),
                "--carnet.database.username=" + Engine.SERVING,
                "--carnet.database.password=" + Engine.SERVING,
                "--carnet.issuers[0].issuer=" + Issuer.NAME,
                "--carnet.issuers[0].jwks-uri=" + issuer.keys(),
                "--carnet.trace.signing-key=" + TraceKeys.in(home),
                "--carnet.trace.roots=" + home.resolve("roots"),
                "--carnet.policy.test-identities=true",
                "--carnet.door.requests-per-minute=600000"));
        settings.addAll(more);
        return new Node(new ServerProcess(
                home.resolve(name + ".log"),
                URI.create("http://localhost:" + port),
                URI.create("http://localhost:" + managementPort),
                settings));
    }

    Node start() {
        return start(List.of("-Xmx700m"));
    }

    /** @param jvm options of its machine */
    Node start(List<String> jvm) {
        process.start(List.of(), jvm);
        process.awaitReady();
        return this;
    }

    ServerProcess process() {
        return process;
    }

    /** What it is started with, for a server in this JVM in its place. */
    List<String> settings() {
        return process.settings();
    }

    FhirClient client() {
        return client;
    }

    URI root() {
        return process.root();
    }

    /** Sends a call; a link of an answer is followed here, whatever its public address is. */
    Answer send(String token, Call call) {
        try {
            return client.send(token, call);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The answer, or nothing when the connection fails. */
    Optional<Answer> trySend(String token, Call call) {
        try {
            return Optional.of(client.send(token, call));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The link of an answer as it is asked for here. */
    Call following(String link) {
        return Call.get(link.replace(Issuer.PUBLIC_BASE, root().toString()));
    }

    @Override
    public void close() {
        process.close();
    }
}
