package fr.carnet.messaging.mssante;

import java.util.Objects;

/** A file that came with a mail, or goes out with one. */
final class MailAttachment {

    private final String name;
    private final String mediaType;
    private final byte[] content;

    /**
     * @param name of the file, without path or control characters
     * @param mediaType without parameters, lower case
     * @param content raw bytes
     */
    MailAttachment(String name, String mediaType, byte[] content) {
        this.name = Objects.requireNonNull(name);
        this.mediaType = Objects.requireNonNull(mediaType);
        this.content = content.clone();
    }

    /** Name of the file. */
    String name() {
        return name;
    }

    /** Media type, without parameters. */
    String mediaType() {
        return mediaType;
    }

    /** A copy of the raw bytes. */
    byte[] content() {
        return content.clone();
    }

    /** Personal data stays out of logs. */
    @Override
    public String toString() {
        return "MailAttachment[" + mediaType + "]";
    }
}
