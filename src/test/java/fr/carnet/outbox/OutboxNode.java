package fr.carnet.outbox;

import com.zaxxer.hikari.HikariDataSource;
import fr.carnet.shared.PromptJob;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;
import java.time.Clock;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The outbox of a node without the rest of it: for processes that a test kills. */
public final class OutboxNode implements AutoCloseable {

    private final HikariDataSource database = new HikariDataSource();
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    /**
     * Starts it.
     *
     * @param url of the database, as the serving role
     * @param settings {@code carnet.outbox.…}
     * @param couriers of its channels
     */
    public OutboxNode(String url, Map<String, Object> settings, Courier... couriers) {
        database.setJdbcUrl(url);
        database.setMaximumPoolSize(2);
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", settings));
        context.registerBean(DSLContext.class, () -> DSL.using(database, SQLDialect.POSTGRES));
        context.registerBean(Clock.class, Clock::systemUTC);
        context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
        context.registerBean(Tracer.class, () -> Tracer.NOOP);
        for (Courier courier : couriers) {
            context.registerBean(courier.channel(), Courier.class, () -> courier);
        }
        context.register(Outbox.class, OutboxTable.class, OutboxLedger.class, OutboxConfiguration.class);
        context.refresh();
    }

    /** One round over all that is due. */
    public void round() {
        context.getBean(PromptJob.class).run(context.getBean(Clock.class).instant());
    }

    /** Where to put entries. */
    public Outbox outbox() {
        return context.getBean(Outbox.class);
    }

    /** What became of them. */
    public OutboxLedger ledger() {
        return context.getBean(OutboxLedger.class);
    }

    @Override
    public void close() {
        context.close();
        database.close();
    }
}
