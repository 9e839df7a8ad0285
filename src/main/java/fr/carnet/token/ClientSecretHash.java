package fr.carnet.token;

import fr.carnet.shared.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * SHA-256, in hexadecimal, of a client's secret. A secret is drawn by {@code carnet token secret}, 256 bits of it: nothing
 * that can be guessed, so that a deliberately slow hash would cost every token request much and protect nothing. The
 * homologation number of a product (R86) is kept in the same way.
 */
public final class ClientSecretHash implements PasswordEncoder {

    @Override
    public String encode(CharSequence secret) {
        return Digest.SHA_256.hex(secret.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean matches(CharSequence secret, String hash) {
        return MessageDigest.isEqual(bytes(encode(secret)), bytes(hash));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
