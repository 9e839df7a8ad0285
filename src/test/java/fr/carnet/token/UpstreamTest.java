package fr.carnet.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UpstreamTest {

    private final Upstream upstream = new Upstream("psc");
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void whatIsAnsweredIsPassedOn() {
        assertThat(upstream.ask(() -> "sub")).isEqualTo("sub");
    }

    @Test
    void refusalIsAnAnswer() {
        for (int i = 0; i < 50; i++) {
            assertThatThrownBy(() -> upstream.ask(() -> fails(TokenError.PROOF_REFUSED)))
                    .isInstanceOfSatisfying(
                            TokenRefusal.class, e -> assertThat(e.reason()).isEqualTo(TokenError.PROOF_REFUSED));
        }
        assertThat(asked).hasValue(50);
    }

    @Test
    void outageIsNotAskedAgainAndAgain() {
        for (int i = 0; i < 50; i++) {
            assertUnavailable(() -> upstream.ask(() -> fails(TokenError.UPSTREAM_UNAVAILABLE)));
        }
        assertThat(asked).hasValue(5);
    }

    @Test
    void slowAnswersHoldSoManyThreadsAndNoMore() throws InterruptedException {
        ExecutorService others = Executors.newCachedThreadPool();
        CountDownLatch inside = new CountDownLatch(32);
        CountDownLatch end = new CountDownLatch(1);
        try {
            IntStream.range(0, 32)
                    .forEach(i -> others.execute(() -> upstream.ask(() -> {
                        inside.countDown();
                        return await(end);
                    })));
            inside.await();

            assertUnavailable(() -> upstream.ask(() -> "never asked"));
        } finally {
            end.countDown();
            others.shutdown();
        }
    }

    private static boolean await(CountDownLatch end) {
        try {
            end.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String fails(TokenError error) {
        asked.incrementAndGet();
        throw new TokenRefusal(error, "psc");
    }

    private static void assertUnavailable(Runnable question) {
        assertThatThrownBy(question::run).isInstanceOfSatisfying(TokenRefusal.class, e -> assertThat(e.reason())
                .isEqualTo(TokenError.UPSTREAM_UNAVAILABLE));
    }
}
