package fr.carnet.token.login;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import fr.carnet.caller.Correlation;
import fr.carnet.shared.Texts;
import fr.carnet.token.IssueTraces;
import fr.carnet.token.RefusalReason;
import fr.carnet.token.TokenError;
import fr.carnet.token.TokenRefusal;
import fr.carnet.trace.TraceUnavailable;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
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
    private static final Template PAGE = template("page.html");
    private static final Template SITUATIONS = template("situations.html");
    private static final int SEE_OTHER = 303;
    private static final int UNAVAILABLE = 503;
    private static final String RETRY_AFTER_SECONDS = "30";
    private static final String POLICY = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action ";

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
            page(request, response, told);
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

    private static void page(HttpServletRequest request, HttpServletResponse response, TokenRefusal refusal)
            throws IOException {
        String language = request.getHeader(HttpHeaders.ACCEPT_LANGUAGE);
        response.setStatus(refusal.reason().status());
        if (refusal.reason().status() == UNAVAILABLE) {
            response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        write(
                response,
                "'none'",
                PAGE.execute(Map.of(
                        "lang", Texts.of(language).say("token.page.lang"),
                        "title", Texts.of(language).say("token.page.refused"),
                        "sentence", refusal.sentence(language),
                        "reference", Texts.of(language).say("token.page.reference"),
                        "correlation", Correlation.of(request))));
    }

    /** The situations to choose from; the choice goes back with the state of the log-in. */
    void choice(
            HttpServletRequest request, HttpServletResponse response, Client client, String state, List<Acting> actings)
            throws IOException {
        Texts texts = Texts.of(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
        List<Map<String, Object>> situations = IntStream.range(0, actings.size())
                .mapToObj(index -> Map.<String, Object>of(
                        "index", index, "label", actings.get(index).label()))
                .toList();
        write(
                response,
                "'self' " + origin(client.redirectUri()),
                SITUATIONS.execute(Map.of(
                        "lang",
                        texts.say("token.page.lang"),
                        "title",
                        texts.say("token.page.situations"),
                        "explained",
                        texts.say("token.page.situations-explained"),
                        "action",
                        LoginPaths.SITUATION,
                        "state",
                        state,
                        "situations",
                        situations)));
    }

    /** Browsers hold the redirection after a form to its policy, too. */
    private static String origin(String redirectUri) {
        URI uri = URI.create(redirectUri);
        return uri.getRawAuthority() == null ? uri.getScheme() + ":" : uri.getScheme() + "://" + uri.getRawAuthority();
    }

    private static void write(HttpServletResponse response, String forms, String page) throws IOException {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Content-Security-Policy", POLICY + forms);
        response.setContentType("text/html;charset=UTF-8");
        response.getOutputStream().write(page.getBytes(StandardCharsets.UTF_8));
    }

    private static Template template(String name) {
        try (InputStream page = LoginAnswers.class.getResourceAsStream("/login/" + name)) {
            return Mustache.compiler()
                    .escapeHTML(true)
                    .compile(new String(page.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
