package fr.carnet.server.cli.advisories;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.maven.artifact.versioning.ComparableVersion;

/**
 * A known vulnerability, as the OSV format writes it: what of it concerns Maven.
 *
 * @param ids its id and its other names, e.g. a GHSA and a CVE
 * @param summary one sentence
 * @param affected libraries and their versions
 */
record Advisory(Set<String> ids, String summary, List<Affected> affected) {

    private static final String MAVEN = "Maven";

    /**
     * A library.
     *
     * @param name {@code group:artifact}
     * @param versions that are affected, one by one
     * @param ranges that are affected
     */
    record Affected(String name, Set<String> versions, List<Range> ranges) {

        boolean holds(Component component) {
            return name.equals(component.name())
                    && (versions.contains(component.version())
                            || ranges.stream().anyMatch(range -> range.holds(component.version())));
        }
    }

    /** Turning points, lowest version first. */
    record Range(List<Turn> turns) {

        boolean holds(String version) {
            ComparableVersion wanted = new ComparableVersion(version);
            boolean within = false;
            for (Turn turn : turns) {
                int order = turn.version().compareTo(wanted);
                within = turn.kind() == Turn.Kind.INTRODUCED ? within || order <= 0 : within && !turn.ends(order);
            }
            return within;
        }
    }

    /** From this version on. */
    record Turn(Kind kind, ComparableVersion version) {

        enum Kind {
            INTRODUCED,
            FIXED,
            LAST_AFFECTED
        }

        private boolean ends(int order) {
            return kind == Kind.FIXED ? order <= 0 : order < 0;
        }
    }

    /** What it says; one that was withdrawn affects nothing. */
    static Advisory of(JsonNode osv) {
        Set<String> ids = new TreeSet<>();
        ids.add(osv.path("id").asText());
        osv.path("aliases").forEach(alias -> ids.add(alias.asText()));
        List<Affected> affected = new ArrayList<>();
        if (!osv.has("withdrawn")) {
            osv.path("affected").forEach(one -> {
                if (MAVEN.equals(one.at("/package/ecosystem").asText())) {
                    affected.add(affected(one));
                }
            });
        }
        return new Advisory(ids, osv.path("summary").asText(), affected);
    }

    private static Affected affected(JsonNode one) {
        Set<String> versions = new TreeSet<>();
        one.path("versions").forEach(version -> versions.add(version.asText()));
        List<Range> ranges = new ArrayList<>();
        one.path("ranges").forEach(range -> {
            List<Turn> turns = new ArrayList<>();
            range.path("events").forEach(event -> event.properties()
                    .forEach(turn ->
                            turns.addAll(turn(turn.getKey(), turn.getValue().asText()))));
            turns.sort(Comparator.comparing(Turn::version));
            ranges.add(new Range(turns));
        });
        return new Affected(one.at("/package/name").asText(), versions, ranges);
    }

    private static List<Turn> turn(String key, String version) {
        return switch (key) {
            case "introduced" -> List.of(new Turn(Turn.Kind.INTRODUCED, new ComparableVersion(version)));
            case "fixed" -> List.of(new Turn(Turn.Kind.FIXED, new ComparableVersion(version)));
            case "last_affected" -> List.of(new Turn(Turn.Kind.LAST_AFFECTED, new ComparableVersion(version)));
            default -> List.of();
        };
    }

    boolean concerns(Component component) {
        return affected.stream().anyMatch(one -> one.holds(component));
    }
}
