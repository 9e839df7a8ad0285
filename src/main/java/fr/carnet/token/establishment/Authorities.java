package fr.carnet.token.establishment;

import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The authorities that this server trusts, and what they have revoked.
 *
 * @param certificates roots (issued by themselves) and the authorities below them
 * @param revocations their revocation lists; each authority has its own
 */
public record Authorities(List<X509Certificate> certificates, List<X509CRL> revocations) {

    /** Root and one or two authorities below it: IGC-Santé has two floors. */
    private static final int FLOORS = 4;

    /** @throws NullPointerException if a component is missing */
    public Authorities {
        certificates = List.copyOf(certificates);
        revocations = List.copyOf(revocations);
    }

    /** Those that were issued by themselves. */
    public List<X509Certificate> roots() {
        return certificates.stream().filter(Authorities::isRoot).toList();
    }

    /**
     * The certificates from one to below its root, and that root at the end. Authorities that a sender encloses are not
     * looked at.
     */
    Optional<List<X509Certificate>> pathOf(X509Certificate certificate) {
        List<X509Certificate> path = new ArrayList<>(List.of(certificate));
        while (path.size() <= FLOORS) {
            Optional<X509Certificate> issuer = issuerOf(path.get(path.size() - 1));
            if (issuer.isEmpty()) {
                return Optional.empty();
            }
            path.add(issuer.get());
            if (isRoot(issuer.get())) {
                return Optional.of(path);
            }
        }
        return Optional.empty();
    }

    private Optional<X509Certificate> issuerOf(X509Certificate certificate) {
        return certificates.stream()
                .filter(authority -> authority.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
                .filter(authority -> hasSigned(authority, certificate))
                .findFirst();
    }

    /** An authority that renewed its key has two certificates of the same name. */
    private static boolean hasSigned(X509Certificate authority, X509Certificate certificate) {
        try {
            certificate.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean isRoot(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }
}
