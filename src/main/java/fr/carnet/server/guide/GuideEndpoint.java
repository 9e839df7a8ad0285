package fr.carnet.server.guide;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The pages of the guide, the same for everybody. */
@RestController
class GuideEndpoint {

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);
    private static final MediaType CSS = new MediaType("text", "css", StandardCharsets.UTF_8);

    private final Supplier<GuidePages> pages;

    /** The pages are made when the first reader comes. */
    GuideEndpoint(Guide guide, FhirContext fhir) {
        this.pages = SingletonSupplier.of(() -> GuidePages.of(guide, fhir));
    }

    /** Relative links need the slash. */
    @GetMapping("/ig")
    ResponseEntity<Void> begin() {
        return ResponseEntity.status(HttpStatus.PERMANENT_REDIRECT)
                .location(URI.create("/ig/"))
                .build();
    }

    @GetMapping("/ig/")
    ResponseEntity<String> index() {
        return page(GuidePages.INDEX);
    }

    @GetMapping("/ig/{page}")
    ResponseEntity<String> page(@PathVariable("page") String page) {
        return pages.get()
                .named(page)
                .map(html -> ResponseEntity.ok().contentType(HTML).body(html))
                .orElseGet(() -> ResponseEntity.status(HttpStatus.NOT_FOUND)
                        .contentType(HTML)
                        .body(new Page("", Words.of("unknown"), Markup.paragraph(Markup.text(Words.of("unknown-text"))))
                                .html()));
    }

    @GetMapping("/ig/openapi.json")
    ResponseEntity<String> openApi() {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(pages.get().openApi());
    }

    @GetMapping("/ig/carnet.css")
    ResponseEntity<String> style() {
        try (InputStream in = GuideEndpoint.class.getResourceAsStream("/guide/carnet.css")) {
            return ResponseEntity.ok().contentType(CSS).body(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
