package fr.carnet.server.flow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request and its answer as a page of the documentation shows them: two {@code http} blocks, one after the other.
 *
 * @param title heading under which they stand, and where
 * @param request first line, headers, body
 * @param answer the same
 */
record HttpExample(String title, Message request, Message answer) {

    private static final Pattern PARTS = Pattern.compile(
            "(?m)^#+ (?<heading>[^\\n]+)$|^```http\\n(?<block>.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    /**
     * What a block says.
     *
     * @param first line: of a request method and URL, of an answer version and status
     * @param headers in the order of the block
     * @param body empty when there is none
     */
    record Message(String first, Map<String, String> headers, String body) {

        static Message of(String block) {
            String[] halves = block.split("\\n\\n", 2);
            List<String> lines = halves[0].strip().lines().toList();
            Map<String, String> headers = new LinkedHashMap<>();
            for (String line : lines.subList(1, lines.size())) {
                String[] header = line.split(":", 2);
                headers.put(header[0].strip(), header[1].strip());
            }
            return new Message(lines.get(0).strip(), headers, halves.length > 1 ? halves[1].strip() : "");
        }
    }

    /** The examples of a page, in their order. */
    static List<HttpExample> of(String page) {
        List<HttpExample> examples = new ArrayList<>();
        Matcher parts = PARTS.matcher(page);
        String heading = "";
        Message request = null;
        while (parts.find()) {
            if (parts.group("heading") != null) {
                heading = parts.group("heading");
                continue;
            }
            Message message = Message.of(parts.group("block"));
            boolean answers = message.first().startsWith("HTTP/");
            if (answers == (request == null)) {
                throw new IllegalArgumentException("request and answer do not alternate: " + heading);
            }
            if (answers) {
                String title = heading + ", " + request.first() + " → " + message.first();
                examples.add(new HttpExample(title, request, message));
            }
            request = answers ? null : message;
        }
        if (request != null) {
            throw new IllegalArgumentException("a request without answer: " + heading);
        }
        return examples;
    }
}
