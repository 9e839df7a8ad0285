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
import java.util.function.Supplier;

/** A request whose body stops with an error once more than {@code maxBytes} were read. */
final class CountedRequest extends HttpServletRequestWrapper {

    private final long maxBytes;
    private final Supplier<RuntimeException> error;
    private long count;

    CountedRequest(HttpServletRequest request, long maxBytes, Supplier<RuntimeException> error) {
        super(request);
        this.maxBytes = maxBytes;
        this.error = error;
    }

    boolean exceeded() {
        return count > maxBytes;
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
        if (exceeded()) {
            throw error.get();
        }
        return bytes;
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
