package fr.carnet.server;

import fr.carnet.fulltext.TextIndexing;
import fr.carnet.sandbox.igc.CertificateCase;
import fr.carnet.sandbox.igc.CertificateOrder;
import fr.carnet.sandbox.igc.IssuedCertificate;
import fr.carnet.sandbox.igc.KeptAuthority;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.shared.Digest;
import fr.carnet.shared.StructureId;
import fr.carnet.token.establishment.CertificateUsage;
import fr.carnet.validation.profile.OfficialPackages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The real server of the integration tests: the sandbox on a free port with a fresh embedded PostgreSQL, started once for
 * all test classes of a JVM.
 */
public final class RunningServer {

    private static final RunningServer SERVER = new RunningServer();

    private final SpanCollector spans = new SpanCollector();
    private final ConfigurableApplicationContext context;
    private final Sandbox sandbox;
    private final IssuedCertificate proxy;
    private final int tlsPort = ChildServer.freePort();
    private final int mailPort = ChildServer.freePort();
    private final int bridgePort = ChildServer.freePort();
    private final int bridgeMailboxPort = ChildServer.freePort();

    private RunningServer() {
        try {
            int port = ChildServer.freePort();
            int managementPort = ChildServer.freePort();
            Path data = Files.createTempDirectory(Files.createDirectories(Path.of("target", "it")), "data");
            proxy = proxy(data, port);
            context = new SpringApplication(Carnet.class)
                    .run(
                            "--spring.profiles.active=sandbox",
                            "--server.port=" + port,
                            "--management.server.port=" + managementPort,
                            "--management.otlp.tracing.endpoint=" + spans.endpoint(),
                            "--management.tracing.sampling.probability=1.0",
                            "--carnet.sandbox.data-dir=" + data,
                            "--carnet.door.origins=https://espace.example",
                            "--carnet.sandbox.tls-port=" + tlsPort,
                            "--carnet.door.proxies="
                                    + Digest.SHA_256.hex(proxy.certificate().getEncoded()),
                            "--carnet.validation.packages="
                                    + OfficialPackages.folder()
                                            .map(Path::toString)
                                            .orElse(""),
                            "--carnet.validation.schematrons=" + Path.of("src", "test", "resources", "schematrons"),
                            "--carnet.messaging.notices.mail.host=localhost",
                            "--carnet.messaging.notices.mail.port=" + mailPort,
                            "--carnet.messaging.notices.mail.security=TLS",
                            "--carnet.messaging.notices.mail.from=avis@carnet.example",
                            "--carnet.messaging.notices.mail.authorities=" + Mailroom.AUTHORITIES.toAbsolutePath(),
                            "--carnet.messaging.notices.mssante.host=localhost",
                            "--carnet.messaging.notices.mssante.port=" + mailPort,
                            "--carnet.messaging.notices.mssante.security=TLS",
                            "--carnet.messaging.notices.mssante.from=avis@carnet.mssante.example",
                            "--carnet.messaging.notices.mssante.authorities=" + Mailroom.AUTHORITIES.toAbsolutePath(),
                            "--carnet.messaging.mssante.trusted-domains=cabinet.mssante.example",
                            "--carnet.messaging.mssante.relay.host=localhost",
                            "--carnet.messaging.mssante.relay.port=" + bridgePort,
                            "--carnet.messaging.mssante.relay.security=TLS",
                            "--carnet.messaging.mssante.relay.from=postmaster@patient.mssante.fr",
                            "--carnet.messaging.mssante.relay.authorities=" + Mailroom.AUTHORITIES.toAbsolutePath(),
                            "--carnet.messaging.mssante.mailbox.host=localhost",
                            "--carnet.messaging.mssante.mailbox.port=" + bridgeMailboxPort,
                            "--carnet.messaging.mssante.mailbox.username=bridge",
                            "--carnet.messaging.mssante.mailbox.password=bridge-secret",
                            "--carnet.messaging.mssante.mailbox.authorities=" + Mailroom.AUTHORITIES.toAbsolutePath(),
                            "--carnet.messaging.notices.mailboxes.899700100011=dr.martin@cabinet.mssante.example");
            sandbox = new Sandbox(port, managementPort);
            WholeRun.hasStarted(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of the authority that the sandbox will find in its folder. */
    private static IssuedCertificate proxy(Path data, int port) {
        URI lists = URI.create("http://localhost:" + port + "/sandbox/certificates");
        return KeptAuthority.in(data.resolve("igc"), lists, Clock.systemUTC())
                .issue(new CertificateOrder(
                        new StructureId("1990000010"),
                        "Centre hospitalier H",
                        "mandataire",
                        CertificateUsage.CLIENT_AUTHENTICATION,
                        CertificateCase.VALID));
    }

    /** Certificate of the only reverse proxy that it believes. */
    public IssuedCertificate proxy() {
        return proxy;
    }

    /** The one server. */
    public static RunningServer get() {
        return SERVER;
    }

    /** The spans that it sent so far. */
    SpanCollector spans() {
        return spans;
    }

    /** How clients reach it. */
    public Sandbox sandbox() {
        return sandbox;
    }

    /** Its mail server, opened; there is none as long as no test opens it. */
    public Mailroom mailroom() {
        return new Mailroom(mailPort);
    }

    /** Ports of the mail servers of the trust space: SMTP and IMAP, both under TLS. */
    public int[] bridgePorts() {
        return new int[] {bridgePort, bridgeMailboxPort};
    }

    /** {@code http://localhost:port}. */
    public URI root() {
        return sandbox.root();
    }

    /** {@code http://localhost:port} of health and metrics. */
    public URI management() {
        return sandbox.management();
    }

    /** {@code https://localhost:port}, where a client may show a certificate. */
    public URI certificateRoot() {
        return URI.create("https://localhost:" + tlsPort);
    }

    /** A bean of the running server. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** All beans of a type of the running server. */
    public <T> List<T> beans(Class<T> type) {
        return context.getBeanProvider(type).orderedStream().toList();
    }

    /** Brings what was published and changed so far into the index of texts. */
    public void index() {
        // the server's own rounds may have some in hand
        do {
            bean(TextIndexing.class).run(Instant.now());
        } while (bean(DSLContext.class)
                        .fetchCount(
                                DSL.table("carnet.outbox"),
                                DSL.condition("channel = 'text-index' and state = 'WAITING' and due <= now()"))
                > 0);
    }

    /** Token of an actor of the cast; pairs of further form fields, e.g. {@code "patient", ins}. */
    public String token(String actor, Map<String, String> fields) {
        return sandbox.token(actor, fields);
    }

    /** Token of an actor of the cast. */
    public String token(String actor) {
        return token(actor, Map.of());
    }

    /** Sends a call. */
    public Answer send(String token, Call call) {
        return sandbox.send(token, call);
    }
}
