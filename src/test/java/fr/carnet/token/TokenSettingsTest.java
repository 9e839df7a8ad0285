package fr.carnet.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenSettingsTest {

    @Test
    void addressForCertificatesHasNoTrailingSlash() {
        assertThat(settings(URI.create("https://mtls.example/")).mtlsBase()).hasValue("https://mtls.example");
        assertThat(settings(null).mtlsBase()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://mtls.example", "mtls.example", "https:/oauth2"})
    void addressForCertificatesIsUnderTls(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(URI.create(url)))
                .withMessageContaining("carnet.token.mtls-base-url");
    }

    private static TokenSettings settings(URI mtlsBaseUrl) {
        return new TokenSettings(Path.of("keys"), Duration.ofMinutes(5), mtlsBaseUrl, 1, 1, List.of(), null, null);
    }
}
