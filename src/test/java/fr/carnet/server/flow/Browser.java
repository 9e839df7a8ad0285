package fr.carnet.server.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser with its cookies, which follows redirections until one leads to the application's own address. */
final class Browser {

    static final String CALLBACK = "http://127.0.0.1:47123/callback";

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** The answer after all redirections: a page, or the redirection to the application. */
    HttpResponse<String> open(URI address) {
        return followed(get(address));
    }

    HttpResponse<String> get(URI address) {
        return send(
                HttpRequest.newBuilder(address).header("Accept", "text/html").build());
    }

    private HttpResponse<String> followed(HttpResponse<String> first) {
        HttpResponse<String> answer = first;
        while (isRedirection(answer) && !isAtCallback(answer)) {
            answer = get(location(answer));
        }
        return answer;
    }

    /** Fills the login page of a played provider in. */
    HttpResponse<String> logIn(HttpResponse<String> page, Map<String, String> fields) {
        Matcher csrf = CSRF.matcher(page.body());
        assertThat(csrf.find()).as(page.statusCode() + " " + page.body()).isTrue();
        Map<String, String> form = new HashMap<>(fields);
        form.put("_csrf", csrf.group(1));
        return submit(page.uri(), form);
    }

    HttpResponse<String> submit(URI address, Map<String, String> form) {
        return followed(send(HttpRequest.newBuilder(address)
                .header("Accept", "text/html")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(form)))
                .build()));
    }

    static boolean isAtCallback(HttpResponse<String> answer) {
        return isRedirection(answer) && location(answer).toString().startsWith(CALLBACK);
    }

    static URI location(HttpResponse<String> answer) {
        return answer.uri().resolve(answer.headers().firstValue("Location").orElseThrow());
    }

    /** Parameters with which the application is called. */
    static Map<String, String> called(HttpResponse<String> answer) {
        assertThat(isAtCallback(answer))
                .as(answer.statusCode() + " " + answer.body())
                .isTrue();
        return Arrays.stream(location(answer).getRawQuery().split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static boolean isRedirection(HttpResponse<String> answer) {
        return answer.statusCode() / 100 == 3;
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
