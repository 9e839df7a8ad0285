package fr.carnet.caller;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;

/**
 * Web applications that may call this server from a browser (CORS): those of the settings. Whoever else does is answered as
 * any client, without the headers by which his browser would let him read it. Cookies are never asked for.
 */
public final class BrowserOrigins implements CorsConfigurationSource {

    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH");
    private static final List<String> SENT = List.of(
            "Authorization",
            "DPoP",
            "Content-Type",
            "Accept",
            "Accept-Language",
            "If-Match",
            "If-None-Match",
            "Prefer",
            Correlation.HEADER);
    private static final List<String> READ = List.of(
            "Location",
            "Content-Location",
            "ETag",
            "Last-Modified",
            "Retry-After",
            "WWW-Authenticate",
            Correlation.HEADER);
    private static final long REMEMBERED_SECONDS = 600;

    private final Set<String> origins;
    private final CorsConfiguration allowed = new CorsConfiguration();

    BrowserOrigins(Set<String> origins) {
        this.origins = Set.copyOf(origins);
        allowed.setAllowedOrigins(List.copyOf(origins));
        allowed.setAllowedMethods(METHODS);
        allowed.setAllowedHeaders(SENT);
        allowed.setExposedHeaders(READ);
        allowed.setMaxAge(REMEMBERED_SECONDS);
    }

    @Override
    public CorsConfiguration getCorsConfiguration(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        return origin != null && origins.contains(origin) ? allowed : null;
    }
}
