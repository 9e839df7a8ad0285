package fr.carnet.token.login;

import fr.carnet.caller.Correlation;
import fr.carnet.token.IssueTraces;
import fr.carnet.token.RefusalReason;
import fr.carnet.token.TokenError;
import fr.carnet.token.TokenRefusal;
import fr.carnet.trace.TraceUnavailable;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What a browser is answered: back to the client where its address is proven (RFC 6749 §4.1.2, RFC 9207), else a plain page.
 * Refusals are traced first.
 */
final class LoginAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(LoginAnswers.class);
    private static final int SEE_OTHER = 303;

    private final IssueTraces traces;
    private final String issuer;

    /** @param issuer of our tokens, which each answer names */
    LoginAnswers(IssueTraces traces, String issuer) {
        this.traces = traces;
        this.issuer = issuer;
    }

    /**
     * A proven address of a client.
     *
     * @param redirectUri registered
     * @param state of its request
     */
    record Client(String redirectUri, Optional<String> state) {}

    void granted(HttpServletResponse response, Client client, String code) {
        redirect(response, client, Map.of("code", code));
    }

    /** @param client empty where no address is proven */
    void refuse(HttpServletRequest request, HttpServletResponse response, Optional<Client> client, TokenRefusal refusal)
            throws IOException {
        TokenRefusal told = traced(refusal, request);
        if (client.isPresent()) {
            redirect(response, client.orElseThrow(), error(request, told));
        } else {
            LoginPages.refusal(request, response, told);
        }
    }

    private TokenRefusal traced(TokenRefusal refusal, HttpServletRequest request) {
        try {
            traces.refused(refusal.reason(), request);
            return refusal;
        } catch (TraceUnavailable e) {
            LOG.error("a refused log-in could not be traced");
            return new TokenRefusal(TokenError.TRACE_UNAVAILABLE);
        }
    }

    private static Map<String, String> error(HttpServletRequest request, TokenRefusal refusal) {
        Map<String, String> error = new LinkedHashMap<>();
        error.put("error", error(refusal.reason()));
        error.put("error_description", refusal.sentence("en"));
        error.put("message", refusal.sentence(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE)));
        error.put("error_code", refusal.reason().code());
        error.put("correlation_id", Correlation.of(request));
        return error;
    }

    /** RFC 6749 §4.1.2.1 has other words than its §5.2. */
    private static String error(RefusalReason reason) {
        return switch (reason.oauth()) {
            case "invalid_grant", "invalid_client" -> "access_denied";
            default -> reason.oauth();
        };
    }

    private void redirect(HttpServletResponse response, Client client, Map<String, String> parameters) {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        client.state().ifPresent(state -> all.put("state", state));
        all.put("iss", issuer);
        UriComponentsBuilder target = UriComponentsBuilder.fromUriString(client.redirectUri());
        all.keySet().forEach(name -> target.queryParam(name, "{" + name + "}"));
        see(response, target.encode().buildAndExpand(all).toUriString());
    }

    /** The browser goes on by a GET, whatever it came by. */
    static void see(HttpServletResponse response, String location) {
        response.setStatus(SEE_OTHER);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader(HttpHeaders.LOCATION, location);
    }
}
