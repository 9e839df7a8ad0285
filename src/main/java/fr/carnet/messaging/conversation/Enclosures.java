package fr.carnet.messaging.conversation;

import fr.carnet.policy.PatientFacts;
import fr.carnet.shared.Fault;
import fr.carnet.shared.Fault.Issue;
import fr.carnet.shared.Fault.Severity;
import fr.carnet.shared.Ins;
import fr.carnet.validation.CdaHeader;
import fr.carnet.validation.MediaKind;
import fr.carnet.validation.UnreadableCda;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which files may go with a message: PDF, images, and CDA documents of the same patient, up to a size (R171). */
public final class Enclosures {

    /** What is taken, as it is announced. */
    public static final List<String> MEDIA_TYPES =
            List.of("application/pdf", "application/xml", "image/jpeg", "image/png", "text/xml");

    private static final Set<String> XML = Set.of("application/xml", "text/xml");
    private static final int UNPROCESSABLE = 422;
    private static final int MAX_UNIQUE_ID = 300;

    private final MessagingSettings settings;

    /** @param settings the limits */
    public Enclosures(MessagingSettings settings) {
        this.settings = settings;
    }

    /**
     * Looks at a file that comes without metadata.
     *
     * @param title its title or name; may be blank
     * @param mediaType as it is stated
     * @param patient to whom or by whom it is written
     * @throws Fault 422 if it is not taken
     */
    public Enclosure accept(String title, String mediaType, byte[] content, PatientFacts patient) {
        return accept(title, mediaType, content, Optional.empty(), patient);
    }

    /**
     * Looks at a document that comes with metadata.
     *
     * @param uniqueId {@code system|value}, as the metadata say; a CDA document says it itself
     * @throws Fault 422 if it is not taken
     */
    public Enclosure accept(
            String title, String mediaType, byte[] content, Optional<String> uniqueId, PatientFacts patient) {
        String bare = mediaType.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
        if (!MEDIA_TYPES.contains(bare)) {
            throw refused("attachment-type", String.join(", ", MEDIA_TYPES));
        }
        if (content.length == 0 || content.length > settings.maxAttachmentSize().toBytes()) {
            throw refused(
                    "attachment-size",
                    Long.toString(settings.maxAttachmentSize().toMegabytes()));
        }
        if (!MediaKind.fits(bare, content)) {
            throw refused("attachment-content", bare);
        }
        Optional<String> document = XML.contains(bare) ? Optional.of(uniqueId(content, patient)) : uniqueId;
        if (document.filter(id -> id.length() > MAX_UNIQUE_ID).isPresent()) {
            throw refused("attachment-unique-id");
        }
        return new Enclosure(title.strip(), bare, document, content);
    }

    /**
     * Counts the files of a message.
     *
     * @throws Fault 422 if there are more than it may have
     */
    public void count(int enclosures) {
        if (enclosures > settings.maxAttachments()) {
            throw refused("attachment-count", Integer.toString(settings.maxAttachments()));
        }
    }

    private static String uniqueId(byte[] content, PatientFacts patient) {
        try {
            CdaHeader header = CdaHeader.read(content);
            boolean same = header.patient()
                    .ins()
                    .map(id -> Ins.of(id.root(), id.value()))
                    .filter(patient::bears)
                    .isPresent();
            if (!same) {
                throw refused("attachment-patient");
            }
            return header.id().token();
        } catch (UnreadableCda e) {
            throw refused("attachment-cda", e.reason().name().toLowerCase(Locale.ROOT));
        } catch (Ins.InvalidIns e) {
            throw refused("attachment-patient");
        }
    }

    private static Fault refused(String key, Object... args) {
        return new Fault(
                UNPROCESSABLE,
                List.of(new Issue(
                        Severity.ERROR,
                        "R171",
                        "messaging." + key,
                        List.of(args),
                        Optional.of("Communication.payload"))));
    }
}
