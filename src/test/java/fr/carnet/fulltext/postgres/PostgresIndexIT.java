package fr.carnet.fulltext.postgres;

import fr.carnet.fulltext.TextIndex;
import fr.carnet.fulltext.TextIndexContract;
import fr.carnet.outbox.OutboxDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract, on the embedded PostgreSQL. */
class PostgresIndexIT extends TextIndexContract {

    private static final String TABLES = "fr/carnet/fulltext/changelog.yaml";

    private static OutboxDatabase database;
    private static OutboxDatabase other;
    private static PostgresIndex index;

    @BeforeAll
    static void start() throws Exception {
        database = new OutboxDatabase(TABLES);
        other = new OutboxDatabase(TABLES);
        index = new PostgresIndex(database.dsl());
        index.publish(index.begin());
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
        other.close();
    }

    @Override
    protected TextIndex index() {
        return index;
    }

    @Override
    protected void settle() {
        // whoever asks after the commit finds it
    }

    @Override
    protected TextIndex unmade() {
        return new PostgresIndex(other.dsl());
    }
}
