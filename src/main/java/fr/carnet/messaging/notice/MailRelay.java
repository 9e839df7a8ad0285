package fr.carnet.messaging.notice;

import java.nio.file.Path;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A server that takes mails. The connection is always encrypted, and the certificate always checked.
 *
 * @param host name that its certificate bears
 * @param port 587 unless told
 * @param security how encryption begins
 * @param username null: without authentication
 * @param password its password; never shown
 * @param from sender of the mails; its domain is that of the Message-IDs
 * @param authorities PEM file with the authorities of its certificate; those of the JVM unless told
 */
public record MailRelay(
        String host,
        @DefaultValue("587") int port,
        @DefaultValue("STARTTLS") Security security,
        String username,
        String password,
        String from,
        Path authorities) {

    /** @throws IllegalArgumentException if the host is missing or the sender no address */
    public MailRelay {
        if (host == null || host.isBlank()) {
            throw new IllegalArgumentException("mail relay: host is missing");
        }
        if (from == null || !MailAddress.isOne(from)) {
            throw new IllegalArgumentException("mail relay: from is no address");
        }
    }

    /** How encryption begins. */
    public enum Security {
        /** RFC 3207; without it nothing is sent. */
        STARTTLS,
        /** From the first byte (RFC 8314). */
        TLS
    }

    String domain() {
        return from.substring(from.indexOf('@') + 1);
    }

    @Override
    public String toString() {
        return "MailRelay[" + host + ":" + port + "]";
    }
}
