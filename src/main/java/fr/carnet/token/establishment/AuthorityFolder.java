package fr.carnet.token.establishment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A folder of authorities, read again as soon as one of its files changes: {@code .cer}, {@code .crt} and {@code .pem} hold
 * certificates, {@code .crl} revocation lists, in DER or PEM; other files are nobody's business here.
 *
 * <p>A folder that cannot be read as a whole gives nothing: what it said before may just have been withdrawn. Replace its
 * files by moving new ones over them.
 */
public final class AuthorityFolder implements Supplier<Authorities> {

    private final Path folder;
    private volatile Reading last;

    /** @param folder where the files are */
    public AuthorityFolder(Path folder) {
        this.folder = folder;
    }

    /** @throws EstablishmentRefusal {@link EstablishmentError#AUTHORITIES_UNREADABLE} if a file cannot be read, or none is a root */
    @Override
    public Authorities get() {
        try {
            List<Entry> entries = entries();
            Reading known = last;
            if (known == null || !known.entries().equals(entries)) {
                known = new Reading(entries, read(entries));
                last = known;
            }
            return known.authorities();
        } catch (IOException | UncheckedIOException | CertificateException | CRLException e) {
            throw new EstablishmentRefusal(EstablishmentError.AUTHORITIES_UNREADABLE, e);
        }
    }

    private List<Entry> entries() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> isCertificates(file) || isRevocations(file))
                    .sorted()
                    .map(Entry::of)
                    .toList();
        }
    }

    private static Authorities read(List<Entry> entries) throws IOException, CertificateException, CRLException {
        CertificateFactory x509 = CertificateFactory.getInstance("X.509");
        List<X509Certificate> certificates = new ArrayList<>();
        List<X509CRL> revocations = new ArrayList<>();
        for (Entry entry : entries) {
            try (InputStream in = Files.newInputStream(entry.file())) {
                if (isRevocations(entry.file())) {
                    x509.generateCRLs(in).forEach(list -> revocations.add((X509CRL) list));
                } else {
                    x509.generateCertificates(in).forEach(one -> certificates.add((X509Certificate) one));
                }
            }
        }
        Authorities authorities = new Authorities(certificates, revocations);
        if (authorities.roots().isEmpty()) {
            throw new CertificateException("no root");
        }
        return authorities;
    }

    private static boolean isCertificates(Path file) {
        String name = nameOf(file);
        return name.endsWith(".cer") || name.endsWith(".crt") || name.endsWith(".pem");
    }

    private static boolean isRevocations(Path file) {
        return nameOf(file).endsWith(".crl");
    }

    private static String nameOf(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT);
    }

    private record Reading(List<Entry> entries, Authorities authorities) {}

    private record Entry(Path file, long size, FileTime modified) {
        static Entry of(Path file) {
            try {
                return new Entry(file, Files.size(file), Files.getLastModifiedTime(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
