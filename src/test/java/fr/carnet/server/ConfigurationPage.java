package fr.carnet.server;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The page of settings, from the typed records that read them: their components, defaults and Javadoc, as the JDK's own parser
 * reads the sources. Unlike Spring's metadata it has the settings of what stands in lists, too.
 */
final class ConfigurationPage {

    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Pattern GENERIC = Pattern.compile("(List|Set|Optional)<(.+)>");
    private static final Pattern MAP = Pattern.compile("Map<(\\w+), (.+)>");

    private final Map<String, List<Settings>> records = new HashMap<>();
    private final TreeMap<String, Settings> roots = new TreeMap<>();

    /** A record of the sources, or an enumeration. */
    private record Settings(String outer, ClassTree tree, String about, Map<String, String> meanings) {

        boolean isChoice() {
            return tree.getKind() == Tree.Kind.ENUM;
        }

        String choices() {
            return tree.getMembers().stream()
                    .filter(VariableTree.class::isInstance)
                    .map(VariableTree.class::cast)
                    .filter(field -> field.getType()
                            .toString()
                            .equals(tree.getSimpleName().toString()))
                    .map(field -> "`" + field.getName() + "`")
                    .collect(Collectors.joining(", "));
        }

        Stream<VariableTree> components() {
            return tree.getMembers().stream()
                    .filter(VariableTree.class::isInstance)
                    .map(VariableTree.class::cast)
                    .filter(field -> !field.getModifiers().getFlags().contains(Modifier.STATIC));
        }
    }

    /** One setting. */
    private record Line(String name, String type, String preset, String meaning) {}

