package fr.carnet.server.cli.trace;

import fr.carnet.trace.chain.TraceVerification.Proof;
import fr.carnet.trace.chain.VerifyingKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which database is verified, and by which roots. */
final class Place {

    @ArgGroup(multiplicity = "1")
    private Database database;

    @Option(names = "--user", defaultValue = "${env:CARNET_DATABASE_USERNAME}")
    private String user;

    @Option(names = "--roots")
    private Path roots;

    @Option(names = "--key")
    private Path key;

    /** One of the two. */
    static final class Database {
        @Option(names = "--url", required = true)
        private String url;

        @Option(names = "--sandbox", required = true)
        private Path sandbox;
    }

    /** The password comes from the environment: a command line is seen by every user of a machine. */
    Connection connect() throws IOException, SQLException {
        return database.sandbox == null
                ? DriverManager.getConnection(database.url, user, System.getenv("CARNET_DATABASE_PASSWORD"))
                : DriverManager.getConnection(
                        "jdbc:postgresql://localhost:" + port() + "/postgres", "postgres", "postgres");
    }

    /** The fourth line of what PostgreSQL writes while it runs. */
    private int port() throws IOException {
        Path running = sandbox().resolve("postgresql").resolve("postmaster.pid");
        try {
            List<String> lines = Files.readAllLines(running);
            return Integer.parseInt(lines.get(3).strip());
        } catch (NoSuchFileException | IndexOutOfBoundsException | NumberFormatException e) {
            throw new NotRunning();
        }
    }

    /** The data of the sandbox, also where the folder of {@code scripts/sandbox} is named, which has them one below. */
    private Path sandbox() {
        Path data = database.sandbox.resolve("data");
        boolean around = !Files.exists(database.sandbox.resolve("postgresql")) && Files.isDirectory(data);
        return around ? data : database.sandbox;
    }

    /** Empty if no roots are given: then only chains are verified. */
    Optional<Proof> proof() throws IOException {
        Path folder = roots == null && database.sandbox != null ? sandbox().resolve("trace-roots") : roots;
        Path file = key == null && database.sandbox != null ? sandbox().resolve("trace-key.pub") : key;
        if (folder == null || file == null) {
            return Optional.empty();
        }
        return Optional.of(new Proof(folder, VerifyingKey.read(file)));
    }

    boolean hasHalfAProof() {
        return database.sandbox == null && (roots == null) != (key == null);
    }

    /** The sandbox of the folder does not run. */
    static final class NotRunning extends IOException {
        private static final long serialVersionUID = 1;
    }
}
