package fr.carnet.server.guide;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/**
 * A piece of HTML, every text in it escaped.
 *
 * @param html as it is sent
 */
record Markup(String html) {

    static final Markup NOTHING = new Markup("");

    static Markup text(String text) {
        return text == null ? NOTHING : new Markup(HtmlUtils.htmlEscape(text, "UTF-8"));
    }

    static Markup code(String text) {
        return text == null || text.isEmpty() ? NOTHING : in("code", text(text));
    }

    static Markup link(String page, Markup label) {
        return new Markup("<a href=\"" + text(page).html() + "\">" + label.html() + "</a>");
    }

    static Markup paragraph(Markup... parts) {
        return in("p", all(Arrays.asList(parts), " "));
    }

    static Markup heading(String id, String text) {
        return new Markup("<h2 id=\"" + text(id).html() + "\">" + text(text).html() + "</h2>\n");
    }

    static Markup list(Collection<Markup> items) {
        return new Markup("<ul>\n"
                + all(items.stream().map(item -> in("li", item)).toList(), "\n").html() + "\n</ul>\n");
    }

    /** Source text, line by line. */
    static Markup source(String text) {
        return new Markup("<pre tabindex=\"0\"><code>" + text(text).html() + "</code></pre>\n");
    }

    /** A table whose first column names the row; nothing when there is no row. */
    static Markup table(String caption, List<String> columns, List<List<Markup>> rows) {
        if (rows.isEmpty()) {
            return NOTHING;
        }
        String head = columns.stream()
                .map(column -> "<th scope=\"col\">" + text(column).html() + "</th>")
                .collect(Collectors.joining());
        String body = rows.stream().map(Markup::row).collect(Collectors.joining("\n"));
        return new Markup("<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\""
                + text(caption).html()
                + "\">\n<table>\n<caption>" + text(caption).html() + "</caption>\n<thead><tr>" + head
                + "</tr></thead>\n<tbody>\n"
                + body + "\n</tbody>\n</table>\n</div>\n");
    }

    private static String row(List<Markup> cells) {
        String first = "<th scope=\"row\">" + cells.get(0).html() + "</th>";
        return cells.stream()
                .skip(1)
                .map(cell -> "<td>" + cell.html() + "</td>")
                .collect(Collectors.joining("", "<tr>" + first, "</tr>"));
    }

    static Markup all(Collection<Markup> parts, String between) {
        return new Markup(parts.stream().map(Markup::html).collect(Collectors.joining(between)));
    }

    private static Markup in(String tag, Markup content) {
        return new Markup("<" + tag + ">" + content.html() + "</" + tag + ">");
    }
}
