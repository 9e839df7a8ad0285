package fr.carnet.directory.insi;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** A server on a port that answers as a test says, and keeps what it was asked. */
final class InsiServer implements AutoCloseable {

    private final HttpServer server;
    private final boolean tls;
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final List<byte[]> asked = new CopyOnWriteArrayList<>();

    private InsiServer(HttpServer server, boolean tls, HttpHandler handler) {
        this.server = server;
        this.tls = tls;
        server.setExecutor(workers);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestBody().readAllBytes());
            handler.handle(exchange);
        });
        server.start();
    }

    static InsiServer answering(HttpHandler handler) throws IOException {
        return new InsiServer(HttpServer.create(here(), 0), false, handler);
    }

    /** Wants a client certificate. */
    static InsiServer overTls(SSLContext context, HttpHandler handler) throws IOException {
        HttpsServer server = HttpsServer.create(here(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters ssl = context.getDefaultSSLParameters();
                ssl.setNeedClientAuth(true);
                parameters.setSSLParameters(ssl);
            }
        });
        return new InsiServer(server, true, handler);
    }

    private static InetSocketAddress here() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    static void send(HttpExchange exchange, int status, byte... body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/soap+xml");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    URI uri() {
        return URI.create(
                (tls ? "https" : "http") + "://localhost:" + server.getAddress().getPort() + "/lps");
    }

    List<byte[]> asked() {
        return asked;
    }

    Optional<byte[]> lastAsked() {
        return asked.isEmpty() ? Optional.empty() : Optional.of(asked.get(asked.size() - 1));
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
