package fr.carnet.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a server and its PostgreSQL, and loses the answer to a commit on demand: done, and nobody told. */
final class Relay implements AutoCloseable {

    /** CommandComplete (PostgreSQL §53.7). */
    private static final String COMMITTED = "C\0\0\0\u000bCOMMIT\0";

    private final int target;
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicInteger lost = new AtomicInteger();
    private volatile Optional<String> marker = Optional.empty();

    /** @param target port of PostgreSQL */
    Relay(int target) {
        this.target = target;
        try {
            server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Of the next transaction that speaks of this, the commit will be done and its answer lost. */
    void loseTheCommitOf(String spoken) {
        marker = Optional.of(spoken);
    }

    /** How many were. */
    int lost() {
        return lost.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket engine = new Socket(InetAddress.getLoopbackAddress(), target);
                Line line = new Line(client, engine);
                threads.execute(line::forth);
                threads.execute(line::back);
            } catch (IOException e) {
                // PostgreSQL is not there, or this is closed: the client sees the same
            }
        }
    }

    private final class Line {
        private final Socket client;
        private final Socket engine;
        private volatile boolean spokenOf;

        Line(Socket client, Socket engine) {
            this.client = client;
            this.engine = engine;
        }

        void forth() {
            String end = "";
            try (InputStream in = client.getInputStream();
                    OutputStream out = engine.getOutputStream()) {
                byte[] piece = new byte[65_536];
                for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                    String text = end + text(piece, read);
                    spokenOf |= marker.filter(text::contains).isPresent();
                    end = text.substring(Math.max(0, text.length() - 100));
                    out.write(piece, 0, read);
                }
            } catch (IOException e) {
                // closed
            } finally {
                hangUp();
            }
        }

        void back() {
            try (InputStream in = engine.getInputStream();
                    OutputStream out = client.getOutputStream()) {
                byte[] piece = new byte[65_536];
                for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                    if (spokenOf && text(piece, read).contains(COMMITTED)) {
                        marker = Optional.empty();
                        lost.incrementAndGet();
                        return;
                    }
                    out.write(piece, 0, read);
                }
            } catch (IOException e) {
                // closed
            } finally {
                hangUp();
            }
        }

        private void hangUp() {
            for (Socket socket : Arrays.asList(client, engine)) {
                try {
                    socket.close();
                } catch (IOException e) {
                    // it is
                }
            }
        }
    }

    private static String text(byte[] bytes, int length) {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
