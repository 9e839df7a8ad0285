package fr.carnet.caller;

import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the door.
 *
 * @param publicBaseUrl URL under which clients reach this server, without {@code /fhir}
 * @param issuers issuers whose tokens are accepted; a fixed list, never discovered from a token
 * @param door limits
 */
@ConfigurationProperties("carnet")
public record DoorSettings(
        URI publicBaseUrl,
        List<TrustedIssuer> issuers,
        @DefaultValue Limits door) {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** @throws IllegalArgumentException if the base URL or the issuers are absent, or an issuer is named twice */
    public DoorSettings {
        if (publicBaseUrl == null || publicBaseUrl.getHost() == null) {
            throw new IllegalArgumentException("carnet.public-base-url must be an absolute URL");
        }
        if (issuers == null || issuers.isEmpty()) {
            throw new IllegalArgumentException("carnet.issuers must name at least one issuer");
        }
        issuers = List.copyOf(issuers);
        Set<String> names = new HashSet<>();
        if (!issuers.stream().map(TrustedIssuer::issuer).allMatch(names::add)) {
            throw new IllegalArgumentException("carnet.issuers names one issuer twice");
        }
    }

    /** {@link #publicBaseUrl} without trailing slash. */
    public String base() {
        return publicBaseUrl.toString().replaceFirst("/+$", "");
    }

    /** FHIR base as clients see it, without trailing slash. */
    public String fhirBase() {
        return base() + "/fhir";
    }

    /** The {@code aud} that a token of this issuer must name. */
    String audienceOf(TrustedIssuer issuer) {
        return issuer.audience() == null ? fhirBase() : issuer.audience();
    }

    /**
     * An issuer.
     *
     * @param issuer exact value of {@code iss}
     * @param jwksUri where its keys are; https, or http on the loopback
     * @param audience expected {@code aud}; the FHIR base when null
     */
    public record TrustedIssuer(String issuer, URI jwksUri, String audience) {
        /** @throws IllegalArgumentException if one is absent or the keys would travel unprotected */
        public TrustedIssuer {
            if (issuer == null || issuer.isBlank()) {
                throw new IllegalArgumentException("carnet.issuers[].issuer is missing");
            }
            if (jwksUri == null || jwksUri.getHost() == null) {
                throw new IllegalArgumentException("carnet.issuers[].jwks-uri must be an absolute URL");
            }
            if (!"https".equals(jwksUri.getScheme()) && !LOOPBACK.contains(jwksUri.getHost())) {
                throw new IllegalArgumentException("carnet.issuers[].jwks-uri must be https");
            }
        }
    }

    /**
     * Limits.
     *
     * @param maxTokenLifetime longest {@code exp − iat}
     * @param clockSkew tolerance between clocks, at most 60 s
     * @param maxBody largest request body
     * @param requestsPerMinute of one client of one structure, on one node
     * @param failuresPerMinute refused tokens from one address, on one node
     * @param origins web applications that may call from a browser, e.g. {@code https://espace.example}
     */
    public record Limits(
            @DefaultValue("1h") Duration maxTokenLifetime,
            @DefaultValue("60s") Duration clockSkew,
            @DefaultValue("50MB") DataSize maxBody,
            @DefaultValue("12000") int requestsPerMinute,
            @DefaultValue("300") int failuresPerMinute,
            @DefaultValue Set<String> origins) {

        private static final Duration MAX_SKEW = Duration.ofSeconds(60);

        private static final Pattern ORIGIN =
                Pattern.compile("https://[a-z0-9.-]+(:\\d+)?|http://(localhost|127\\.0\\.0\\.1)(:\\d+)?");

        /** @throws IllegalArgumentException if the tolerance exceeds 60 s or is negative, or an origin is none */
        public Limits {
            if (clockSkew.isNegative() || clockSkew.compareTo(MAX_SKEW) > 0) {
                throw new IllegalArgumentException("carnet.door.clock-skew must be between 0 and 60 s");
            }
            if (!origins.stream().allMatch(ORIGIN.asMatchPredicate())) {
                throw new IllegalArgumentException(
                        "carnet.door.origins[] are https://host[:port], or http on the loopback, without a path");
            }
            origins = Set.copyOf(origins);
        }
    }
}
