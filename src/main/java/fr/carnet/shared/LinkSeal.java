package fr.carnet.shared;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals the personal parameters of a search into its page links: a name must not stand in a URL that we write, yet the
 * next page needs it. Every node shares the key, so any node can serve any page. It hides, it grants nothing: a link is
 * judged for whoever follows it.
 */
public final class LinkSeal {

    /** Parameter that carries the sealed ones. */
    public static final String PARAMETER = "_sealed";

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final char BETWEEN = '\u001f';

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    /** @param key AES key shared by the nodes */
    public LinkSeal(SecretKey key) {
        this.key = key;
    }

    /** Parameters as one value. */
    public String seal(List<Parameter> parameters) {
        StringBuilder plain = new StringBuilder();
        parameters.forEach(
                p -> plain.append(p.name()).append(BETWEEN).append(p.value()).append(BETWEEN));
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            byte[] sealed = cipher.doFinal(plain.toString().getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(ByteBuffer.allocate(NONCE + sealed.length)
                            .put(nonce)
                            .put(sealed)
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The parameters of a sealed value.
     *
     * @throws Fault 400 if it was not sealed by this house
     */
    public List<Parameter> open(String sealed) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(sealed);
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, bytes, 0, NONCE));
            String plain = new String(cipher.doFinal(bytes, NONCE, bytes.length - NONCE), StandardCharsets.UTF_8);
            String[] parts = plain.split(String.valueOf(BETWEEN), -1);
            List<Parameter> parameters = new ArrayList<>();
            for (int i = 0; i + 1 < parts.length; i += 2) {
                parameters.add(new Parameter(parts[i], parts[i + 1]));
            }
            return parameters;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw Fault.of(400, "broken-link");
        }
    }
}
