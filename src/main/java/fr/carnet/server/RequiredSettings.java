package fr.carnet.server;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.util.StringUtils;

/**
 * What a production server cannot do without: database, own public address, trusted issuers, what seals its traces. Without them it does not
 * start, and says what is missing. The sandbox brings its own.
 */
final class RequiredSettings implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final String DATABASE = "carnet.database.url";
    private static final List<String> REQUIRED =
            List.of(DATABASE, "carnet.public-base-url", "carnet.trace.signing-key", "carnet.trace.roots");
    private static final String ISSUERS = "carnet.issuers";
    private static final List<String> OF_ISSUER = List.of("issuer", "jwks-uri");

    /** @throws MissingSettings naming everything that is missing */
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Environment environment = context.getEnvironment();
        if (!environment.acceptsProfiles(Profiles.of("sandbox"))) {
            refuse(missing(environment));
        }
    }

    /**
     * What a command cannot do without that works with the database alone.
     *
     * @throws MissingSettings if the database is not named
     */
    static void ofDatabase(ConfigurableApplicationContext context) {
        refuse(Stream.of(DATABASE)
                .filter(name -> !StringUtils.hasText(context.getEnvironment().getProperty(name)))
                .toList());
    }

    private static void refuse(List<String> missing) {
        if (!missing.isEmpty()) {
            throw new MissingSettings(missing, Locale.getDefault());
        }
    }

    static List<String> missing(Environment environment) {
        Stream<String> single = REQUIRED.stream().filter(name -> !StringUtils.hasText(environment.getProperty(name)));
        return Stream.concat(single, missingOfIssuers(environment)).toList();
    }

    private static Stream<String> missingOfIssuers(Environment environment) {
        List<Map<String, String>> issuers = Binder.get(environment)
                .bind(ISSUERS, Bindable.listOf(Issuer.class))
                .map(list -> list.stream().map(Issuer::settings).toList())
                .orElse(List.of(Map.of()));
        return Stream.iterate(0, i -> i < issuers.size(), i -> i + 1).flatMap(i -> OF_ISSUER.stream()
                .filter(name -> !StringUtils.hasText(issuers.get(i).get(name)))
                .map(name -> ISSUERS + "[" + i + "]." + name));
    }

    /** One issuer as far as it is given. */
    record Issuer(String issuer, String jwksUri) {

        Map<String, String> settings() {
            return Map.of("issuer", issuer == null ? "" : issuer, "jwks-uri", jwksUri == null ? "" : jwksUri);
        }
    }
}
