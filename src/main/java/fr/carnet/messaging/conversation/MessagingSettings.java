package fr.carnet.messaging.conversation;

import fr.carnet.shared.StructureId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What is taken of messages (R171), and which mailboxes are known.
 *
 * @param maxAttachmentSize raw bytes of one attachment
 * @param maxAttachments attachments of one message
 * @param maxText characters of a message
 * @param mailboxes of professionals and structures
 */
@ConfigurationProperties("carnet.messaging")
public record MessagingSettings(
        @DefaultValue("10MB") DataSize maxAttachmentSize,
        @DefaultValue("10") int maxAttachments,
        @DefaultValue("20000") int maxText,
        @DefaultValue List<Mailbox> mailboxes) {

    /** @throws IllegalArgumentException if nothing would be taken, or two mailboxes have one address */
    public MessagingSettings {
        mailboxes = List.copyOf(mailboxes);
        if (maxAttachmentSize.toBytes() < 1
                || maxAttachmentSize.toBytes() > Integer.MAX_VALUE
                || maxAttachments < 1
                || maxText < 1) {
            throw new IllegalArgumentException("carnet.messaging: limits are positive");
        }
        if (mailboxes.stream().map(Mailbox::address).distinct().count() != mailboxes.size()) {
            throw new IllegalArgumentException("carnet.messaging.mailboxes: one address twice");
        }
    }

    /** By address. */
    public Optional<Mailbox> at(String address) {
        String wanted = address.toLowerCase(Locale.ROOT);
        return mailboxes.stream().filter(m -> m.address().equals(wanted)).findFirst();
    }

    /** The personal mailbox of a professional. */
    Optional<Mailbox> of(String professional) {
        return mailboxes.stream()
                .filter(m -> m.kind() == Mailbox.Kind.PERSONAL)
                .filter(m -> m.professional().filter(professional::equals).isPresent())
                .findFirst();
    }

    /** The organisational mailbox of a structure. */
    Optional<Mailbox> of(StructureId structure) {
        return mailboxes.stream()
                .filter(m -> m.kind() == Mailbox.Kind.ORGANISATIONAL)
                .filter(m -> m.structureId().filter(structure::equals).isPresent())
                .findFirst();
    }
}
