package fr.carnet.trace.chain;

import fr.carnet.trace.chain.ChainCheck.Head;
import fr.carnet.trace.chain.Finding.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What the roots of a folder prove: which hash stood in which place of which chain. Roots that are not what was signed
 * prove nothing and are findings.
 */
final class SignedRoots {

    private final Map<String, NavigableMap<Long, Hash>> anchors = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private final VerifyingKey key;
    private final Predicate<String> wanted;
    private long last;
    private Hash previous = Hash.NONE;

    private SignedRoots(VerifyingKey key, Predicate<String> wanted) {
        this.key = key;
        this.wanted = wanted;
    }

    /** Without any root nothing is proved. */
    static SignedRoots none() {
        return new SignedRoots(null, chain -> false);
    }

    /**
     * Reads the roots of a folder.
     *
     * @param wanted chains whose heads are kept
     */
    static SignedRoots read(RootFolder folder, VerifyingKey key, Predicate<String> wanted) throws IOException {
        SignedRoots roots = new SignedRoots(key, wanted);
        for (Path file : folder.files()) {
            roots.read(file);
        }
        return roots;
    }

    private void read(Path file) throws IOException {
        long number = RootFolder.number(file);
        for (long missing = last + 1; missing < number; missing++) {
            findings.add(Finding.about(Kind.ROOT_MISSING, Long.toString(missing)));
        }
        boolean follows = number == last + 1;
        last = number;
        Map<String, Head> heads = new HashMap<>();
        try {
            Root root = parse(file, heads);
            boolean tied = !follows || root.previous().equals(previous);
            if (root.number() == number && tied && root.isSignedBy(key)) {
                previous = root.hash();
                heads.forEach((chain, head) ->
                        anchors.computeIfAbsent(chain, c -> new TreeMap<>()).put(head.place(), head.hash()));
                return;
            }
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            // not even a root: told like one that was not signed
        }
        findings.add(Finding.about(Kind.ROOT_FORGED, Long.toString(number)));
        previous = Hash.NONE;
    }

    /** The root that a file tells, with the hash of what the file really says. */
    private Root parse(Path file, Map<String, Head> heads) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            Root.Text text = new Root.Text();
            text.add(lines.readLine() + "\n");
            long number = Long.parseLong(value(lines.readLine(), "number", text));
            LocalDate day = LocalDate.parse(value(lines.readLine(), "day", text));
            Instant taken = Instant.parse(value(lines.readLine(), "taken", text));
            Hash before = new Hash(value(lines.readLine(), "previous", text));
            String line = lines.readLine();
            while (line != null && line.startsWith(Root.HEAD + " ")) {
                keep(value(line, Root.HEAD, text).split(" "), heads);
                line = lines.readLine();
            }
            Hash stated = new Hash(value(line, "root", new Root.Text()));
            String signature = value(lines.readLine(), "signature", new Root.Text());
            Hash real = text.hash();
            return new Root(number, day, taken, before, real.equals(stated) ? real : Hash.NONE, signature);
        }
    }

    private void keep(String[] head, Map<String, Head> heads) {
        if (head.length != 3) {
            throw new IllegalArgumentException("not a head");
        }
        if (wanted.test(head[0])) {
            heads.put(head[0], new Head(Long.parseLong(head[1]), new Hash(head[2])));
        }
    }

    private static String value(String line, String name, Root.Text text) {
        if (line == null || !line.startsWith(name + " ")) {
            throw new IllegalArgumentException("no " + name);
        }
        text.add(line + "\n");
        return line.substring(name.length() + 1);
    }

    /** Number of the last one; 0 without any. */
    long last() {
        return last;
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** Hashes by place of a chain. */
    NavigableMap<Long, Hash> of(String chain) {
        return anchors.getOrDefault(chain, new TreeMap<>());
    }

    /** Chains of which they prove something. */
    Iterable<String> chains() {
        return anchors.keySet();
    }
}