    private ConfigurationPage() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
                Stream<Path> sources = Files.walk(SOURCES)) {
            List<Path> java = sources.filter(path -> path.toString().endsWith(".java"))
                    .filter(ConfigurationPage::mayHaveSettings)
                    .toList();
            var task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(java));
            DocTrees docs = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                read(unit, docs);
            }
        }
    }

    /** The page as it should be. */
    static String make() throws IOException {
        return new ConfigurationPage().page();
    }

    private static boolean mayHaveSettings(Path source) {
        try {
            String text = Files.readString(source);
            return text.contains("record ") || text.contains("enum ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(CompilationUnitTree unit, DocTrees docs) {
        new TreePathScanner<Void, Void>() {
            @Override
            public Void visitClass(ClassTree tree, Void nothing) {
                if (tree.getKind() == Tree.Kind.RECORD || tree.getKind() == Tree.Kind.ENUM) {
                    note(unit, tree, Optional.ofNullable(docs.getDocCommentTree(getCurrentPath())), getCurrentPath());
                }
                return super.visitClass(tree, null);
            }
        }.scan(unit, null);
    }

    private void note(CompilationUnitTree unit, ClassTree tree, Optional<DocCommentTree> comment, TreePath path) {
        Map<String, String> meanings = new HashMap<>();
        comment.ifPresent(doc -> doc.getBlockTags().stream()
                .filter(ParamTree.class::isInstance)
                .map(ParamTree.class::cast)
                .forEach(param -> meanings.put(param.getName().toString(), plain(param.getDescription()))));
        var found = new Settings(
                path.getParentPath().getLeaf() instanceof ClassTree outer
                        ? outer.getSimpleName().toString()
                        : unit.getPackageName().toString(),
                tree,
                comment.map(doc -> plain(doc.getFirstSentence())).orElse(""),
                meanings);
        records.computeIfAbsent(tree.getSimpleName().toString(), name -> new ArrayList<>())
                .add(found);
        tree.getModifiers().getAnnotations().stream()
                .filter(annotation -> annotation.getAnnotationType().toString().equals("ConfigurationProperties"))
                .forEach(annotation -> roots.put(arguments(annotation).get(0), found));
    }

    private static String plain(List<? extends DocTree> text) {
        return text.stream()
                .map(DocTree::toString)
                .collect(Collectors.joining())
                .replaceAll("\\{@code ([^}]*)}", "`$1`")
                .replaceAll("\\{@link #?([^} ]*)[^}]*}", "`$1`")
                .replaceAll("\\s+", " ")
                .replace("|", "\\|")
                .strip();
    }

    private static List<String> arguments(AnnotationTree annotation) {
        Matcher literal = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"")
                .matcher(annotation.getArguments().toString());
        List<String> values = new ArrayList<>();
        while (literal.find()) {
            values.add(literal.group(1));
        }
        return values;
    }

    private String page() {
        var page = new StringBuilder("""
                # Configuration

                Every setting, made from the typed records that read them (`ConfigurationTest`). A setting is an environment
                variable, an argument (`--carnet.trace.roots=/roots`) or a line of `application.yaml`; `[0]` and the `_0_` of a
                variable count what there may be several of, `<…>` is a name of your own. Settings of TLS and of the port are
                Spring Boot's: [TLS, certificates and proxies](deployment-identity.md).
                """);
        roots.forEach((prefix, settings) -> {
            page.append("\n## `").append(prefix).append("`\n\n");
            if (!settings.about().isEmpty()) {
                page.append(settings.about()).append("\n\n");
            }
            page.append("| setting | environment variable | type | default | |\n|---|---|---|---|---|\n");
            lines(prefix, settings)
                    .forEach(line -> page.append("| `%s` | `%s` | %s | %s | %s |%n"
                            .formatted(
                                    line.name(),
                                    MissingSettings.variable(line.name()),
                                    line.type(),
                                    line.preset().isEmpty() ? "" : "`" + line.preset() + "`",
                                    line.meaning())));
        });
        return page.toString();
    }

    private List<Line> lines(String prefix, Settings settings) {
        return settings.components()
                .flatMap(component -> lines(prefix, settings, component))
                .toList();
    }

    private Stream<Line> lines(String prefix, Settings settings, VariableTree component) {
        String field = component.getName().toString();
        String name =
                prefix + "." + field.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
        if (of(settings, component.getType().toString())
                .filter(own -> own.equals(roots.get(name)))
                .isPresent()) {
            return Stream.empty();
        }
        String type = component.getType().toString();
        String meaning = settings.meanings().getOrDefault(field, "");
        String preset = component.getModifiers().getAnnotations().stream()
                .filter(annotation -> annotation.getAnnotationType().toString().equals("DefaultValue"))
                .flatMap(annotation -> arguments(annotation).stream())
                .collect(Collectors.joining(","));
        return nested(settings, type, name)
                .map(within -> lines(within.getKey(), within.getValue()).stream())
                .orElseGet(() -> Stream.of(new Line(name, shown(settings, type), preset, meaning)));
    }

    /** Where the settings of a component go on, if it has some of its own. */
    private Optional<Map.Entry<String, Settings>> nested(Settings settings, String type, String name) {
        Matcher generic = GENERIC.matcher(type);
        if (generic.matches()) {
            String suffix = generic.group(1).equals("Optional") ? "" : "[0]";
            return nested(settings, generic.group(2), name + suffix);
        }
        Matcher map = MAP.matcher(type);
        if (map.matches()) {
            return nested(settings, map.group(2), name + ".<name>");
        }
        return of(settings, type).filter(found -> !found.isChoice()).map(found -> Map.entry(name, found));
    }

    /** The one inside, else the one beside it, else the only one of this name. */
    private Optional<Settings> of(Settings from, String type) {
        List<Settings> named = records.getOrDefault(type.replaceFirst("^.*\\.", ""), List.of());
        return Stream.of(from.tree().getSimpleName().toString(), from.outer())
                .flatMap(outer -> named.stream().filter(one -> one.outer().equals(outer)))
                .findFirst()
                .or(() -> named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty());
    }

    private String shown(Settings settings, String type) {
        Matcher generic = GENERIC.matcher(type);
        Optional<Settings> choice =
                of(settings, generic.matches() ? generic.group(2) : type).filter(Settings::isChoice);
        return choice.map(Settings::choices).orElseGet(() -> escaped(type));
    }

    private static String escaped(String type) {
        return type.replaceFirst("^Optional<(.*)>$", "$1").replace("<", "&lt;").replace(">", "&gt;");
    }
}
