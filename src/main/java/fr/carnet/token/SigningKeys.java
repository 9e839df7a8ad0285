package fr.carnet.token;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that sign access tokens: the {@code *.jwk.json} files of one directory, read again every few seconds, so that
 * keys change without a restart and every node of a cluster has the same ones.
 *
 * <p>A key is published as soon as its file is there, signs from its {@code nbf} to its {@code exp}, and stays published
 * until its file is removed. Of several that may sign, the one with the latest {@code nbf} does. Safe for many threads.
 */
public final class SigningKeys implements JWKSource<SecurityContext> {

    private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);
    private static final String SUFFIX = ".jwk.json";
    private static final Duration READ_AGAIN = Duration.ofSeconds(5);

    private final Path directory;
    private final Clock clock;
    private final Object reading = new Object();
    private volatile Reading last;

    /**
     * Reads the directory.
     *
     * @throws IllegalStateException if it holds no key that may sign now, or one that is unusable
     */
    public SigningKeys(Path directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
        try {
            this.last = new Reading(System.nanoTime(), keys());
        } catch (IOException | ParseException e) {
            throw new IllegalStateException("carnet.token.keys: a key of this directory cannot be read", e);
        }
        current();
    }

    @Override
    public List<JWK> get(JWKSelector selector, SecurityContext context) {
        return selector.select(new JWKSet(published()));
    }

    /**
     * The key that signs now.
     *
     * @throws IllegalStateException if there is none
     */
    public JWK current() {
        Instant now = clock.instant();
        return published().stream()
                .filter(begun(now).and(ended(now).negate()))
                .max(Comparator.comparing(SigningKeys::begin))
                .orElseThrow(
                        () -> new IllegalStateException("carnet.token.keys: no key of this directory signs today"));
    }

    private List<JWK> published() {
        Reading known = last;
        if (known.isOld()) {
            synchronized (reading) {
                if (last.at() == known.at()) {
                    last = new Reading(System.nanoTime(), readAgain(known.keys()));
                }
            }
        }
        return last.keys();
    }

    /** A directory that is being written to must not stop the service: what was read last still holds. */
    private List<JWK> readAgain(List<JWK> before) {
        try {
            List<JWK> now = keys();
            return now.isEmpty() ? before : now;
        } catch (IOException | ParseException | UncheckedIOException e) {
            LOG.error("the signing keys cannot be read again: {}", e.getClass().getName());
            return before;
        }
    }

    private List<JWK> keys() throws IOException, ParseException {
        List<JWK> keys = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(named -> named.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList()) {
                keys.add(signing(JWK.parse(Files.readString(file))));
            }
        }
        return List.copyOf(keys);
    }

    private static JWK signing(JWK key) throws ParseException {
        if (!key.isPrivate() || key.getKeyID() == null || key.getAlgorithm() == null) {
            throw new ParseException("a signing key is private and has kid and alg", 0);
        }
        return key;
    }

    private static Predicate<JWK> begun(Instant now) {
        return key -> !begin(key).isAfter(now);
    }

    private static Predicate<JWK> ended(Instant now) {
        return key -> Optional.ofNullable(key.getExpirationTime())
                .map(Date::toInstant)
                .filter(end -> !end.isAfter(now))
                .isPresent();
    }

    private static Instant begin(JWK key) {
        return Optional.ofNullable(key.getNotBeforeTime()).map(Date::toInstant).orElse(Instant.MIN);
    }

    private record Reading(long at, List<JWK> keys) {
        boolean isOld() {
            return System.nanoTime() - at > READ_AGAIN.toNanos();
        }
    }
}
