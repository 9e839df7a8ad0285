package fr.carnet.caller;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request whose body stops with an error once more than {@code maxBytes} were read, or once it comes so slowly that it
 * would hold its thread for nothing.
 */
final class CountedRequest extends HttpServletRequestWrapper {

    private static final long GRACE = Duration.ofSeconds(10).toNanos();
    /** What a poor line carries: 5 kB in a second. */
    private static final long NANOS_PER_BYTE = Duration.ofSeconds(1).toNanos() / 5_000;

    private final long maxBytes;
    private final Function<DoorError, RuntimeException> error;
    private final long begun = System.nanoTime();
    private long count;
    private Optional<DoorError> stopped = Optional.empty();

    CountedRequest(HttpServletRequest request, long maxBytes, Function<DoorError, RuntimeException> error) {
        super(request);
        this.maxBytes = maxBytes;
        this.error = error;
    }

    /** Why it was stopped, if it was. */
    Optional<DoorError> stopped() {
        return stopped;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return new Counted(super.getInputStream());
    }

    @Override
    public BufferedReader getReader() throws IOException {
        String name = getCharacterEncoding();
        return new BufferedReader(
                new InputStreamReader(getInputStream(), name == null ? StandardCharsets.UTF_8 : Charset.forName(name)));
    }

    private int counted(int bytes) {
        count += Math.max(bytes, 0);
        if (count > maxBytes) {
            throw stop(DoorError.BODY_TOO_LARGE);
        }
        if (bytes > 0 && System.nanoTime() - begun > GRACE + count * NANOS_PER_BYTE) {
            throw stop(DoorError.BODY_TOO_SLOW);
        }
        return bytes;
    }

    private RuntimeException stop(DoorError reason) {
        stopped = Optional.of(reason);
        return error.apply(reason);
    }

    private final class Counted extends ServletInputStream {

        private final ServletInputStream body;

        Counted(ServletInputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            int octet = body.read();
            counted(octet < 0 ? 0 : 1);
            return octet;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return counted(body.read(buffer, offset, length));
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
