package fr.carnet.server.guide;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A page of the guide.
 *
 * @param name last part of its address
 * @param title heading of the first level
 * @param content everything below the heading
 */
record Page(String name, String title, Markup content) {

    private static final List<String> PARTS = List.of("statement", "rules", "errors", "matrix");

    /** The whole document. */
    String html() {
        String heading = Markup.text(title).html();
        return """
                <!DOCTYPE html>
                <html lang="fr">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%1$s – %2$s</title>
                <link rel="stylesheet" href="carnet.css">
                </head>
                <body>
                <a class="skip" href="#content">%3$s</a>
                <header><p>%2$s</p></header>
                <nav aria-label="%4$s"><ul>%5$s</ul></nav>
                <main id="content">
                <h1>%1$s</h1>
                %6$s
                </main>
                <footer><p>%7$s</p></footer>
                </body>
                </html>
                """.formatted(
                heading, word("guide"), word("skip"), word("navigation"), navigation(), content.html(), word("footer"));
    }

    private static String navigation() {
        return "<li><a href=\"./\">" + word("index") + "</a></li>"
                + PARTS.stream()
                        .map(part -> "<li><a href=\"" + part + "\">" + word(part) + "</a></li>")
                        .collect(Collectors.joining());
    }

    private static String word(String key) {
        return Markup.text(Words.of(key)).html();
    }
}
