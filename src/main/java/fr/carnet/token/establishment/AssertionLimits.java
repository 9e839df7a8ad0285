package fr.carnet.token.establishment;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What this server accepts of an assertion's times, audience and method.
 *
 * @param maxAge from its issue to its use, whatever end it states (R83)
 * @param clockSkew by how much the clocks of establishment and server may differ
 * @param audiences names of this server's token endpoint; an assertion that names another was made for somebody else
 * @param methods methods by which reinforced authentication may have been done (R75)
 */
public record AssertionLimits(Duration maxAge, Duration clockSkew, Set<String> audiences, Set<String> methods) {

    /** The only method of AIR simplifié (R75). */
    public static final String PGSSIS = "CONF_EXI_PGSSIS";

    private static final Duration MAX_AGE = Duration.ofMinutes(5);
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

    /** @throws IllegalArgumentException if a duration is negative, or no audience or method is given */
    public AssertionLimits {
        Objects.requireNonNull(maxAge);
        Objects.requireNonNull(clockSkew);
        audiences = Set.copyOf(audiences);
        methods = Set.copyOf(methods);
        if (maxAge.isNegative() || maxAge.isZero() || clockSkew.isNegative()) {
            throw new IllegalArgumentException(
                    "an assertion must be able to live, and clocks differ by no less than nothing");
        }
        if (audiences.isEmpty() || methods.isEmpty()) {
            throw new IllegalArgumentException("at least one audience and one method");
        }
    }

    /** Five minutes, one minute of skew, the method of AIR simplifié. */
    public static AssertionLimits of(String audience) {
        return new AssertionLimits(MAX_AGE, CLOCK_SKEW, Set.of(audience), Set.of(PGSSIS));
    }

    /**
     * Checks the times that an assertion states.
     *
     * @param now time of its use
     * @param issued time of its issue
     * @param notBefore from when on it wants to be used
     * @param end until when
     * @return from when on it is refused as stale, skew included: until then it must be remembered
     * @throws EstablishmentRefusal if it is stale or comes from the future
     */
    public Instant check(Instant now, Instant issued, Optional<Instant> notBefore, Optional<Instant> end) {
        Instant latest = now.plus(clockSkew);
        if (issued.isAfter(latest) || notBefore.filter(latest::isBefore).isPresent()) {
            throw new EstablishmentRefusal(EstablishmentError.ASSERTION_FROM_THE_FUTURE);
        }
        Instant oldest = issued.plus(maxAge);
        Instant expires = end.filter(oldest::isAfter).orElse(oldest).plus(clockSkew);
        if (!now.isBefore(expires)) {
            throw new EstablishmentRefusal(EstablishmentError.ASSERTION_STALE);
        }
        return expires;
    }
}
