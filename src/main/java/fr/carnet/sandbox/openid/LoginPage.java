package fr.carnet.sandbox.openid;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.security.web.csrf.CsrfToken;

/** The page on which one chooses who one is, how strongly one has proved it, and what goes wrong. */
public final class LoginPage {

    private LoginPage() {}

    /**
     * The page.
     *
     * @param name of the provider
     * @param root of its paths
     * @param acr level that it proposes
     * @param people {@code id}, {@code name} and {@code note} of each
     */
    public static String of(String name, String root, String acr, CsrfToken csrf, List<Map<String, String>> people)
            throws IOException {
        String page = new ClassPathResource("sandbox/login.html").getContentAsString(StandardCharsets.UTF_8);
        return Mustache.compiler()
                .compile(page)
                .execute(Map.of("name", name, "root", root, "acr", acr, "csrf", csrf.getToken(), "people", people));
    }
}
