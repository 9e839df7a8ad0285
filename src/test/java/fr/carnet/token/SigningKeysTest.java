package fr.carnet.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeysTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    private Path directory;

    @Test
    void latestKeyThatHasBegunSigns() throws IOException {
        SigningKeyFile.create(directory, NOW.minusSeconds(3600));
        Path latest = SigningKeyFile.create(directory, NOW.minusSeconds(60));
        SigningKeyFile.create(directory, NOW.plusSeconds(3600));

        assertThat(latest.getFileName()).hasToString(at(NOW).current().getKeyID() + ".jwk.json");
    }

    @Test
    void keyOfTomorrowIsPublishedToday() throws IOException {
        SigningKeyFile.create(directory, NOW);
        SigningKeyFile.create(directory, NOW.plusSeconds(3600));

        assertThat(at(NOW).get(new JWKSelector(new JWKMatcher.Builder().build()), null))
                .hasSize(2);
    }

    @Test
    void rotationNeedsNoRestart() throws IOException {
        SigningKeyFile.create(directory, NOW);
        Path next = SigningKeyFile.create(directory, NOW.plusSeconds(3600));

        JWK after = at(NOW.plusSeconds(3600)).current();

        assertThat(next.getFileName()).hasToString(after.getKeyID() + ".jwk.json");
    }

    @Test
    void withoutAKeyThatSignsNothingStarts() throws IOException {
        assertThatThrownBy(() -> at(NOW)).isInstanceOf(IllegalStateException.class);
        SigningKeyFile.create(directory, NOW.plusSeconds(1));
        assertThatThrownBy(() -> at(NOW)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void publicOrUnreadableKeyIsRefusedAtStart() throws IOException {
        SigningKeyFile.create(directory, NOW);
        JWK own = at(NOW).current();
        Files.writeString(
                directory.resolve("public.jwk.json"), own.toPublicJWK().toJSONString());

        assertThatThrownBy(() -> at(NOW)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void onlyItsOwnerReadsAKey() throws IOException {
        assertThat(Files.getPosixFilePermissions(SigningKeyFile.create(directory, NOW)))
                .hasSize(2);
    }

    private SigningKeys at(Instant now) {
        return new SigningKeys(directory, Clock.fixed(now, ZoneOffset.UTC));
    }
}
