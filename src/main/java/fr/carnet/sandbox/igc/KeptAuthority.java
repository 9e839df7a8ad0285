package fr.carnet.sandbox.igc;

import fr.carnet.token.establishment.Authorities;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An authority that survives a restart: its keys and its register are kept in a folder, and beside them the folder of
 * authorities that a server is configured with ({@code authorities/}), always up to date.
 */
public final class KeptAuthority {

    private static final String KEYS = "authority.p12";
    private static final String REGISTER = "certificates.tsv";
    private static final String AUTHORITIES = "authorities";
    private static final String ROOT = "racine";
    private static final String ORGANISATIONS = "organisations";
    private static final String NOT_REVOKED = "-";
    /** The keys prove nothing outside the sandbox that made them. */
    private static final char[] PASSWORD = "sandbox".toCharArray();

    private final Path folder;
    private final TestAuthority authority;

    private KeptAuthority(Path folder, TestAuthority authority) {
        this.folder = folder;
        this.authority = authority;
    }

    /**
     * The authority of a folder, made if it is not there yet.
     *
     * @param folder where it is kept
     * @param lists under which its certificates say that the lists of revocations are
     * @param clock of its certificates and lists
     * @throws UncheckedIOException if the folder cannot be read or written
     */
    public static KeptAuthority in(Path folder, URI lists, Clock clock) {
        try {
            Path keys = folder.resolve(KEYS);
            boolean known = Files.exists(keys);
            TestAuthority authority = known ? read(folder, lists, clock) : TestAuthority.create(lists, clock);
            var kept = new KeptAuthority(folder, authority);
            if (!known) {
                Files.createDirectories(folder.resolve(AUTHORITIES));
                kept.writeKeys();
            }
            kept.publish();
            return kept;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the keys of the sandbox's authority are unusable: remove " + KEYS, e);
        }
    }

    /** As {@link TestAuthority#issue}. */
    public synchronized IssuedCertificate issue(CertificateOrder order) {
        IssuedCertificate made = authority.issue(order);
        keep();
        return made;
    }

    /** As {@link TestAuthority#server}; not kept, so that each start makes its own. */
    public IssuedCertificate server(List<String> hosts) {
        return authority.server(hosts);
    }

    /** As {@link TestAuthority#revoke}. */
    public synchronized Optional<Instant> revoke(BigInteger serial) {
        Optional<Instant> since = authority.revoke(serial);
        keep();
        return since;
    }

    /** Writes the lists of revocations anew, of the present hour. */
    public synchronized void refresh() {
        keep();
    }

    /** Both floors and their lists, of the present hour. */
    public Authorities authorities() {
        return authority.get();
    }

    /** The folder that a server is configured with. */
    public Path published() {
        return folder.resolve(AUTHORITIES);
    }

    private void keep() {
        try {
            writeRegister();
            publish();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("the sandbox's authority cannot be kept", e);
        }
    }

    private void publish() throws IOException, GeneralSecurityException {
        Authorities now = authority.get();
        List<String> names = List.of(ROOT, ORGANISATIONS);
        for (int i = 0; i < names.size(); i++) {
            X509Certificate certificate = now.certificates().get(i);
            X509CRL revoked = now.revocations().get(i);
            replace(published().resolve(names.get(i) + ".cer"), certificate.getEncoded());
            replace(published().resolve(names.get(i) + ".crl"), revoked.getEncoded());
        }
    }

    /** A reader sees the old file or the new one, never half of one. */
    private static void replace(Path file, byte[] content) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.write(next, content);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void writeKeys() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (Map.Entry<String, Floor> floor : Map.of(ROOT, authority.root(), ORGANISATIONS, authority.organisations())
                .entrySet()) {
            Floor one = floor.getValue();
            store.setKeyEntry(floor.getKey(), one.key(), PASSWORD, new Certificate[] {one.certificate()});
        }
        try (OutputStream out = Files.newOutputStream(folder.resolve(KEYS))) {
            store.store(out, PASSWORD);
        }
    }

    private void writeRegister() throws IOException {
        String lines = authority.issued().entrySet().stream()
                .map(one -> one.getKey().toString(16) + "\t"
                        + one.getValue().map(Instant::toString).orElse(NOT_REVOKED) + "\n")
                .collect(Collectors.joining());
        Files.writeString(folder.resolve(REGISTER), lines);
    }

    private static TestAuthority read(Path folder, URI lists, Clock clock)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve(KEYS))) {
            store.load(in, PASSWORD);
        }
        TestAuthority authority = new TestAuthority(floor(store, ROOT), floor(store, ORGANISATIONS), lists, clock);
        authority.remember(register(folder.resolve(REGISTER)));
        return authority;
    }

    private static Floor floor(KeyStore store, String name) throws GeneralSecurityException {
        return new Floor((X509Certificate) store.getCertificate(name), (PrivateKey) store.getKey(name, PASSWORD));
    }

    private static Map<BigInteger, Optional<Instant>> register(Path file) throws IOException {
        Map<BigInteger, Optional<Instant>> issued = new LinkedHashMap<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                String[] cells = line.split("\t", -1);
                issued.put(
                        new BigInteger(cells[0], 16),
                        Optional.of(cells[1])
                                .filter(since -> !since.equals(NOT_REVOKED))
                                .map(Instant::parse));
            }
        }
        return issued;
    }
}
