package fr.carnet.trace;

import fr.carnet.trace.chain.RootSealer;
import fr.carnet.trace.chain.Scope;
import fr.carnet.trace.chain.SealingKey;
import fr.carnet.trace.chain.TraceVerification;
import fr.carnet.trace.chain.TraceVerification.Proof;
import fr.carnet.trace.chain.Verified;
import fr.carnet.trace.chain.VerifyingKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Traces with a key, a folder of roots, and the verification of both. */
final class SealedTraces {

    final TraceDatabase database;
    final TraceStore store;
    final Path roots;
    final SealingKey sealing;
    final VerifyingKey verifying;

    SealedTraces(TraceDatabase database, Path home) throws IOException, GeneralSecurityException {
        this.database = database;
        this.store = new TraceStore(database.dsl());
        this.roots = home.resolve("roots");
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        this.sealing = SealingKey.read(pem(home.resolve("key.pem"), "PRIVATE KEY", pair.getPrivate()));
        this.verifying = VerifyingKey.read(pem(home.resolve("key.pub"), "PUBLIC KEY", pair.getPublic()));
    }

    private static Path pem(Path file, String label, Key key) throws IOException {
        String text = Base64.getMimeEncoder().encodeToString(key.getEncoded());
        return Files.writeString(file, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label, text));
    }

    /** As the sandbox does. */
    void reset() throws Exception {
        TraceDatabase.execute(
                database.owner,
                "set local carnet.reset = 'on'",
                "truncate carnet.trace, carnet.trace_head, carnet.trace_root, carnet.trace_root_head,"
                        + " carnet.trace_purge, carnet.trace_delivery");
    }

    /** Signs what there is, as of noon of a day of November 2026. */
    void seal(int day) {
        new RootSealer(database.dsl(), sealing, roots).run(Instant.parse("2026-11-%02dT12:00:00Z".formatted(day)));
    }

    Verified verify() throws Exception {
        return verify(database.app, Scope.all());
    }

    Verified verify(DataSource data, Scope scope) throws Exception {
        try (Connection connection = data.getConnection()) {
            return TraceVerification.verify(connection, Optional.of(new Proof(roots, verifying)), scope, rows -> {});
        }
    }

    Verified verifyWithoutRoots() throws Exception {
        try (Connection connection = database.app.getConnection()) {
            return TraceVerification.verify(connection, Optional.empty(), Scope.all(), rows -> {});
        }
    }

    /** What somebody with every right does: no trigger, no rule holds him. */
    void asSuperuser(String... statements) throws Exception {
        List<String> all = new ArrayList<>(List.of("set local session_replication_role = 'replica'"));
        all.addAll(List.of(statements));
        TraceDatabase.execute(database.owner, all.toArray(String[]::new));
    }

    int rootFiles() {
        return roots.toFile().list().length;
    }
}
