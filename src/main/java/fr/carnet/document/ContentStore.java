package fr.carnet.document;

import java.io.InputStream;
import java.util.Optional;

/** Where the bytes of documents live. Reachable only through the decision on their DocumentReference. */
public interface ContentStore {

    /**
     * Stores a content in the transaction of its document.
     *
     * @param id chosen by the caller, unguessable
     */
    void put(String id, String mediaType, byte[] bytes);

    /** A stored content; empty if there is none. The stream is closed by the reader. */
    Optional<Content> open(String id);

    /**
     * A content.
     *
     * @param mediaType as deposited
     * @param size in bytes
     * @param bytes to be read once
     */
    record Content(String mediaType, long size, InputStream bytes) {}
}
