package fr.carnet.fulltext.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import fr.carnet.fulltext.extract.Extraction.None;
import fr.carnet.fulltext.extract.Extraction.Text;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files that were made to do harm: each has an outcome within its time, the next document is read as ever, nothing is fetched,
 * and the server's memory knows nothing of it. The table of outcomes is written to {@code target/hostile.txt}.
 */
class HostileCollectionTest {

    private static final Duration TIME = Duration.ofSeconds(4);
    private static final Duration STARTING_ANOTHER = Duration.ofSeconds(4);
    private static final long MEMORY_OF_A_WORKER = 256L << 20;
    private static final ExtractionSettings SETTINGS = Settings.within(TIME);
    private static final WorkerPool POOL = new WorkerPool(SETTINGS, WorkerCommand.ofThisProgram(SETTINGS));
    private static final byte[] ORDINARY = Documents.structured("<paragraph>tout va bien</paragraph>", "");
    private static final AtomicInteger REQUESTS = new AtomicInteger();
    private static final List<String> TABLE = new ArrayList<>();

    @TempDir
    private static Path folder;

    private static HttpServer http;
    private static Path secret;

    @BeforeAll
    static void open() throws IOException {
        secret = Files.writeString(folder.resolve("secret.txt"), "FILEWORD");
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", exchange -> {
            REQUESTS.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        http.start();
        TABLE.add(row("file", "outcome", "ms", "worker"));
    }

    @AfterAll
    static void close() throws IOException {
        POOL.close();
        http.stop(0);
        Files.write(Path.of("target", "hostile.txt"), TABLE);
    }

    static Stream<HostileFile> files() {
        String url = "http://127.0.0.1:" + http.getAddress().getPort();
        return Stream.of(
                        HostilePdfs.all(url), HostileXml.all(url, secret.toUri().toString()), HostileText.all())
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("files")
    void hasAnOutcomeInTimeAndTheNextDocumentIsRead(HostileFile file) {
        byte[] content = file.content().get();
        ordinaryIsRead();
        Set<Long> before = workers();
        long start = System.nanoTime();
        Extraction extraction = POOL.extract(file.mediaType(), content);
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        boolean kept = workers().equals(before);
        TABLE.add(row(file.name(), outcome(extraction), Long.toString(taken.toMillis()), kept ? "kept" : "replaced"));
        assertThat(outcome(extraction)).isIn(file.outcomes());
        assertThat(taken).isLessThan(TIME.plus(STARTING_ANOTHER));
        if (extraction instanceof Text text) {
            says(text);
        }
        ordinaryIsRead();
        assertThat(REQUESTS).hasValue(0);
    }

    /** What the worker holds in gigabytes, the server does not even hold in megabytes. */
    @Test
    void memoryOfTheServerIsThatOfTheDocument() {
        byte[] bomb = HostilePdfs.bomb("(");
        long before = used();
        for (int i = 0; i < 3; i++) {
            assertThat(outcome(POOL.extract("application/pdf", bomb))).isIn("too-much-memory", "too-slow");
        }
        assertThat(used() - before).isLessThan(MEMORY_OF_A_WORKER / 16);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void says(Text text) {
        assertThat(text.body().length()).isLessThanOrEqualTo(SETTINGS.characters());
        assertThat(text.labels().length()).isLessThanOrEqualTo(SETTINGS.labelCharacters());
        assertThat(text.body() + text.labels())
                .doesNotContain("SCRIPTWORD", "ATTACHEDWORD", "FILEWORD", "NESTEDWORD", "HEADERNAME", "\0");
    }

    private static void ordinaryIsRead() {
        assertThat(POOL.extract("text/xml", ORDINARY))
                .isInstanceOfSatisfying(
                        Text.class, text -> assertThat(text.body()).isEqualTo("tout va bien"));
    }

    private static Set<Long> workers() {
        return ProcessHandle.current()
                .children()
                .filter(ProcessHandle::isAlive)
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }

    private static String outcome(Extraction extraction) {
        return extraction instanceof Text text
                ? text.cut() ? "text, cut" : "text"
                : ((None) extraction).reason().code();
    }

    private static String row(String... cells) {
        return "%-45s %-18s %6s  %s".formatted((Object[]) cells);
    }
}
