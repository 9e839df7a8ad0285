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
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request whose body stops with an error once more than {@code maxBytes} were read, or once it comes so slowly that it
 * would hold its thread for nothing.
 */
final class CountedRequest extends HttpServletRequestWrapper {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int MOST_OF_A_FORM = 64 * 1024;
    private static final long GRACE = Duration.ofSeconds(10).toNanos();
    /** What a poor line carries: 5 kB in a second. */
    private static final long NANOS_PER_BYTE = Duration.ofSeconds(1).toNanos() / 5_000;

    private final long maxBytes;
    private final Function<DoorRefusal, RuntimeException> error;
    private final long begun = System.nanoTime();
    private long count;
    private Optional<DoorRefusal> stopped = Optional.empty();
    private Optional<Map<String, String[]>> form = Optional.empty();

    CountedRequest(HttpServletRequest request, long maxBytes, Function<DoorRefusal, RuntimeException> error) {
        super(request);
        this.maxBytes = maxBytes;
        this.error = error;
    }

    /** Why it was stopped, if it was. */
    Optional<DoorRefusal> stopped() {
        return stopped;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return new Counted(super.getInputStream());
    }

    @Override
    public BufferedReader getReader() throws IOException {
        return new BufferedReader(new InputStreamReader(getInputStream(), charset()));
    }

    private Charset charset() {
        String name = getCharacterEncoding();
        try {
            return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
        } catch (IllegalArgumentException e) {
            // as the container does with a name that is none
            return StandardCharsets.UTF_8;
        }
    }

    /** The container would read a form past our stream, as slowly as it comes. */
    @Override
    public Map<String, String[]> getParameterMap() {
        if (!"POST".equals(getMethod()) || !String.valueOf(getContentType()).startsWith(FORM)) {
            return super.getParameterMap();
        }
        if (form.isEmpty()) {
            String query = Optional.ofNullable(getQueryString()).orElse("");
            form = Optional.of(Form.read(query, new String(formBody(), StandardCharsets.ISO_8859_1), charset()));
        }
        return form.get();
    }

    private byte[] formBody() {
        try {
            byte[] body = getInputStream().readNBytes(MOST_OF_A_FORM + 1);
            if (body.length > MOST_OF_A_FORM) {
                throw tooLarge(MOST_OF_A_FORM);
            }
            return body;
        } catch (IOException e) {
            throw tooSlow();
        }
    }

    @Override
    public String getParameter(String name) {
        String[] values = getParameterValues(name);
        return values == null || values.length == 0 ? null : values[0];
    }

    @Override
    public String[] getParameterValues(String name) {
        return getParameterMap().get(name);
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(getParameterMap().keySet());
    }

    private int counted(int bytes) {
        count += Math.max(bytes, 0);
        if (count > maxBytes) {
            throw tooLarge(maxBytes);
        }
        if (bytes > 0 && System.nanoTime() - begun > GRACE + count * NANOS_PER_BYTE) {
            throw tooSlow();
        }
        return bytes;
    }

    private RuntimeException tooSlow() {
        return stop(new DoorRefusal(DoorError.BODY_TOO_SLOW));
    }

    private RuntimeException tooLarge(long limit) {
        return stop(new DoorRefusal(DoorError.BODY_TOO_LARGE, Long.toString(limit)));
    }

    private RuntimeException stop(DoorRefusal reason) {
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
