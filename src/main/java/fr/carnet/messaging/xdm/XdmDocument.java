package fr.carnet.messaging.xdm;

import java.util.Arrays;
import java.util.Objects;

/** A document in an archive: what is said of it, and its raw bytes, whose size and hash are those that are said. */
public final class XdmDocument {

    private final DocumentEntry entry;
    private final byte[] content;

    /** Takes a copy: bytes can be changed by whoever holds them. */
    public XdmDocument(DocumentEntry entry, byte[] content) {
        this.entry = Objects.requireNonNull(entry);
        this.content = content.clone();
    }

    /** Its metadata. */
    public DocumentEntry entry() {
        return entry;
    }

    /** A copy of the raw bytes. */
    public byte[] content() {
        return content.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof XdmDocument document
                && entry.equals(document.entry)
                && Arrays.equals(content, document.content);
    }

    @Override
    public int hashCode() {
        return entry.hashCode();
    }

    /** Personal data stays out of logs. */
    @Override
    public String toString() {
        return "XdmDocument[" + entry + "]";
    }
}
