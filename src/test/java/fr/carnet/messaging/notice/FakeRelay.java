package fr.carnet.messaging.notice;

import fr.carnet.server.Mailroom;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A mail server that answers each command as it is told; a reply of nothing ends the connection. */
final class FakeRelay implements AutoCloseable {

    private static final String MESSAGE_ID = "Message-ID:";
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final SSLServerSocket socket;
    private final Map<String, String> replies;
    private final Runnable taken;
    private final List<String> messageIds = new CopyOnWriteArrayList<>();

    /** Listens at once; commands that have no reply are granted. */
    FakeRelay(Map<String, String> replies) throws IOException, GeneralSecurityException {
        this(replies, () -> {});
    }

    /** @param taken happens when a mail has been taken, before its sender is told so */
    FakeRelay(Map<String, String> replies, Runnable taken) throws IOException, GeneralSecurityException {
        this.taken = taken;
        this.replies = Map.copyOf(replies);
        KeyStore store = KeyStore.getInstance("PKCS12");
        Path file = Mailroom.AUTHORITIES.resolveSibling("localhost.p12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        socket = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0);
        var thread = new Thread(this::serve, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    /** Message-IDs of the mails that were taken, in their order. */
    List<String> messageIds() {
        return List.copyOf(messageIds);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Until the test is over; a client that gives up is followed by the next. */
    private void serve() {
        boolean open = true;
        while (open) {
            try (SSLSocket client = (SSLSocket) socket.accept()) {
                talk(client);
            } catch (IOException e) {
                open = !socket.isClosed();
            }
        }
    }

    private void talk(SSLSocket client) throws IOException {
        var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        OutputStream out = client.getOutputStream();
        say(out, "220 ready");
        boolean data = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String command = data && !line.equals(".") ? "" : line.split(" ", 2)[0];
            String reply = replies.getOrDefault(command, command.equals("DATA") ? "354 go on" : "250 fine");
            if (data && line.startsWith(MESSAGE_ID)) {
                messageIds.add(line.substring(MESSAGE_ID.length()).strip());
            }
            if (reply.isEmpty()) {
                return;
            }
            if (data && command.equals(".")) {
                taken.run();
            }
            if (!command.isEmpty()) {
                say(out, reply);
                data = command.equals("DATA") && reply.startsWith("3");
            }
        }
    }

    private static void say(OutputStream out, String reply) throws IOException {
        out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
