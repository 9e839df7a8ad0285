package fr.carnet.token.vihf;

import fr.carnet.token.establishment.CertificateUsage;
import fr.carnet.token.establishment.EstablishmentCertificate;
import fr.carnet.token.establishment.EstablishmentCertificates;
import fr.carnet.token.establishment.EstablishmentError;
import fr.carnet.token.establishment.EstablishmentRefusal;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;
import javax.xml.crypto.AlgorithmMethod;
import javax.xml.crypto.KeySelector;
import javax.xml.crypto.KeySelectorResult;
import javax.xml.crypto.XMLCryptoContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.keyinfo.X509Data;

/** The key of a signature: of the certificate that it encloses, once that one is verified. Bare keys count for nothing. */
final class SignerKey extends KeySelector {

    private final EstablishmentCertificates certificates;
    private EstablishmentCertificate signer;

    SignerKey(EstablishmentCertificates certificates) {
        this.certificates = certificates;
    }

    /** Whose key was used. */
    EstablishmentCertificate signer() {
        return signer;
    }

    @Override
    public KeySelectorResult select(
            KeyInfo keyInfo, Purpose purpose, AlgorithmMethod method, XMLCryptoContext context) {
        Stream<?> found = keyInfo == null ? Stream.empty() : keyInfo.getContent().stream();
        X509Certificate certificate = found.filter(X509Data.class::isInstance)
                .flatMap(data -> ((X509Data) data).getContent().stream())
                .filter(X509Certificate.class::isInstance)
                .map(X509Certificate.class::cast)
                .findFirst()
                .orElseThrow(() -> new EstablishmentRefusal(EstablishmentError.SIGNATURE_CERTIFICATE_MISSING));
        signer = certificates.verify(certificate, CertificateUsage.SIGNATURE);
        return certificate::getPublicKey;
    }
}
