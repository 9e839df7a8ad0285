package fr.carnet.validation;

/** Media types without their parameters. */
final class MediaTypes {

    private MediaTypes() {}

    /** {@code text/xml} of {@code text/xml; charset=utf-8}. */
    static String bare(String mediaType) {
        int end = mediaType.indexOf(';');
        return (end < 0 ? mediaType : mediaType.substring(0, end)).strip();
    }
}
