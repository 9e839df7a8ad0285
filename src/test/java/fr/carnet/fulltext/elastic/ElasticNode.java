package fr.carnet.fulltext.elastic;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.tools.ToolProvider;

/**
 * A genuine Elasticsearch of one node, from the archive that the build copies, with the tokenizer and the filters that this
 * distribution lacks. It refuses to run as root: started by root, it becomes somebody else.
 */
public final class ElasticNode implements AutoCloseable {

    private static final Path ARCHIVE = Path.of("target", "elasticsearch", "elasticsearch.zip");
    private static final Path PLUGIN = Path.of("src", "test", "elasticsearch", "AnalysisFilters.java");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String NOBODY = "65534";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path home;
    private final int port = freePort();
    private Optional<Process> process = Optional.empty();

    private ElasticNode(Path home) {
        this.home = home;
    }

    /** Unpacked and started. */
    public static ElasticNode start() {
        try {
            Path folder = Files.createTempDirectory("carnet-elasticsearch");
            unpack(folder);
            try (Stream<Path> only = Files.list(folder)) {
                var node = new ElasticNode(only.findFirst().orElseThrow());
                node.addPlugin();
                if (isRoot()) {
                    run(List.of("chown", "-R", NOBODY + ":" + NOBODY, folder.toString()));
                }
                node.resume();
                return node;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code http://localhost:port}. */
    public URI url() {
        return URI.create("http://localhost:" + port);
    }

    /** Settings of an index on it. */
    public ElasticSettings settings(String name) {
        return new ElasticSettings(List.of(url()), null, null, null, null, name, 1, 0, Duration.ofSeconds(5));
    }

    /** Starts it again, with what it had. */
    public void resume() throws IOException {
        List<String> line = new ArrayList<>();
        if (isRoot()) {
            line.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        }
        line.addAll(List.of(
                home.resolve("bin/elasticsearch").toString(),
                "-Ediscovery.type=single-node",
                "-Expack.security.enabled=false",
                "-Expack.ml.enabled=false",
                "-Ecluster.routing.allocation.disk.threshold_enabled=false",
                "-Ehttp.port=" + port,
                "-Etransport.port=" + freePort()));
        var builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "elasticsearch", "node.log").toFile());
        builder.environment().put("ES_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("ES_JAVA_OPTS", "-Xms512m -Xmx512m");
        builder.environment().put("HOME", home.toString());
        process = Optional.of(builder.start());
        await();
    }

    private void await() {
        Instant latest = Instant.now().plus(PATIENCE);
        while (!isUp()) {
            if (Instant.now().isAfter(latest) || !process.orElseThrow().isAlive()) {
                throw new IllegalStateException("Elasticsearch did not start: see target/elasticsearch/node.log");
            }
            pause();
        }
    }

    private boolean isUp() {
        try {
            return send("GET", "/_cluster/health?wait_for_status=yellow&timeout=1s")
                            .statusCode()
                    == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** A request to the node itself. */
    public HttpResponse<String> send(String method, String path) {
        var request = HttpRequest.newBuilder(URI.create(url() + path))
                .timeout(Duration.ofSeconds(10))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Takes it down without a word, as a machine that fails. */
    public void kill() {
        process.ifPresent(started -> {
            started.descendants().forEach(ProcessHandle::destroyForcibly);
            started.destroyForcibly();
            try {
                started.waitFor(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        process = Optional.empty();
    }

    /** CPU time so far, of the node's own process. */
    public Duration cpu() {
        return process.orElseThrow()
                .descendants()
                .map(child -> child.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> all = Files.walk(home.getParent())) {
            all.sorted(java.util.Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addPlugin() throws IOException {
        Path classes = Files.createTempDirectory(home.getParent(), "plugin");
        String libraries;
        try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
            libraries = jars.map(Path::toString)
                    .filter(jar -> jar.endsWith(".jar"))
                    .collect(Collectors.joining(java.io.File.pathSeparator));
        }
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", libraries, "-d", classes.toString(), PLUGIN.toString());
        if (failed != 0) {
            throw new IllegalStateException("the plugin does not compile");
        }
        Path plugin = Files.createDirectories(home.resolve("plugins/carnet-analysis"));
        pack(classes.resolve("carnet"), plugin.resolve("filters.jar"));
        String version = home.getFileName().toString().replace("elasticsearch-", "");
        Files.writeString(
                plugin.resolve("plugin-descriptor.properties"),
                "name=carnet-analysis\ndescription=token filters\nversion=1\nclassname=carnet.AnalysisFilters\n"
                        + "java.version=17\nelasticsearch.version=" + version + "\n");
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.list(classes)) {
            for (Path file : files.toList()) {
                out.putNextEntry(new JarEntry("carnet/" + file.getFileName()));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
    }

    private static void unpack(Path folder) throws IOException {
        try (InputStream in = Files.newInputStream(ARCHIVE);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path target = folder.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(zip, target);
                    if (target.toString().contains("/bin/")) {
                        target.toFile().setExecutable(true, false);
                    }
                }
            }
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static void run(List<String> command) throws IOException {
        try {
            if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
                throw new IOException(command.get(0) + " failed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
