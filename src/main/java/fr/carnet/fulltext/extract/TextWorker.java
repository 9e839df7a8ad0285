package fr.carnet.fulltext.extract;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;

/**
 * The process that opens documents. Reads requests on standard input until it ends, answers on standard output, says nothing
 * else to anyone. It may be killed at any time.
 */
final class TextWorker {

    /** How the JVM itself ends for want of memory. */
    static final int OUT_OF_MEMORY = 3;

    private static final int ALONE = 4;

    private final DataInputStream in;
    private final DataOutputStream out;
    private final DocumentReader reader;
    private final Duration time;

    private TextWorker(InputStream in, OutputStream out, Bounds bounds) {
        this.in = new DataInputStream(new BufferedInputStream(in));
        this.out = new DataOutputStream(new BufferedOutputStream(out));
        this.reader = new DocumentReader(bounds);
        this.time = bounds.time();
    }

    /** What {@link #main} is started with. */
    static List<String> arguments(ExtractionSettings settings) {
        return List.of(
                Integer.toString(settings.characters()),
                Integer.toString(settings.labelCharacters()),
                Integer.toString(settings.pages()),
                Long.toString(settings.time().toMillis()));
    }

    /** Characters of a body, characters of all labels, pages of a PDF, milliseconds of a document. */
    public static void main(String[] args) throws IOException {
        Bounds bounds = new Bounds(
                Integer.parseInt(args[0]),
                Integer.parseInt(args[1]),
                Integer.parseInt(args[2]),
                Duration.ofMillis(Long.parseLong(args[3])));
        InputStream in = new FileInputStream(FileDescriptor.in);
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        silence();
        new TextWorker(in, out, bounds).serve();
    }

    /** A library that prints would break the answers, or tell of a document. */
    private static void silence() {
        System.setIn(InputStream.nullInputStream());
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    }

    private void serve() throws IOException {
        out.writeInt(Wire.READY);
        out.flush();
        Timer timer = new Timer(true);
        try {
            while (true) {
                String mediaType = Wire.readMediaType(in);
                byte[] content = Wire.readContent(in);
                TimerTask end = haltedTask();
                timer.schedule(end, time.multipliedBy(2).toMillis());
                Wire.write(out, reader.read(mediaType, content));
                end.cancel();
            }
        } catch (EOFException e) {
            // the server has no more questions, or is gone
            return;
        } catch (OutOfMemoryError e) {
            Runtime.getRuntime().halt(OUT_OF_MEMORY);
        }
    }

    /** A server that was killed kills nobody: a document that never ends would be read for ever. */
    private static TimerTask haltedTask() {
        return new TimerTask() {
            @Override
            public void run() {
                Runtime.getRuntime().halt(ALONE);
            }
        };
    }
}
