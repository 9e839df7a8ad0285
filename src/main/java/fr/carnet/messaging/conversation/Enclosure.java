package fr.carnet.messaging.conversation;

import java.util.Objects;
import java.util.Optional;

/** A file that goes with a message (R171), and was looked at. */
public final class Enclosure {

    private final String title;
    private final String mediaType;
    private final Optional<String> uniqueId;
    private final byte[] content;

    Enclosure(String title, String mediaType, Optional<String> uniqueId, byte[] content) {
        this.title = Objects.requireNonNull(title);
        this.mediaType = Objects.requireNonNull(mediaType);
        this.uniqueId = Objects.requireNonNull(uniqueId);
        this.content = content.clone();
    }

    /** Title or name of the file. */
    public String title() {
        return title;
    }

    /** Media type without parameters, lower case. */
    public String mediaType() {
        return mediaType;
    }

    /** {@code system|value} of a document; empty for a file that is none. */
    public Optional<String> uniqueId() {
        return uniqueId;
    }

    /** A copy of the raw bytes. */
    public byte[] content() {
        return content.clone();
    }

    /** Personal data stays out of logs. */
    @Override
    public String toString() {
        return "Enclosure[" + mediaType + "]";
    }
}
