package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

@ExtendWith(OutputCaptureExtension.class)
class RequiredSettingsTest {

    private static final Map<String, Object> COMPLETE = Map.of(
            "carnet.database.url", "jdbc:postgresql://db/carnet",
            "carnet.public-base-url", "https://dmp.example",
            "carnet.trace.signing-key", "/etc/carnet/trace-key.pem",
            "carnet.trace.roots", "/var/lib/carnet/roots",
            "carnet.issuers[0].issuer", "https://psc.example",
            "carnet.issuers[0].jwks-uri", "https://psc.example/jwks");

    /** Nothing of the server. */
    @Configuration(proxyBeanMethods = false)
    static class Empty {}

    @Test
    void completeServerLacksNothing() {
        assertThat(missing(COMPLETE)).isEmpty();
    }

    @Test
    void nakedServerLacksEverything() {
        assertThat(missing(Map.of()))
                .containsExactly(
                        "carnet.database.url",
                        "carnet.public-base-url",
                        "carnet.trace.signing-key",
                        "carnet.trace.roots",
                        "carnet.issuers[0].issuer",
                        "carnet.issuers[0].jwks-uri");
    }

    @Test
    void emptyCountsAsMissing() {
        assertThat(missing(with("carnet.database.url", " "))).containsExactly("carnet.database.url");
    }

    @Test
    void everyIssuerIsComplete() {
        assertThat(missing(with("carnet.issuers[1].issuer", "https://second.example")))
                .containsExactly("carnet.issuers[1].jwks-uri");
    }

    @Test
    void namedEnvironmentVariablesAreUnderstood() {
        StandardEnvironment environment = environment(Map.of());
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        "test-" + StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        Map.of(
                                "CARNET_DATABASE_URL", "jdbc:postgresql://db/carnet",
                                "CARNET_PUBLICBASEURL", "https://dmp.example",
                                "CARNET_TRACE_SIGNINGKEY", "/etc/carnet/trace-key.pem",
                                "CARNET_TRACE_ROOTS", "/var/lib/carnet/roots",
                                "CARNET_ISSUERS_0_ISSUER", "https://psc.example",
                                "CARNET_ISSUERS_0_JWKSURI", "https://psc.example/jwks")));
        ConfigurationPropertySources.attach(environment);

        assertThat(RequiredSettings.missing(environment)).isEmpty();
    }

    @Test
    void oneSentenceNamesPropertyAndVariable() {
        assertThat(new MissingSettings(List.of("carnet.issuers[0].jwks-uri", "carnet.database.url"), Locale.FRENCH))
                .hasMessageContaining("carnet.issuers[0].jwks-uri")
                .hasMessageContaining("CARNET_ISSUERS_0_JWKSURI")
                .hasMessageContaining("Il manque l’adresse de la base de données")
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(2));
        assertThat(new MissingSettings(List.of("carnet.public-base-url"), Locale.ENGLISH))
                .hasMessageContaining("CARNET_PUBLICBASEURL")
                .hasMessageStartingWith("The public address of this server is missing");
    }

    @Test
    void incompleteServerDoesNotStartAndPrintsNoStackTrace(CapturedOutput output) {
        assertThatThrownBy(() -> start("--carnet.database.url=jdbc:postgresql://db/carnet"))
                .isInstanceOf(MissingSettings.class);
        assertThat(output.getAll())
                .contains("carnet.public-base-url", "carnet.issuers[0].issuer", "carnet.issuers[0].jwks-uri")
                .doesNotContain("carnet.database.url")
                .doesNotContain("\tat ");
    }

    @Test
    void completeServerAndSandboxGoOn() {
        String[] complete = COMPLETE.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);

        Stream.of(complete, new String[] {"--spring.profiles.active=sandbox"}).forEach(arguments -> {
            try (ConfigurableApplicationContext context = start(arguments)) {
                assertThat(context.isActive()).isTrue();
            }
        });
    }

    private static ConfigurableApplicationContext start(String... arguments) {
        SpringApplication application = new SpringApplication(Empty.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.addInitializers(new RequiredSettings());
        return application.run(Stream.concat(Stream.of(arguments), Stream.of("--spring.config.location=optional:none/"))
                .toArray(String[]::new));
    }

    private static List<String> missing(Map<String, Object> settings) {
        return RequiredSettings.missing(environment(settings));
    }

    private static StandardEnvironment environment(Map<String, Object> settings) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("settings", settings));
        ConfigurationPropertySources.attach(environment);
        return environment;
    }

    private static Map<String, Object> with(String name, String value) {
        Map<String, Object> settings = new HashMap<>(COMPLETE);
        settings.put(name, value);
        return settings;
    }
}
