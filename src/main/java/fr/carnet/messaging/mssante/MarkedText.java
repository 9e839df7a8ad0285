package fr.carnet.messaging.mssante;

import java.util.List;
import java.util.Set;
import org.owasp.html.HtmlSanitizer;

/** What a person reads of a mail that is written in HTML: its text, without scripts, styles, links and pictures. */
final class MarkedText implements HtmlSanitizer.Policy {

    private static final Set<String> UNSEEN = Set.of("script", "style", "head", "title", "template", "noscript");
    private static final Set<String> LINES =
            Set.of("p", "div", "li", "tr", "table", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6");

    private final StringBuilder text = new StringBuilder();
    private int unseen;

    private MarkedText() {}

    static String textOf(String html) {
        MarkedText reading = new MarkedText();
        HtmlSanitizer.sanitize(html, reading);
        return reading.text
                .toString()
                .replaceAll("[ \\t\\x0B\\f]+", " ")
                .replaceAll(" ?(\\R) ?", "$1")
                .replaceAll("\\R{3,}", "\n\n");
    }

    @Override
    public void openDocument() {
        text.setLength(0);
    }

    @Override
    public void closeDocument() {
        // nothing follows
    }

    @Override
    public void openTag(String name, List<String> attributes) {
        if (UNSEEN.contains(name)) {
            unseen++;
        } else if (name.equals("br")) {
            text.append('\n');
        }
    }

    @Override
    public void closeTag(String name) {
        if (UNSEEN.contains(name)) {
            unseen = Math.max(0, unseen - 1);
        } else if (LINES.contains(name)) {
            text.append('\n');
        }
    }

    @Override
    public void text(String characters) {
        if (unseen == 0) {
            text.append(characters.replaceAll("\\s+", " "));
        }
    }
}
