package fr.carnet.fulltext.extract;

/** Asks for the text of a content. Thread-safe. */
public interface TextExtraction {

    /**
     * The text of a content, or why it will never have one. Takes as long as a free worker is waited for, and then at most
     * the time that a document is given, twice if a worker dies of it.
     *
     * @param mediaType as stated, with its parameters
     * @param content bytes as stored; never changed
     * @throws ExtractionUnavailable if no worker can be had at present: ask again later; nothing is known of the document
     */
    Extraction extract(String mediaType, byte[] content);
}
