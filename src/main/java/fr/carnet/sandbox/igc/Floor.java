package fr.carnet.sandbox.igc;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** One authority: signs certificates and its revocation list. */
record Floor(X509Certificate certificate, PrivateKey key) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BITS = 2048;
    private static final int CURVE_BITS = 256;
    private static final int SERIAL_BITS = 120;
    private static final String ALGORITHM = "SHA256withRSA";
    /** Longer than any sandbox runs without its clock being moved, which makes new lists. */
    private static final Duration LIST_LIFETIME = Duration.ofDays(366);

    /** What a certificate says besides its names. */
    record Content(X500Name subject, PublicKey key, Instant from, Instant to) {}

    /** Extensions that differ by what a certificate is for. */
    @FunctionalInterface
    interface Extensions {
        void addTo(X509v3CertificateBuilder builder) throws IOException;
    }

    static KeyPair newKeys() {
        return newKeys("RSA", BITS);
    }

    /** On P-256: made at once. */
    static KeyPair quickKeys() {
        return newKeys("EC", CURVE_BITS);
    }

    private static KeyPair newKeys(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK makes RSA and EC keys", e);
        }
    }

    /** An authority above all. */
    static Floor root(Content content, PrivateKey key, Extensions extensions) {
        X509Certificate certificate = signed(content.subject(), content.key(), key, content, extensions);
        return new Floor(certificate, key);
    }

    X509Certificate sign(Content content, Extensions extensions) {
        X500Name issuer =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        return signed(issuer, certificate.getPublicKey(), key, content, extensions);
    }

    X509CRL revocations(Map<BigInteger, Instant> revoked, Instant now) {
        try {
            X500Name issuer =
                    X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
            var builder = new X509v2CRLBuilder(issuer, Date.from(now));
            builder.setNextUpdate(Date.from(now.plus(LIST_LIFETIME)));
            revoked.forEach((serial, since) -> builder.addCRLEntry(serial, Date.from(since), CRLReason.keyCompromise));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate.getPublicKey()));
            return new JcaX509CRLConverter().getCRL(builder.build(signer(key)));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("a revocation list cannot be made", e);
        }
    }

    private static X509Certificate signed(
            X500Name issuer, PublicKey issuerKey, PrivateKey by, Content content, Extensions extensions) {
        try {
            var builder = new X509v3CertificateBuilder(
                    issuer,
                    new BigInteger(SERIAL_BITS, RANDOM),
                    Date.from(content.from()),
                    Date.from(content.to()),
                    content.subject(),
                    SubjectPublicKeyInfo.getInstance(content.key().getEncoded()));
            var identifiers = new JcaX509ExtensionUtils();
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, identifiers.createAuthorityKeyIdentifier(issuerKey));
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(content.key()));
            extensions.addTo(builder);
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer(by)));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("a certificate cannot be made", e);
        }
    }

    private static ContentSigner signer(PrivateKey key) {
        try {
            return new JcaContentSignerBuilder(ALGORITHM).build(key);
        } catch (OperatorCreationException e) {
            throw new IllegalStateException("every JDK signs with RSA", e);
        }
    }
}
