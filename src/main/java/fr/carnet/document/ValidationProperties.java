package fr.carnet.document;

import fr.carnet.validation.Level;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How submissions are checked.
 *
 * @param level of a request that does not ask for another
 * @param levelPerRequest a sender may ask with {@code Prefer: handling=strict} or {@code lenient}; for test servers
 * @param packages folder of official FHIR packages (.tgz), relative to where the server is started; empty: Carnet's own profiles only
 * @param schematrons folder of schematrons for CDA and of the table that says which is for what; empty: none
 */
@ConfigurationProperties("carnet.validation")
public record ValidationProperties(
        @DefaultValue("strict") Level level,
        @DefaultValue("false") boolean levelPerRequest,
        @DefaultValue("") String packages,
        @DefaultValue("") String schematrons) {

    private static final String HANDLING = "handling=";

    /** Level of a request with this {@code Prefer} header (RFC 7240), which may be null. */
    public Level levelOf(String prefer) {
        if (!levelPerRequest || prefer == null) {
            return level;
        }
        return Arrays.stream(prefer.split("[,;]"))
                .map(String::strip)
                .filter(preference -> preference.startsWith(HANDLING))
                .flatMap(preference -> Level.named(preference.substring(HANDLING.length())).stream())
                .findFirst()
                .orElse(level);
    }

    /** Folder of official packages. */
    Optional<Path> packagesFolder() {
        return folder(packages);
    }

    /** Folder of schematrons. */
    Optional<Path> schematronsFolder() {
        return folder(schematrons);
    }

    private static Optional<Path> folder(String name) {
        return name.isBlank() ? Optional.empty() : Optional.of(Path.of(name));
    }
}
