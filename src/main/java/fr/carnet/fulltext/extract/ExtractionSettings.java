package fr.carnet.fulltext.extract;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What a document may take of the machine while it is read.
 *
 * @param workers processes at most
 * @param memory heap of a worker; the process has about 100 MB beside it
 * @param time a document may take, from the moment that a worker is ready; at three quarters of it the worker stops reading and
 *     hands over what it has
 * @param patience longest wait for a free worker
 * @param characters kept of a body, UTF-16 units; labels have a tenth of it
 * @param pages read of a PDF
 * @param documents after which a worker is replaced
 */
@ConfigurationProperties("carnet.fulltext.extraction")
public record ExtractionSettings(
        @DefaultValue("1") int workers,
        @DefaultValue("256MB") DataSize memory,
        @DefaultValue("20s") Duration time,
        @DefaultValue("1m") Duration patience,
        @DefaultValue("500000") int characters,
        @DefaultValue("500") int pages,
        @DefaultValue("1000") int documents) {

    private static final DataSize SMALLEST = DataSize.ofMegabytes(64);

    /** @throws IllegalArgumentException if a number or a duration is not positive, or no worker could live on the memory */
    public ExtractionSettings {
        if (workers < 1 || characters < 10 || pages < 1 || documents < 1) {
            throw new IllegalArgumentException(
                    "carnet.fulltext.extraction: numbers are positive, characters at least 10");
        }
        if (memory.compareTo(SMALLEST) < 0) {
            throw new IllegalArgumentException("carnet.fulltext.extraction.memory: at least 64MB");
        }
        if (time.toMillis() < 1 || patience.isNegative()) {
            throw new IllegalArgumentException("carnet.fulltext.extraction: durations are positive");
        }
    }

    /** UTF-16 units of all labels together. */
    int labelCharacters() {
        return characters / 10;
    }
}
