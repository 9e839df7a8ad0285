package fr.carnet.fulltext.extract;

/** No worker can be had at present. Says nothing of the document; asking again later may succeed. */
public final class ExtractionUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ExtractionUnavailable(String message) {
        super(message);
    }

    ExtractionUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
