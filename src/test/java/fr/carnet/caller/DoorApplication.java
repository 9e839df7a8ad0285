package fr.carnet.caller;

import fr.carnet.shared.SingleUse;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.autoconfigure.web.embedded.EmbeddedWebServerFactoryCustomizerAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * The door and the sandbox before a FHIR endpoint that only says who came in. Its profile keeps it out of the contexts of
 * other tests that scan the whole house.
 */
@SpringBootConfiguration
@Profile(DoorApplication.PROFILE)
@ComponentScan("fr.carnet.caller")
@ComponentScan(
        basePackages = "fr.carnet.sandbox",
        useDefaultFilters = false,
        includeFilters =
                @Filter(
                        type = FilterType.REGEX,
                        pattern =
                                ".*\\.(SandboxConfiguration|PscConfiguration|PatientsConfiguration|[A-Za-z]*Endpoint)"))
@ComponentScan("fr.carnet.token")
@ImportAutoConfiguration({
    EmbeddedWebServerFactoryCustomizerAutoConfiguration.class,
    ServletWebServerFactoryAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    ErrorMvcAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    SecurityAutoConfiguration.class,
    SecurityFilterAutoConfiguration.class
})
public class DoorApplication {

    public static final String PROFILE = "door-slice";

    @Bean
    MeterRegistry meters() {
        return new SimpleMeterRegistry();
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    SingleUse proofs() {
        var used = ConcurrentHashMap.newKeySet();
        return (id, until) -> used.add(id);
    }

    @Bean
    public Attempts attempts() {
        return new Attempts();
    }

    /** Keeps what the door traces; can be made to fail. */
    public static final class Attempts implements DoorTrace {

        private final List<Attempt> seen = new CopyOnWriteArrayList<>();
        private volatile boolean broken;

        @Override
        public void refused(Attempt attempt) {
            if (broken) {
                throw new IllegalStateException("no trace");
            }
            seen.add(attempt);
        }

        List<Attempt> seen() {
            return seen;
        }

        void breakDown(boolean now) {
            broken = now;
        }
    }

    /** In the place of FHIR. */
    @RestController
    @Profile(PROFILE)
    static class Echo {

        @GetMapping("/fhir/whoami")
        Map<String, Object> whoami(HttpServletRequest request) {
            CallerSession session = CallerSession.of(request).orElseThrow();
            return Map.of(
                    "kind", session.caller().kind(),
                    "subject", session.caller().subject(),
                    "name", session.caller().name(),
                    "role", session.caller().role().map(r -> r.code()).orElse(""),
                    "sector", session.caller().sector().orElse(""),
                    "structure",
                            session.caller().structure().map(s -> s.value()).orElse(""),
                    "patient", session.context().patient().map(p -> p.token()).orElse(""),
                    "mode", session.context().mode().map(m -> m.code()).orElse(""),
                    "secret", session.context().secretConnection());
        }

        @GetMapping("/fhir/metadata")
        Map<String, Object> metadata() {
            return Map.of("resourceType", "CapabilityStatement");
        }

        @PostMapping("/fhir")
        Map<String, Object> size(@RequestBody byte[] body) {
            return Map.of("bytes", body.length);
        }
    }
}
