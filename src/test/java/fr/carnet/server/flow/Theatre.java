package fr.carnet.server.flow;

import static java.util.stream.Collectors.toMap;

import fr.carnet.server.ChildServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Stages for scenarios: the one server of the integration tests for those that are played as deployed, and for those that
 * name settings a second one with all these settings, started when the first of them comes.
 */
final class Theatre implements AutoCloseable {

    private final List<String> settings;
    private Optional<ChildServer> second = Optional.empty();

    /** @throws IllegalStateException if two scenarios want one setting in two positions: they cannot share a server */
    Theatre(List<Scenario> scenarios) {
        Map<String, String> wanted = scenarios.stream()
                .flatMap(scenario -> scenario.settings().entrySet().stream())
                .distinct()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
        settings = new TreeMap<>(wanted)
                .entrySet().stream()
                        .map(setting -> "--carnet.policy." + setting.getKey() + "=" + setting.getValue())
                        .toList();
    }

    Stage stageFor(Scenario scenario) {
        if (scenario.settings().isEmpty()) {
            return new Stage(Scene.SERVER.sandbox(), Scene.SERVER.bean(DSLContext.class));
        }
        if (second.isEmpty()) {
            ChildServer server = new ChildServer("settings", settings);
            second = Optional.of(server);
            server.start();
        }
        DSLContext database = DSL.using(
                new DriverManagerDataSource(second.get().database(), "postgres", "postgres"), SQLDialect.POSTGRES);
        return new Stage(second.get().sandbox(), database);
    }

    /** Leaves the cast of the one server as it was, and ends the second. */
    @Override
    public void close() throws IOException {
        new Stage(Scene.SERVER.sandbox(), Scene.SERVER.bean(DSLContext.class)).clear();
        if (second.isPresent()) {
            second.get().close();
        }
    }
}
