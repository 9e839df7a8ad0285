package fr.carnet.fulltext;

import fr.carnet.fulltext.extract.Documents;
import fr.carnet.server.cli.client.UniqueId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Documents that hold sentences. */
final class Rendering {

    private static final int LINE = 95;
    private static final int LINES = 48;

    private Rendering() {}

    /** A synthesis of alice, with these sentences in a section. */
    static byte[] synthesis(UniqueId id, List<String> text) {
        try (InputStream in = Rendering.class.getResourceAsStream("/tour/vsm.xml")) {
            String narrative = "Asthme intermittent depuis l'enfance.";
            String paragraphs = "<paragraph>" + String.join("</paragraph><paragraph>", text) + "</paragraph>";
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("{{id}}", id.oid())
                    .replace("{{time}}", "20260310100000+0100")
                    .replace("<text>" + narrative, "<text><paragraph>" + narrative + "</paragraph>" + paragraphs)
                    .getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A PDF; its lines are broken between words, as a word processor does. */
    static byte[] pdf(List<String> text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : String.join(" ", text).split(" ", -1)) {
            if (line.length() + word.length() > LINE) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        List<String> pages = new ArrayList<>();
        for (int from = 0; from < lines.size(); from += LINES) {
            pages.add(String.join("\n", lines.subList(from, Math.min(lines.size(), from + LINES))));
        }
        return Documents.pdf(pages.toArray(String[]::new));
    }
}
