package fr.carnet.caller;

import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of a request with a form, as a container reads them: those of its address first, then those of the form. */
final class Form {

    private final Map<String, List<String>> values = new LinkedHashMap<>();

    private Form() {}

    /**
     * Reads them.
     *
     * @param query of the address, encoded; empty for none
     * @param body of the form, encoded
     * @param charset of the form; that of an address is UTF-8
     */
    static Map<String, String[]> read(String query, String body, Charset charset) {
        Form form = new Form();
        form.add(query, StandardCharsets.UTF_8);
        form.add(body, charset);
        Map<String, String[]> read = new LinkedHashMap<>();
        form.values.forEach((name, all) -> read.put(name, all.toArray(String[]::new)));
        return read;
    }

    private void add(String encoded, Charset charset) {
        for (String parameter : encoded.split("&", -1)) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            if (!name.isEmpty()) {
                add(name, equals < 0 ? "" : parameter.substring(equals + 1), charset);
            }
        }
    }

    private void add(String name, String value, Charset charset) {
        try {
            values.computeIfAbsent(URLDecoder.decode(name, charset), n -> new ArrayList<>())
                    .add(URLDecoder.decode(value, charset));
        } catch (IllegalArgumentException e) {
            // a sign that is none: left out, as by the container
        }
    }
}
