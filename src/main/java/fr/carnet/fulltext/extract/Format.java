package fr.carnet.fulltext.extract;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is read, by the media type that is stated. */
enum Format {
    CDA,
    PDF,
    PLAIN,
    RTF,
    FHIR_JSON,
    FHIR_XML;

    private static final int LONGEST = 200;
    private static final Map<String, Format> BY_TYPE = Map.of(
            "text/xml", CDA,
            "application/xml", CDA,
            "application/pdf", PDF,
            "text/plain", PLAIN,
            "application/rtf", RTF,
            "text/rtf", RTF,
            "application/fhir+json", FHIR_JSON,
            "application/fhir+xml", FHIR_XML);

    /** Empty for a type that is not read. */
    static Optional<Format> of(String mediaType) {
        if (mediaType.length() > LONGEST) {
            return Optional.empty();
        }
        String bare = mediaType.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
        return Optional.ofNullable(BY_TYPE.get(bare));
    }
}
