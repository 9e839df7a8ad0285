package fr.carnet.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** An OpenTelemetry collector that keeps what it is sent: OTLP over HTTP, read by the field numbers of its proto. */
final class SpanCollector {

    private final Queue<byte[]> sent = new ConcurrentLinkedQueue<>();
    private final HttpServer http;

    /**
     * A span as it was sent.
     *
     * @param trace in hexadecimal, as are the others
     * @param parent empty of the first
     * @param start in nanoseconds
     */
    record Span(
            String trace,
            String id,
            String state,
            String parent,
            String name,
            long start,
            Map<String, String> attributes) {

        private static Span of(UnknownFieldSet span) {
            Map<String, String> attributes = new TreeMap<>();
            messages(span, 9)
                    .forEach(pair -> attributes.put(
                            text(pair, 1),
                            messages(pair, 2)
                                    .map(value -> text(value, 1))
                                    .findFirst()
                                    .orElse("")));
            long start = span.getField(7).getFixed64List().get(0);
            return new Span(hex(span, 1), hex(span, 2), text(span, 3), hex(span, 4), text(span, 5), start, attributes);
        }
    }

    SpanCollector() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.createContext("/v1/traces", this::take);
        http.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        sent.add(exchange.getRequestBody().readAllBytes());
        exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    String endpoint() {
        return "http://localhost:" + http.getAddress().getPort() + "/v1/traces";
    }

    /** Everything, byte by byte: texts stand in it as they are. */
    Stream<String> whole() {
        return sent.stream().map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** In the order of their beginnings. */
    List<Span> spans() {
        return sent.stream()
                .map(SpanCollector::parsed)
                .flatMap(request -> messages(request, 1))
                .flatMap(resource -> messages(resource, 2))
                .flatMap(scope -> messages(scope, 2))
                .map(Span::of)
                .sorted(Comparator.comparingLong(Span::start))
                .toList();
    }

    private static Stream<UnknownFieldSet> messages(UnknownFieldSet message, int number) {
        return message.getField(number).getLengthDelimitedList().stream().map(bytes -> parsed(bytes.toByteArray()));
    }

    private static UnknownFieldSet parsed(byte[] message) {
        try {
            return UnknownFieldSet.parseFrom(message);
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ByteString field(UnknownFieldSet message, int number) {
        return message.getField(number).getLengthDelimitedList().stream()
                .findFirst()
                .orElse(ByteString.EMPTY);
    }

    private static String text(UnknownFieldSet message, int number) {
        return field(message, number).toStringUtf8();
    }

    private static String hex(UnknownFieldSet message, int number) {
        return HexFormat.of().formatHex(field(message, number).toByteArray());
    }
}
