package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.server.RawHttp.Ask;
import fr.carnet.server.RawHttp.Reply;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the running server tells Prometheus, as Prometheus reads it. */
record Scrape(List<Sample> samples) {

    private static final Pattern LINE = Pattern.compile("([a-z_:0-9]+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

    /** One line. */
    record Sample(String name, Map<String, String> labels, double value) {

        private static Sample of(String line) {
            Matcher parts = LINE.matcher(line);
            assertThat(parts.matches()).as(line).isTrue();
            Map<String, String> labels = new TreeMap<>();
            Matcher label = LABEL.matcher(parts.group(2) == null ? "" : parts.group(2));
            while (label.find()) {
                labels.put(label.group(1), label.group(2));
            }
            return new Sample(parts.group(1), labels, number(parts.group(3)));
        }
    }

    private static double number(String told) {
        return Double.parseDouble(told.replace("Inf", "Infinity"));
    }

    /** Of the one server, now. */
    static Scrape take() {
        return of(RunningServer.get().management());
    }

    /** Of the server with this management port, now. */
    static Scrape of(URI management) {
        Reply reply = RawHttp.send("", new Ask("GET", management + "/actuator/prometheus", Map.of(), ""));
        assertThat(reply.status()).isEqualTo(200);
        return new Scrape(reply.body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(Sample::of)
                .toList());
    }

    /** Names of series: of a histogram {@code _bucket}, {@code _count} and {@code _sum}. */
    Stream<String> names() {
        return samples.stream().map(Sample::name).distinct();
    }

    /** Sum over all series of a name that bear these labels; 0 if there is none. */
    double sum(String name, Map<String, String> labels) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name))
                .filter(sample -> sample.labels().entrySet().containsAll(labels.entrySet()))
                .mapToDouble(Sample::value)
                .sum();
    }
}
