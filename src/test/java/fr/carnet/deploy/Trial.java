package fr.carnet.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;

/**
 * What the compose file is filled in with for a trial: the secrets that {@code scripts/trial-secrets} makes, folders.
 *
 * @param home absolute, of this trial alone
 */
public record Trial(Path home) {

    /** In a new folder; skips the test where openssl, which makes the certificates, is not installed. */
    public static Trial begin() {
        assumeTrue(
                Ended.of(Map.of(), List.of("openssl", "version")).code() == 0,
                "openssl is not installed: no trial secrets");
        try {
            Path home = Files.createTempDirectory(Files.createDirectories(Path.of("target", "it")), "trial")
                    .toAbsolutePath();
            Ended made = Ended.of(
                    Map.of(),
                    List.of(
                            "scripts/trial-secrets",
                            "--dir",
                            home.resolve("secrets").toString()));
            assertThat(made.code()).as(made.told()).isZero();
            // of the user of the image, whatever number that is here
            Files.setPosixFilePermissions(
                    Files.createDirectory(home.resolve("roots")), PosixFilePermissions.fromString("rwxrwxrwx"));
            return new Trial(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The compose file with all that it asks for. */
    ComposeFile compose(String publicBase, String issuer, URI keys) {
        return ComposeFile.with(Map.of(
                "CARNET_PUBLIC_BASE_URL",
                publicBase,
                "CARNET_ISSUER",
                issuer,
                "CARNET_ISSUER_JWKS_URI",
                keys.toString(),
                "CARNET_SECRETS",
                secrets().toString(),
                "CARNET_TRACE_ROOTS",
                roots().toString(),
                // nobody: mails wait
                "CARNET_MAIL_HOST",
                "localhost"));
    }

    Path secrets() {
        return home.resolve("secrets");
    }

    Path roots() {
        return home.resolve("roots");
    }

    /** Content of the secret of this name. */
    public String secret(String name) {
        try {
            return Files.readString(secrets().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** File with the certificate of who signed those of all services. */
    public Path authority() {
        return secrets().resolve("authority.pem");
    }

    X509Certificate authorityCertificate() {
        try (InputStream file = Files.newInputStream(authority())) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }
}
