package fr.carnet.token.establishment;

import fr.carnet.shared.StructureId;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Verifies certificates of legal persons as IGC-Santé issues them (R74, R82; RFC 5280): chain up to a trusted root,
 * validity, revocation, usage; then reads whose it is.
 *
 * <p>A revocation list that is missing, or past its own date, is not taken for an empty one: the certificate is refused as
 * one of which nothing is known.
 */
public final class EstablishmentCertificates {

    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final String ANY_USAGE = "2.5.29.37.0";
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int NON_REPUDIATION = 1;
    private static final int RSA_BITS = 2048;

    private final Supplier<Authorities> authorities;
    private final Clock clock;

    /**
     * With its authorities and its clock.
     *
     * @param authorities asked at each verification, e.g. an {@link AuthorityFolder}
     * @param clock at whose time validity and revocation are judged
     */
    public EstablishmentCertificates(Supplier<Authorities> authorities, Clock clock) {
        this.authorities = authorities;
        this.clock = clock;
    }

    /**
     * Verifies a certificate.
     *
     * @param certificate that of the TLS client, or that of a signature; enclosed authorities are not needed
     * @param usage what it is used for here
     * @throws EstablishmentRefusal naming why it is refused; with status 503 when that cannot be known for now
     */
    public EstablishmentCertificate verify(X509Certificate certificate, CertificateUsage usage) {
        Authorities trusted = authorities.get();
        List<X509Certificate> path = trusted.pathOf(certificate)
                .orElseThrow(() -> new EstablishmentRefusal(EstablishmentError.CERTIFICATE_AUTHORITY_UNKNOWN));
        validate(path, trusted);
        // the JDK lets pass what is listed with a date yet to come: here, listed is revoked
        if (path.stream().anyMatch(one -> trusted.revocations().stream().anyMatch(list -> list.isRevoked(one)))) {
            throw new EstablishmentRefusal(EstablishmentError.CERTIFICATE_REVOKED);
        }
        if (certificate.getPublicKey() instanceof RSAPublicKey rsa
                && rsa.getModulus().bitLength() < RSA_BITS) {
            throw new EstablishmentRefusal(EstablishmentError.CERTIFICATE_WEAK);
        }
        if (!serves(certificate, usage)) {
            throw new EstablishmentRefusal(EstablishmentError.CERTIFICATE_USAGE);
        }
        SubjectName subject = SubjectName.of(certificate.getSubjectX500Principal());
        StructureId structure = subject.structure()
                .orElseThrow(() -> new EstablishmentRefusal(EstablishmentError.CERTIFICATE_STRUCTURE));
        return new EstablishmentCertificate(
                certificate, structure, subject.organisation().orElse(structure.value()));
    }

    private void validate(List<X509Certificate> path, Authorities trusted) {
        X509Certificate root = path.get(path.size() - 1);
        try {
            // revocation is checked by the lists at hand alone: nothing is fetched unless the JVM is told to
            CertPathValidator.getInstance("PKIX")
                    .validate(
                            CertificateFactory.getInstance("X.509").generateCertPath(path.subList(0, path.size() - 1)),
                            parameters(root, trusted));
        } catch (CertPathValidatorException e) {
            throw new EstablishmentRefusal(errorOf(e), e);
        } catch (GeneralSecurityException e) {
            throw new EstablishmentRefusal(EstablishmentError.CERTIFICATE_INVALID, e);
        }
    }

    private PKIXParameters parameters(X509Certificate root, Authorities trusted)
            throws InvalidAlgorithmParameterException, NoSuchAlgorithmException {
        var parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
        parameters.setDate(Date.from(clock.instant()));
        parameters.addCertStore(
                CertStore.getInstance("Collection", new CollectionCertStoreParameters(trusted.revocations())));
        return parameters;
    }

    private static EstablishmentError errorOf(CertPathValidatorException e) {
        if (!(e.getReason() instanceof BasicReason reason)) {
            return EstablishmentError.CERTIFICATE_INVALID;
        }
        return switch (reason) {
            case EXPIRED -> EstablishmentError.CERTIFICATE_EXPIRED;
            case NOT_YET_VALID -> EstablishmentError.CERTIFICATE_NOT_YET_VALID;
            case REVOKED -> EstablishmentError.CERTIFICATE_REVOKED;
            case UNDETERMINED_REVOCATION_STATUS -> EstablishmentError.REVOCATION_UNKNOWN;
            case ALGORITHM_CONSTRAINED -> EstablishmentError.CERTIFICATE_WEAK;
            case INVALID_SIGNATURE, UNSPECIFIED -> EstablishmentError.CERTIFICATE_INVALID;
        };
    }

    /** A certificate that may connect may not sign, and the other way round: an establishment has one for each. */
    private static boolean serves(X509Certificate certificate, CertificateUsage usage) {
        boolean[] keys = certificate.getKeyUsage();
        if (keys == null || certificate.getBasicConstraints() >= 0) {
            return false;
        }
        boolean connects = extendedUsages(certificate).contains(CLIENT_AUTH);
        return switch (usage) {
            case CLIENT_AUTHENTICATION -> connects && keys[DIGITAL_SIGNATURE];
            case SIGNATURE ->
                !connects
                        && !extendedUsages(certificate).contains(ANY_USAGE)
                        && (keys[DIGITAL_SIGNATURE] || keys[NON_REPUDIATION]);
        };
    }

    private static List<String> extendedUsages(X509Certificate certificate) {
        try {
            List<String> usages = certificate.getExtendedKeyUsage();
            return usages == null ? List.of() : usages;
        } catch (CertificateParsingException e) {
            throw new EstablishmentRefusal(EstablishmentError.CERTIFICATE_INVALID, e);
        }
    }
}
