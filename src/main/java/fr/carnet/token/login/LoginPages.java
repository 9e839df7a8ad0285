package fr.carnet.token.login;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import fr.carnet.caller.Correlation;
import fr.carnet.shared.Texts;
import fr.carnet.token.TokenRefusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.http.HttpHeaders;

/** The pages of a log-in: plain HTML without script, under a policy that lets them load nothing. */
final class LoginPages {

    private static final Template PAGE = template("page.html");
    private static final Template SITUATIONS = template("situations.html");
    private static final int UNAVAILABLE = 503;
    private static final String RETRY_AFTER_SECONDS = "30";
    private static final String POLICY = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action ";

    private LoginPages() {}

    /** Why nobody logs in, where no client's address is proven. */
    static void refusal(HttpServletRequest request, HttpServletResponse response, TokenRefusal refusal)
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
    static void choice(
            HttpServletRequest request,
            HttpServletResponse response,
            LoginAnswers.Client client,
            String state,
            List<Acting> actings)
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
