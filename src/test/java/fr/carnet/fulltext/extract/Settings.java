package fr.carnet.fulltext.extract;

import java.time.Duration;
import org.springframework.util.unit.DataSize;

/** Settings of the tests: those of the server, but for what a test is about. */
final class Settings {

    private Settings() {}

    static ExtractionSettings usual() {
        return within(Duration.ofSeconds(20));
    }

    static ExtractionSettings within(Duration time) {
        return new ExtractionSettings(1, DataSize.ofMegabytes(256), time, Duration.ofSeconds(60), 500_000, 500, 1000);
    }

    static ExtractionSettings bounded(int characters, int pages) {
        return new ExtractionSettings(
                1, DataSize.ofMegabytes(256), Duration.ofSeconds(20), Duration.ofSeconds(60), characters, pages, 1000);
    }
}
