package fr.carnet.messaging.mssante;

import fr.carnet.messaging.notice.MailRelay;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The bridge to MSSanté. Without a mailbox nothing comes in, without a relay nothing goes out.
 *
 * @param domain of the patients' addresses (R160); reports come from {@code postmaster} there
 * @param trustedDomains from which mail is taken (R167); from no other
 * @param mailbox where mail for patients arrives
 * @param relay that takes mail of patients
 * @param maxMailSize of one mail, as it travels
 */
@ConfigurationProperties("carnet.messaging.mssante")
record MssanteSettings(
        @DefaultValue("patient.mssante.fr") String domain,
        @DefaultValue List<String> trustedDomains,
        Mailbox mailbox,
        MailRelay relay,
        @DefaultValue("30MB") DataSize maxMailSize) {

    /** @throws IllegalArgumentException if no mail would be taken, or more than fits in memory */
    MssanteSettings {
        trustedDomains = List.copyOf(trustedDomains);
        if (maxMailSize.toBytes() < 1 || maxMailSize.toBytes() > Integer.MAX_VALUE / 2) {
            throw new IllegalArgumentException("carnet.messaging.mssante.max-mail-size: positive, below 1 GB");
        }
    }

    /** Empty while nothing goes out. */
    Optional<MailRelay> outgoing() {
        return Optional.ofNullable(relay);
    }

    /**
     * A mailbox over IMAP, encrypted from the first byte (RFC 8314), the certificate always checked.
     *
     * @param host name that its certificate bears
     * @param port 993 unless told
     * @param username account
     * @param password its password; never shown
     * @param folder that is read; what was dealt with is deleted there
     * @param authorities PEM file with the authorities of its certificate; those of the JVM unless told
     */
    record Mailbox(
            String host,
            @DefaultValue("993") int port,
            String username,
            String password,
            @DefaultValue("INBOX") String folder,
            Path authorities) {

        /** @throws IllegalArgumentException if host or account are missing */
        Mailbox {
            if (host == null || host.isBlank() || username == null || password == null) {
                throw new IllegalArgumentException("carnet.messaging.mssante.mailbox: host and account are required");
            }
        }

        @Override
        public String toString() {
            return "Mailbox[" + host + ":" + port + "]";
        }
    }
}
