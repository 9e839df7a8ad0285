package fr.carnet.trace.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedSettingsTest {

    private static FeedSettings of(URI url, Duration timeout) {
        return new FeedSettings(url, null, Duration.ofSeconds(10), timeout);
    }

    @Test
    void withoutUrlNothingIsFed() {
        assertThat(of(null, Duration.ofSeconds(30)).isOn()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://audit.example/fhir", "http://localhost:8081/fhir", "http://[::1]/fhir"})
    void encryptedOrOnThisMachine(String url) {
        assertThat(of(URI.create(url), Duration.ofSeconds(30)).isOn()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://audit.example/fhir",
                "ftp://audit.example/fhir",
                "audit",
                "https:audit",
                "https://user:word@audit.example/fhir",
                "https://audit.example/fhir?key=1",
                "https://audit.example/fhir#x"
            })
    void tracesTravelInNoOtherWay(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> of(URI.create(url), Duration.ofSeconds(30)));
    }

    @Test
    void timeoutIsPositive() {
        assertThatIllegalArgumentException().isThrownBy(() -> of(null, Duration.ZERO));
    }
}
