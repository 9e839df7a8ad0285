package fr.carnet.faults;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.Query;
import org.jooq.impl.DSL;
import org.springframework.context.ConfigurableApplicationContext;

/** What the requests of a server in this JVM ask the database by our own SQL, from now on. */
final class Statements implements ExecuteListener {

    private static final long serialVersionUID = 1L;

    private static final Pattern PARTITION = Pattern.compile("\\bregistry_p\\d{3}\\b");

    private final transient Queue<String> asked = new ConcurrentLinkedQueue<>();

    Statements(ConfigurableApplicationContext server) {
        server.getBean(DSLContext.class).configuration().setAppending(this);
    }

    /** Of the threads that answer: jobs ask what they like. */
    @Override
    public void executeStart(ExecuteContext context) {
        Query query = context.query();
        if (query != null && Thread.currentThread().getName().startsWith("http-")) {
            asked.add(DSL.using(context.configuration()).renderInlined(query));
        }
    }

    /** Those that read or write the registry, their values written in. */
    List<String> onRegistry() {
        return asked.stream()
                .filter(statement -> statement.contains("registry"))
                .toList();
    }

    /** The partitions that a line of a plan names. */
    static Stream<String> partitions(String plan) {
        return PARTITION.matcher(plan).results().map(MatchResult::group).map(name -> "carnet." + name);
    }
}
