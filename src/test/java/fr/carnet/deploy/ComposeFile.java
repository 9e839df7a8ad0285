package fr.carnet.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The compose file: the one place that says which images run, how, and with which settings. */
final class ComposeFile {

    static final Path FILE = Path.of("docker-compose.yml");

    /** With what Compose does when it is not set: takes what follows, or says what follows. */
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)(?::([-?])([^}]*))?}");

    private final JsonNode tree;

    private ComposeFile(JsonNode tree) {
        this.tree = tree;
    }

    /** As it stands, with anchors and merges resolved. */
    static JsonNode tree() {
        return parsed(text());
    }

    /** With its variables filled in; one without value or default is an error. */
    static ComposeFile with(Map<String, String> variables) {
        return new ComposeFile(parsed(
                VARIABLE.matcher(text()).replaceAll(found -> Matcher.quoteReplacement(value(found, variables)))));
    }

    private static String value(java.util.regex.MatchResult found, Map<String, String> variables) {
        return Optional.ofNullable(variables.get(found.group(1)))
                .or(() -> Optional.ofNullable(found.group(3)).filter(other -> "-".equals(found.group(2))))
                .orElseThrow(() -> new IllegalArgumentException(found.group()));
    }

    private static String text() {
        try {
            return Files.readString(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parsed(String text) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        Object tree = new Yaml(new SafeConstructor(options)).load(text);
        return new ObjectMapper().valueToTree(tree);
    }

    ComposeService service(String name) {
        JsonNode service = tree.at("/services/" + name);
        if (service.isMissingNode()) {
            throw new IllegalArgumentException(name);
        }
        return new ComposeService(name, service, tree.get("secrets"));
    }
}
