package fr.carnet.sandbox;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of the sandbox.
 *
 * @param dataDir directory that survives a restart; the issuer's key is kept there. Null: a new key at each start
 * @param tlsPort port of the HTTPS connector, which asks for a certificate without demanding one
 */
@ConfigurationProperties("carnet.sandbox")
record SandboxSettings(Path dataDir, int tlsPort) {}
