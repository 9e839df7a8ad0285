package fr.carnet.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientSecretHashTest {

    private final ClientSecretHash hash = new ClientSecretHash();

    /** FIPS 180-4: the hash of "abc". */
    @Test
    void secretMatchesItsHashAndNoOther() {
        String known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

        assertThat(hash.encode("abc")).isEqualTo(known);
        assertThat(hash.matches("abc", known)).isTrue();
        assertThat(hash.matches("abd", known)).isFalse();
        assertThat(hash.matches("", known)).isFalse();
        assertThat(hash.matches(known, known)).isFalse();
        assertThat(hash.matches("abc", "")).isFalse();
    }

    /** The library would otherwise make a slow hash at each request. */
    @Test
    void hashIsNeverMadeAnew() {
        assertThat(hash.upgradeEncoding(hash.encode("abc"))).isFalse();
    }
}
