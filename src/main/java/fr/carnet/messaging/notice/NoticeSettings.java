package fr.carnet.messaging.notice;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How notices are made and leave.
 *
 * @param quiet what happens within it makes one notice; an emergency waits only for an earlier one of its kind
 * @param portal where the holder logs in, told in every notice
 * @param mail relay for the mails of holders; without it they wait
 * @param mssante relay into the trust space for the mails of professionals; without it they wait
 * @param mailboxes MSSanté address by idNat_PS, where no directory tells it
 */
@ConfigurationProperties("carnet.messaging.notices")
public record NoticeSettings(
        @DefaultValue("15m") Duration quiet,
        @DefaultValue("https://www.monespacesante.fr") String portal,
        MailRelay mail,
        MailRelay mssante,
        @DefaultValue Map<String, String> mailboxes) {

    /** @throws IllegalArgumentException if an address is none, or the quiet time negative */
    public NoticeSettings {
        if (quiet.isNegative()) {
            throw new IllegalArgumentException("carnet.messaging.notices.quiet: not negative");
        }
        mailboxes = Map.copyOf(mailboxes);
        if (!mailboxes.values().stream().allMatch(MailAddress::isOne)) {
            throw new IllegalArgumentException("carnet.messaging.notices.mailboxes: an address is none");
        }
    }

    /** Empty while mails to holders wait. */
    Optional<MailRelay> toHolders() {
        return Optional.ofNullable(mail);
    }

    /** Empty while mails to professionals wait. */
    Optional<MailRelay> toProfessionals() {
        return Optional.ofNullable(mssante);
    }
}
