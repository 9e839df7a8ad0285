package fr.carnet.fulltext.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.carnet.fulltext.extract.Extraction.None;
import fr.carnet.fulltext.extract.Extraction.Reason;
import fr.carnet.fulltext.extract.Extraction.Text;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** Workers that hang, die and lie; that one ends with whoever started it; that it inherits and tells nothing. */
class WorkerPoolTest {

    private static final byte[] CONTENT = Documents.bytes("SECRETWORD of a document");
    private static final Duration TIME = Duration.ofSeconds(2);

    @TempDir
    private Path folder;

    private static ExtractionSettings settings(int workers, int documents, Duration patience) {
        return new ExtractionSettings(workers, DataSize.ofMegabytes(256), TIME, patience, 500_000, 500, documents);
    }

    private static ExtractionSettings settings() {
        return settings(1, 1000, Duration.ofSeconds(10));
    }

    private Extraction of(String behaviour) {
        try (WorkerPool pool = new WorkerPool(settings(), FakeWorker.that(behaviour, folder.toString()))) {
            return pool.extract("text/plain", CONTENT);
        }
    }

    private int started() throws IOException {
        try (var files = Files.list(folder)) {
            return (int) files.count();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hang", "deaf", "drip"})
    void workerThatIsOverTimeIsKilled(String behaviour) throws IOException {
        long start = System.nanoTime();
        assertThat(of(behaviour)).isEqualTo(new None(Reason.TOO_SLOW));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIME.plusSeconds(5));
        assertThat(started()).isEqualTo(1);
        assertThat(ProcessHandle.current().children().map(ProcessHandle::onExit))
                .allSatisfy(end -> assertThat(end).succeedsWithin(Duration.ofSeconds(5)));
    }

    @Test
    void worksOnContentsThatNobodyTakes() {
        try (WorkerPool pool = new WorkerPool(settings(), FakeWorker.that("deaf"))) {
            assertThat(pool.extract("text/plain", new byte[1 << 20])).isEqualTo(new None(Reason.TOO_SLOW));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"die", "garbage", "endless", "too-long", "nul"})
    void workerThatDiesOrLiesIsReplacedOnce(String behaviour) throws IOException {
        assertThat(of(behaviour)).isEqualTo(new None(Reason.WORKER_DIED));
        assertThat(started()).isEqualTo(2);
    }

    @Test
    void secondWorkerMayReadWhatTheFirstDiedOf() throws IOException {
        assertThat(of("die-first")).isEqualTo(new Text("", "second try", false));
        assertThat(started()).isEqualTo(2);
    }

    @Test
    void nothingIsKnownOfADocumentWithoutAWorker() {
        assertThatThrownBy(() -> of("stranger")).isInstanceOf(ExtractionUnavailable.class);
        try (WorkerPool pool = new WorkerPool(settings(), new WorkerCommand(List.of("/no/such/program")))) {
            assertThatThrownBy(() -> pool.extract("text/plain", CONTENT)).isInstanceOf(ExtractionUnavailable.class);
        }
        WorkerPool closed = new WorkerPool(settings(), FakeWorker.that("environment"));
        closed.close();
        assertThatThrownBy(() -> closed.extract("text/plain", CONTENT)).isInstanceOf(ExtractionUnavailable.class);
    }

    @Test
    void waitsForAFreeWorkerAsLongAsItMay() throws Exception {
        ExtractionSettings impatient = settings(1, 1000, Duration.ofMillis(100));
        try (WorkerPool pool = new WorkerPool(impatient, FakeWorker.that("hang", folder.toString()))) {
            var busy = CompletableFuture.supplyAsync(() -> pool.extract("text/plain", CONTENT));
            while (started() == 0) {
                Thread.sleep(20);
            }
            assertThatThrownBy(() -> pool.extract("text/plain", CONTENT))
                    .isInstanceOf(ExtractionUnavailable.class)
                    .hasMessageContaining("busy");
            assertThat(busy.get(10, TimeUnit.SECONDS)).isEqualTo(new None(Reason.TOO_SLOW));
        }
    }

    @Test
    void workerIsKeptForItsNumberOfDocumentsAndInheritsNoEnvironment() {
        assertThat(System.getenv()).isNotEmpty();
        ExtractionSettings two = settings(1, 2, Duration.ofSeconds(10));
        try (WorkerPool pool = new WorkerPool(two, FakeWorker.that("environment"))) {
            List<String> said = List.of(body(pool), body(pool), body(pool));
            assertThat(said).allMatch(body -> body.startsWith("{} "));
            assertThat(said.get(1)).isEqualTo(said.get(0));
            assertThat(said.get(2)).isNotEqualTo(said.get(0));
        }
    }

    @Test
    void noMoreWorkersThanAreSetReadAtATime() {
        ExtractionSettings two = settings(2, 1000, Duration.ofSeconds(10));
        try (WorkerPool pool = new WorkerPool(two, FakeWorker.that("environment"))) {
            var answers = Stream.generate(() -> CompletableFuture.supplyAsync(() -> body(pool), this::inAThread))
                    .limit(8)
                    .toList();
            assertThat(answers.stream().map(CompletableFuture::join).distinct()).hasSize(2);
        }
    }

    private void inAThread(Runnable task) {
        new Thread(task).start();
    }

    private static String body(WorkerPool pool) {
        return ((Text) pool.extract("text/plain", CONTENT)).body();
    }

    /** What a server that is killed leaves behind is the end of the worker's standard input. */
    @Test
    void realWorkerSaysNothingElseAndEndsWithWhoeverStartedIt() throws Exception {
        Path log = folder.resolve("stderr");
        Process worker = new ProcessBuilder(
                        WorkerCommand.ofThisProgram(settings()).words())
                .redirectError(Redirect.to(log.toFile()))
                .start();
        var in = new DataInputStream(worker.getInputStream());
        var out = new DataOutputStream(worker.getOutputStream());
        assertThat(in.readInt()).isEqualTo(Wire.READY);
        byte[] noisy = RawPdf.ofOnePage(
                        "/XObject<</X 9 0 R>>", "BT /None 1 Tf (SECRETWORD) Tj ET /X Do Q Q (SECRETWORD) XX")
                .bytes();
        for (byte[] content : List.of(Documents.pdf("SECRETWORD"), noisy)) {
            Wire.write(out, "application/pdf", content);
            assertThat(Wire.readAnswer(in, settings())).isInstanceOf(Text.class);
        }
        out.close();
        assertThat(worker.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(worker.exitValue()).isZero();
        assertThat(rest(in)).isEmpty();
        assertThat(log).content().isEmpty();
    }

    private static byte[] rest(InputStream in) throws IOException {
        return in.readAllBytes();
    }

    @Test
    void workerWhoseServerIsGoneEndsOverADocumentThatNeverEnds() throws Exception {
        Process worker = WorkerCommand.ofThisProgram(settings()).start();
        assertThat(new DataInputStream(worker.getInputStream()).readInt()).isEqualTo(Wire.READY);
        var out = new DataOutputStream(worker.getOutputStream());
        Wire.write(out, "application/pdf", HostilePdfs.bomb("\0"));
        out.close();
        assertThat(worker.waitFor(2 * TIME.toSeconds() + 10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void textStaysOutOfLogs() {
        assertThat(new Text("SECRETWORD", "SECRETWORD", false).toString()).doesNotContain("SECRETWORD");
    }
}
