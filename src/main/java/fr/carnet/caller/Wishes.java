package fr.carnet.caller;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * How the client wants its refusal: language and format.
 *
 * @param locale French, or English when asked for
 * @param xml true for FHIR XML, false for FHIR JSON
 */
record Wishes(Locale locale, boolean xml) {

    private static final List<Locale> SPOKEN = List.of(Locale.FRENCH, Locale.ENGLISH);

    static Wishes of(HttpServletRequest request) {
        return new Wishes(locale(request), xml(request));
    }

    private static Locale locale(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.ACCEPT_LANGUAGE);
        if (header == null) {
            return Locale.FRENCH;
        }
        try {
            Locale found = Locale.lookup(Locale.LanguageRange.parse(header), SPOKEN);
            return found == null ? Locale.FRENCH : found;
        } catch (IllegalArgumentException e) {
            return Locale.FRENCH;
        }
    }

    /** As FHIR has it: {@code _format} beats {@code Accept}; JSON when nothing decides. */
    private static boolean xml(HttpServletRequest request) {
        String format = format(request);
        if (format != null) {
            return format.contains("xml");
        }
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        if (accept == null) {
            return false;
        }
        try {
            List<MediaType> types = MediaType.parseMediaTypes(accept);
            return quality(types, "xml") > quality(types, "json");
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    /** Read from the URL alone: asking the container for a parameter would make it read the body. */
    private static String format(HttpServletRequest request) {
        if (request.getQueryString() == null) {
            return null;
        }
        return UriComponentsBuilder.newInstance()
                .query(request.getQueryString())
                .build()
                .getQueryParams()
                .getFirst("_format");
    }

    private static double quality(List<MediaType> types, String suffix) {
        return types.stream()
                .filter(type -> type.getSubtype().endsWith(suffix))
                .mapToDouble(MediaType::getQualityValue)
                .max()
                .orElse(0);
    }
}
