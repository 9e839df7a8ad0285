package fr.carnet.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Answers as a sandbox would to what tour and bench ask, and can be told to err, so that they are seen to notice. */
public final class FakeSandbox implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> CAST = Map.of(
            "dr-martin", "899700100011",
            "nurse-petit", "899700100037",
            "pharmacist-roche", "899700100045",
            "dr-urg", "899700100086",
            "dr-blocked", "899700100136");
    private static final String ALICE = "284057505601204";
    private static final String MASK = "MASQUE_PS";

    private final HttpServer http;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<String, ObjectNode> documents = new ConcurrentHashMap<>();
    private final Map<String, byte[]> contents = new ConcurrentHashMap<>();
    private final Map<String, String> consents = new ConcurrentHashMap<>();
    private final Map<String, String> blocks =
            new ConcurrentHashMap<>(Map.of("Consent/0", ALICE + CAST.get("dr-blocked")));
    private final Map<String, Reply> lots = new ConcurrentHashMap<>();
    private final List<String> emergencies = new ArrayList<>();
    private volatile boolean masksAreIgnored;

    static {
        // otherwise every answer waits for a delayed acknowledgement
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** Listens on a free port of the loopback. */
    public FakeSandbox() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.createContext("/", this::answer);
        http.start();
    }

    /** FHIR base. */
    public String base() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/fhir";
    }

    /** From now on a masked document is shown to everybody. */
    public void ignoreMasks() {
        masksAreIgnored = true;
    }

    /** How many consents are in force. */
    public int consentsInForce() {
        return consents.size();
    }

    /** How many professionals are blocked. */
    public int blocksInForce() {
        return blocks.size();
    }

    /** How many documents are masked. */
    public long masked() {
        return documents.values().stream().filter(FakeSandbox::isMasked).count();
    }

    /** How many documents are there, deleted ones left out. */
    public int documents() {
        return documents.size();
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }

    private static final class Reply {
        private final int status;
        private final byte[] body;

        Reply(int status, byte[] body) {
            this.status = status;
            this.body = body;
        }

        static Reply of(int status, JsonNode body) {
            return new Reply(status, body.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Reply reply = reply(exchange, body);
        exchange.sendResponseHeaders(reply.status, reply.body.length == 0 ? -1 : reply.body.length);
        exchange.getResponseBody().write(reply.body);
        exchange.close();
    }

    private Reply reply(HttpExchange exchange, byte[] body) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/sandbox/token")) {
            Map<String, String> form = fields(new String(body, StandardCharsets.UTF_8));
            String token = form.get("actor") + ":" + form.getOrDefault("purpose", "normal");
            return Reply.of(
                    200, JSON.createObjectNode().put("access_token", token).put("expires_in", 300));
        }
        String[] caller = exchange.getRequestHeaders()
                .getFirst("Authorization")
                .substring("Bearer ".length())
                .split(":", -1);
        String query = exchange.getRequestURI().getRawQuery();
        String target = path.substring("/fhir".length()).replaceFirst("^/", "");
        return switch (exchange.getRequestMethod() + " " + target.replaceFirst("/.*", "")) {
            case "POST " -> publishOnce(JSON.readTree(body));
            case "PUT Patient" -> new Reply(201, new byte[0]);
            case "POST Patient" -> new Reply(200, new byte[0]);
            case "POST Consent" -> declare(JSON.readTree(body));
            case "PATCH Consent" ->
                new Reply(consents.remove(target) == null && blocks.remove(target) == null ? 404 : 200, new byte[0]);
            case "PATCH DocumentReference" -> patch(target, new String(body, StandardCharsets.UTF_8));
            case "GET AuditEvent" -> accesses();
            case "GET Binary", "GET DocumentReference" ->
                query == null ? read(caller[0], target) : search(caller[0], caller[1], fields(query));
            default -> new Reply(405, new byte[0]);
        };
    }

    private Reply publishOnce(JsonNode bundle) throws IOException {
        String lot = bundle.at("/entry/0/resource/identifier/0/value").asText();
        Reply first = lots.get(lot);
        if (first != null) {
            return first;
        }
        Reply reply = publish(bundle);
        lots.put(lot, reply);
        return reply;
    }

    private Reply publish(JsonNode bundle) throws IOException {
        String id = String.valueOf(ids.incrementAndGet());
        ObjectNode document = (ObjectNode) bundle.at("/entry/1/resource");
        document.put("id", id);
        ((ObjectNode) document.at("/content/0/attachment")).put("url", base() + "/Binary/" + id);
        documents.put(id, document);
        contents.put(id, bundle.at("/entry/2/resource/data").binaryValue());
        ArrayNode entries = JSON.createArrayNode();
        for (int i = 0; i < 3; i++) {
            String type = bundle.at("/entry/" + i + "/resource/resourceType").asText();
            entries.addObject()
                    .putObject("response")
                    .put("status", "201 Created")
                    .put("location", type + "/" + id + "/_history/1");
        }
        return Reply.of(
                200, JSON.createObjectNode().put("resourceType", "Bundle").set("entry", entries));
    }

    private Reply declare(JsonNode consent) {
        String id = String.valueOf(ids.incrementAndGet());
        boolean block = consent.at("/category/0/coding/0/code").asText().equals("block");
        String between = consent.at("/patient/identifier/value").asText()
                + consent.at("/provision/actor/0/reference/identifier/value").asText();
        Map<String, String> kept = block ? blocks : consents;
        // R42
        kept.values().remove(between);
        kept.put("Consent/" + id, between);
        return Reply.of(
                201, JSON.createObjectNode().put("resourceType", "Consent").put("id", id));
    }

    private Reply patch(String target, String patch) {
        String id = target.replaceFirst(".*/", "");
        if (patch.contains("entered-in-error")) {
            return new Reply(documents.remove(id) == null ? 404 : 200, new byte[0]);
        }
        ArrayNode labels = (ArrayNode) documents.get(id).path("securityLabel");
        if (patch.contains("\"add\"")) {
            labels.addObject().putArray("coding").addObject().put("code", MASK);
        } else {
            labels.remove(1);
        }
        return new Reply(200, new byte[0]);
    }

    private Reply accesses() {
        ArrayNode entries = JSON.createArrayNode();
        synchronized (emergencies) {
            emergencies.forEach(id -> {
                ObjectNode event = entries.addObject().putObject("resource").put("id", id);
                event.putArray("purposeOfEvent")
                        .addObject()
                        .putArray("coding")
                        .addObject()
                        .put("code", "bris_de_glace");
                event.putArray("agent").addObject().put("value", CAST.get("dr-urg"));
            });
        }
        return Reply.of(200, bundle(entries));
    }

    private Reply read(String actor, String target) {
        String id = target.replaceFirst(".*/", "");
        ObjectNode document = documents.get(id);
        if (document == null || !isVisible(actor, document)) {
            return new Reply(404, new byte[0]);
        }
        return target.startsWith("Binary") ? new Reply(200, contents.get(id)) : Reply.of(200, document);
    }

    private Reply search(String actor, String purpose, Map<String, String> query) {
        String ins = query.get("patient.identifier").replaceFirst(".*\\|", "");
        if (blocks.containsValue(ins + CAST.get(actor))) {
            return refusal("R44");
        }
        if (purpose.equals("bris_de_glace")) {
            synchronized (emergencies) {
                emergencies.add(String.valueOf(ids.incrementAndGet()));
            }
        } else if (!consents.containsValue(ins + CAST.get(actor))) {
            return refusal("R36");
        }
        ArrayNode entries = JSON.createArrayNode();
        documents.values().stream()
                .filter(document -> document.at("/subject/reference").asText().endsWith("|" + ins))
                .filter(document -> query.getOrDefault("identifier", "").isEmpty()
                        || query.get("identifier")
                                .endsWith("|"
                                        + document.at("/masterIdentifier/value").asText()))
                .filter(document -> isVisible(actor, document))
                .forEach(document -> entries.addObject().set("resource", document));
        return Reply.of(200, bundle(entries));
    }

    private boolean isVisible(String actor, ObjectNode document) {
        boolean unmasked = masksAreIgnored
                || !isMasked(document)
                || Set.of("dr-martin", "alice", "dominique").contains(actor);
        boolean habilitated = !actor.equals("pharmacist-roche")
                || !document.at("/type/coding/0/code").asText().equals("68599-0");
        return unmasked && habilitated;
    }

    private static boolean isMasked(ObjectNode document) {
        return document.path("securityLabel").toString().contains(MASK);
    }

    private static ObjectNode bundle(ArrayNode entries) {
        ObjectNode bundle =
                JSON.createObjectNode().put("resourceType", "Bundle").put("total", entries.size());
        return bundle.set("entry", entries);
    }

    private static Reply refusal(String rule) {
        ObjectNode outcome = JSON.createObjectNode().put("resourceType", "OperationOutcome");
        ObjectNode details = outcome.putArray("issue").addObject().putObject("details");
        details.put("text", "Refus.").putArray("coding").addObject().put("code", rule);
        return Reply.of(403, outcome);
    }

    private static Map<String, String> fields(String form) {
        return Arrays.stream(form.split("&", -1))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(
                        field -> field[0],
                        field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8),
                        (first, second) -> second,
                        LinkedHashMap::new));
    }
}
