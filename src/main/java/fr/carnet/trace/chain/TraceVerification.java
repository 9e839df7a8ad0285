package fr.carnet.trace.chain;

import fr.carnet.trace.chain.ChainCheck.Head;
import fr.carnet.trace.chain.Finding.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Checks the traces of a database, in service or restored from a backup: every row against its digest, every chain from row
 * to row, every end against the table of heads and against the signed roots. One pass over the rows, of one snapshot; reads
 * only.
 *
 * <p>What a chain and a table that were both cut or rewritten cannot show, the roots do; what was added since the last root
 * and then cut with its head, nothing does.
 */
public final class TraceVerification {

    private final SignedRoots roots;
    private final Optional<VerifyingKey> key;
    private final Scope scope;
    private final LongConsumer progress;
    private final List<Finding> findings = new ArrayList<>();
    private long rows;

    private TraceVerification(SignedRoots roots, Optional<VerifyingKey> key, Scope scope, LongConsumer progress) {
        this.roots = roots;
        this.key = key;
        this.scope = scope;
        this.progress = progress;
    }

    /**
     * Where the signed roots are, and whose they are.
     *
     * @param folder with the files of the roots
     * @param key public key of who signed them
     */
    public record Proof(Path folder, VerifyingKey key) {}

    /**
     * Verifies.
     *
     * @param connection to the database, as any role that may read the traces
     * @param proof the signed roots; empty: chains and heads only
     * @param progress is told now and then how many rows are done
     */
    public static Verified verify(Connection connection, Optional<Proof> proof, Scope scope, LongConsumer progress)
            throws SQLException, IOException {
        SignedRoots roots = proof.isPresent()
                ? SignedRoots.read(
                        new RootFolder(proof.get().folder()), proof.get().key(), scope::has)
                : SignedRoots.none();
        return new TraceVerification(roots, proof.map(Proof::key), scope, progress).verify(connection);
    }

    private Verified verify(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        try {
            findings.addAll(roots.findings());
            StoredTraces stored = new StoredTraces(connection, scope);
            if (stored.lastRoot() < roots.last()) {
                findings.add(Finding.about(Kind.OLDER_DATABASE, Long.toString(roots.last())));
            }
            Map<String, Purge> purges = purges(stored);
            Map<String, Head> heads = stored.heads();
            Set<String> seen = walk(stored, purges, heads);
            missing(stored, seen, purges, heads);
            long older = stored.outside(findings::add);
            return new Verified(rows, seen.size(), roots.last(), older, findings);
        } finally {
            connection.rollback();
        }
    }

    private Map<String, Purge> purges(StoredTraces stored) throws SQLException {
        return stored.purges((purge, signature) -> {
            boolean signed = key.map(k -> k.verifies(purge.text(), signature)).orElse(true);
            if (!signed) {
                findings.add(Finding.between(Kind.PURGE_FORGED, purge.chain(), 1, purge.place()));
            }
            return signed;
        });
    }

    private Set<String> walk(StoredTraces stored, Map<String, Purge> purges, Map<String, Head> heads)
            throws SQLException {
        Set<String> seen = new HashSet<>();
        ChainCheck[] current = new ChainCheck[1];
        stored.rows(link -> {
            if (current[0] == null || !current[0].chain().equals(link.chain())) {
                end(current[0], heads);
                current[0] = check(link.chain(), purges);
                seen.add(link.chain());
            }
            current[0].next(link).ifPresent(findings::add);
            progress.accept(++rows);
        });
        end(current[0], heads);
        return seen;
    }

    private ChainCheck check(String chain, Map<String, Purge> purges) {
        Optional<Purge> purge = Optional.ofNullable(purges.get(chain));
        Optional<Hash> before = scope.since().isPresent()
                ? Optional.empty()
                : Optional.of(purge.map(Purge::hash).orElse(Hash.NONE));
        return new ChainCheck(chain, purge.map(Purge::place).orElse(0L), before, roots.of(chain));
    }

    private void end(ChainCheck check, Map<String, Head> heads) {
        if (check != null) {
            findings.addAll(check.end(Optional.ofNullable(heads.get(check.chain()))));
        }
    }

    /** Chains of which no row was seen. */
    private void missing(StoredTraces stored, Set<String> seen, Map<String, Purge> purges, Map<String, Head> heads)
            throws SQLException {
        if (scope.since().isPresent()) {
            stored.cutSince().forEach((chain, head) -> {
                if (!seen.contains(chain) && !isPurged(purges.get(chain), head)) {
                    findings.add(Finding.between(Kind.TAIL_MISSING, chain, head.place(), head.place()));
                }
            });
            return;
        }
        Set<String> unseen = new HashSet<>(heads.keySet());
        roots.chains().forEach(unseen::add);
        unseen.removeAll(seen);
        unseen.forEach(chain -> {
            Optional<Head> head = Optional.ofNullable(heads.get(chain));
            if (head.filter(end -> isPurged(purges.get(chain), end)).isEmpty()) {
                findings.addAll(check(chain, purges).end(head));
            }
        });
    }

    private static boolean isPurged(Purge purge, Head head) {
        return purge != null && head.equals(new Head(purge.place(), purge.hash()));
    }
}
