package fr.carnet.token;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.server.RunningServer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Single use in PostgreSQL. */
@Tag("R83")
class StoredSingleUseIT {

    private static final Instant UNTIL = Instant.parse("2126-01-01T00:00:00Z");

    private final StoredSingleUse used = RunningServer.get().bean(StoredSingleUse.class);

    @Test
    void idServesOnce() {
        String id = "AIR 1990000010 " + UUID.randomUUID();

        assertThat(used.first(id, UNTIL)).isTrue();
        assertThat(used.first(id, UNTIL)).isFalse();
        assertThat(used.first(id + "x", UNTIL)).isTrue();
    }

    @Test
    void oneOfManyAtOnceIsTheFirst() throws InterruptedException {
        String id = "VIHF 1990000010 " + UUID.randomUUID();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> attempts = IntStream.range(0, 40)
                    .<Callable<Boolean>>mapToObj(i -> () -> used.first(id, UNTIL))
                    .toList();
            List<Boolean> firsts = threads.invokeAll(attempts).stream()
                    .map(StoredSingleUseIT::outcome)
                    .toList();

            assertThat(firsts).containsOnlyOnce(true).hasSize(40);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void staleOnesAreForgottenAndOthersAreNot() {
        Instant end = Instant.parse("2001-01-01T00:00:00Z");
        String stale = "AIR 1990000010 " + UUID.randomUUID();
        String live = "AIR 1990000010 " + UUID.randomUUID();
        used.first(stale, end);
        used.first(live, UNTIL);

        used.run(end.plusSeconds(1));

        assertThat(used.first(stale, end)).isTrue();
        assertThat(used.first(live, UNTIL)).isFalse();
    }

    @Test
    void idItselfIsNotKept() {
        String id = "AIR 1990000010 " + UUID.randomUUID();
        used.first(id, UNTIL);

        List<String> rows = RunningServer.get()
                .bean(DSLContext.class)
                .fetch("select encode(digest, 'escape') from carnet.used_assertion")
                .getValues(0, String.class);

        assertThat(rows).isNotEmpty().noneMatch(row -> row.contains(id.substring(id.lastIndexOf(' ') + 1)));
    }

    private static boolean outcome(Future<Boolean> attempt) {
        try {
            return attempt.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
