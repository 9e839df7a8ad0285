package fr.carnet.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import fr.carnet.token.establishment.Establishment;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxySettingsTest {

    private static final X509Certificate PROXY = Establishment.SIGNING.certificate();

    @Test
    void proxyIsKnownByItsFingerprintHoweverItIsWritten() throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(PROXY.getEncoded());

        assertThat(new ProxySettings(Set.of(HexFormat.of().formatHex(digest))).names(PROXY))
                .isTrue();
        assertThat(new ProxySettings(Set.of(
                                HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest)))
                        .names(PROXY))
                .isTrue();
        assertThat(new ProxySettings(Set.of("00".repeat(32))).names(PROXY)).isFalse();
        assertThat(new ProxySettings(null).names(PROXY)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "CN=proxy", "zz"})
    void whatIsNoFingerprintIsRefusedAtTheStart(String written) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProxySettings(Set.of(written)))
                .withMessageContaining("carnet.door.proxies");
    }
}
