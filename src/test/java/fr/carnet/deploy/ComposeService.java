package fr.carnet.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What the compose file says of one service; what this does not read, a container of the tests does not have. */
final class ComposeService {

    private static final String SECRETS = "/run/secrets/";

    private final String name;
    private final JsonNode service;
    private final JsonNode secrets;

    /** @param secrets all secrets of the file, by name */
    ComposeService(String name, JsonNode service, JsonNode secrets) {
        this.name = name;
        this.service = service;
        this.secrets = secrets;
    }

    /**
     * A file or folder of this machine in a container.
     *
     * @param from absolute
     */
    record Mount(Path from, String to, boolean readOnly) {}

    String name() {
        return name;
    }

    /** The same, which knows nothing of Elasticsearch: it searches words in PostgreSQL. */
    ComposeService withoutSearch() {
        ObjectNode other = service.deepCopy();
        other.withObject("/environment")
                .remove(environment().keySet().stream()
                        .filter(variable -> variable.startsWith("CARNET_FULLTEXT_"))
                        .toList());
        other.putArray("secrets")
                .addAll(each(service.path("secrets"))
                        .filter(use -> !use.asText().startsWith("carnet.fulltext."))
                        .toList());
        return new ComposeService(name, other, secrets);
    }

    /** A member that is one text. */
    String text(String member) {
        return service.path(member).asText();
    }

    /** A member that is a list of texts, or a text in place of a list of one. */
    List<String> texts(String member) {
        JsonNode node = service.path(member);
        return node.isTextual()
                ? List.of(node.asText())
                : each(node).map(JsonNode::asText).toList();
    }

    /** Its own command, or another one in its place. */
    String[] command(String... other) {
        return other.length > 0 ? other : texts("command").toArray(String[]::new);
    }

    Map<String, String> environment() {
        Map<String, String> variables = new LinkedHashMap<>();
        service.path("environment")
                .properties()
                .forEach(one -> variables.put(one.getKey(), one.getValue().asText()));
        return variables;
    }

    boolean isReadOnly() {
        return service.path("read_only").asBoolean();
    }

    /** Folders in memory, with their options. */
    Map<String, String> tmpfs() {
        Map<String, String> folders = new LinkedHashMap<>();
        texts("tmpfs").forEach(line -> folders.put(line.replaceFirst(":.*", ""), line.replaceFirst("^[^:]*:?", "")));
        return folders;
    }

    /** Secrets, and what it mounts of this machine. */
    List<Mount> mounts() {
        List<Mount> mounts =
                new ArrayList<>(each(service.path("secrets")).map(this::secret).toList());
        texts("volumes").stream().filter(line -> !isNamed(line)).forEach(line -> {
            String[] parts = line.split(":", -1);
            mounts.add(new Mount(absolute(parts[0]), parts[1], parts.length > 2 && parts[2].equals("ro")));
        });
        return mounts;
    }

    private Mount secret(JsonNode use) {
        String source = use.isTextual() ? use.asText() : use.get("source").asText();
        String target = use.isTextual() ? SECRETS + source : use.get("target").asText();
        return new Mount(absolute(secrets.at("/" + source + "/file").asText()), target, true);
    }

    /** Where it has volumes that outlive it. */
    List<String> volumes() {
        return texts("volumes").stream()
                .filter(ComposeService::isNamed)
                .map(line -> line.substring(line.indexOf(':') + 1))
                .toList();
    }

    private static boolean isNamed(String volume) {
        return volume.matches("[a-z].*");
    }

    /** How it is asked whether it is well; empty if its image says so. */
    JsonNode healthcheck() {
        return service.path("healthcheck");
    }

    JsonNode limits() {
        return service.at("/deploy/resources/limits");
    }

    static Stream<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static Path absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize();
    }
}
