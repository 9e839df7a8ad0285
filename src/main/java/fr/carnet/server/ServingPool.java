package fr.carnet.server;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * The connections of the serving role. What one has waited for in vain, others do not wait for: while none can be had, one
 * at a time tries, and the rest is refused at once. A database that is silent would hold every thread of the server
 * otherwise.
 */
final class ServingPool extends DelegatingDataSource implements AutoCloseable {

    private final HikariDataSource pool;
    private final AtomicBoolean trying = new AtomicBoolean();
    private volatile boolean dry;

    ServingPool(HikariDataSource pool) {
        super(pool);
        this.pool = pool;
    }

    /** @throws SQLTransientConnectionException if none can be had for now */
    @Override
    public Connection getConnection() throws SQLException {
        if (!dry || pool.getHikariPoolMXBean().getIdleConnections() > 0) {
            return take();
        }
        if (!trying.compareAndSet(false, true)) {
            throw new SQLTransientConnectionException("no connection, as a moment ago");
        }
        try {
            return take();
        } finally {
            trying.set(false);
        }
    }

    private Connection take() throws SQLException {
        try {
            Connection taken = pool.getConnection();
            dry = false;
            return taken;
        } catch (SQLTransientConnectionException e) {
            dry = true;
            throw e;
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
