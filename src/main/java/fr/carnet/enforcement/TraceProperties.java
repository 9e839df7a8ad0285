package fr.carnet.enforcement;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the traces are kept and sealed.
 *
 * @param signingKey file of the Ed25519 private key, in PEM, by which daily roots and purges are signed
 * @param roots folder of the roots, outside the database and its backups
 * @param doorPerMinute refusals of callers without a valid token that are traced one by one, on each node; the others are
 *     counted
 */
@ConfigurationProperties("carnet.trace")
record TraceProperties(
        Path signingKey, Path roots, @DefaultValue("600") int doorPerMinute) {}
