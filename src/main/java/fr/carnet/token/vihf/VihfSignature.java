package fr.carnet.token.vihf;

import fr.carnet.token.establishment.EstablishmentCertificates;
import fr.carnet.token.establishment.EstablishmentError;
import fr.carnet.token.establishment.EstablishmentRefusal;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.xml.crypto.AlgorithmMethod;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignatureMethod;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The signature of an assertion (SAML core §5.4), proved by the JDK's XML Signature with its secure validation.
 *
 * <p>One signature, child of the root, with one reference to that root; enveloped, exclusive canonicalization, SHA-256 or
 * above. Everything else is refused before anything is computed.
 */
final class VihfSignature {

    private static final String SECURE_VALIDATION = "org.jcp.xml.dsig.secureValidation";
    private static final String KEEP_DIGESTED_BYTES = "javax.xml.crypto.dsig.cacheReference";
    private static final List<String> TRANSFORMS = List.of(Transform.ENVELOPED, CanonicalizationMethod.EXCLUSIVE);
    private static final Set<String> CANONICALIZATIONS = Set.of(CanonicalizationMethod.EXCLUSIVE);
    private static final Set<String> DIGESTS = Set.of(DigestMethod.SHA256, DigestMethod.SHA384, DigestMethod.SHA512);
    private static final Set<String> SIGNATURES = Set.of(
            SignatureMethod.RSA_SHA256,
            SignatureMethod.RSA_SHA384,
            SignatureMethod.RSA_SHA512,
            SignatureMethod.SHA256_RSA_MGF1,
            SignatureMethod.SHA384_RSA_MGF1,
            SignatureMethod.SHA512_RSA_MGF1,
            SignatureMethod.ECDSA_SHA256,
            SignatureMethod.ECDSA_SHA384,
            SignatureMethod.ECDSA_SHA512);

    private final EstablishmentCertificates certificates;

    VihfSignature(EstablishmentCertificates certificates) {
        this.certificates = certificates;
    }

    /** @throws EstablishmentRefusal naming why it is refused */
    SignedAssertion verify(Document document) {
        Element root = document.getDocumentElement();
        if (!Saml.is(root, "Assertion") || root.getAttribute("ID").isBlank()) {
            throw new EstablishmentRefusal(EstablishmentError.ASSERTION_MALFORMED);
        }
        Element element = signatureOf(root);
        checkAlgorithms(element);
        // the only id of the document: nothing else can be referred to
        root.setIdAttribute("ID", true);
        SignerKey key = new SignerKey(certificates);
        var context = new DOMValidateContext(key, element);
        context.setProperty(SECURE_VALIDATION, true);
        context.setProperty(KEEP_DIGESTED_BYTES, true);
        try {
            XMLSignature signature = XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context);
            Reference reference = soleReference(signature, root.getAttribute("ID"));
            if (!signature.validate(context)) {
                throw new EstablishmentRefusal(EstablishmentError.SIGNATURE_INVALID);
            }
            return new SignedAssertion(digested(reference), key.signer());
        } catch (MarshalException | IOException e) {
            throw new EstablishmentRefusal(EstablishmentError.ASSERTION_MALFORMED, e);
        } catch (XMLSignatureException e) {
            throw new EstablishmentRefusal(EstablishmentError.SIGNATURE_INVALID, e);
        }
    }

    /** The only one of the whole document, where SAML wants it. */
    private static Element signatureOf(Element root) {
        NodeList signatures = root.getElementsByTagNameNS(XMLSignature.XMLNS, "Signature");
        if (signatures.getLength() == 0) {
            throw new EstablishmentRefusal(EstablishmentError.SIGNATURE_MISSING);
        }
        NodeList assertions = root.getElementsByTagNameNS("*", "Assertion");
        if (signatures.getLength() > 1
                || assertions.getLength() > 0
                || signatures.item(0).getParentNode() != root) {
            throw new EstablishmentRefusal(EstablishmentError.SIGNATURE_COVERAGE);
        }
        return (Element) signatures.item(0);
    }

    private static void checkAlgorithms(Element signature) {
        boolean strong = all(signature, "SignatureMethod", SIGNATURES)
                && all(signature, "DigestMethod", DIGESTS)
                && all(signature, "CanonicalizationMethod", CANONICALIZATIONS);
        if (!strong) {
            throw new EstablishmentRefusal(EstablishmentError.SIGNATURE_ALGORITHM);
        }
    }

    private static boolean all(Element signature, String name, Set<String> accepted) {
        NodeList methods = signature.getElementsByTagNameNS(XMLSignature.XMLNS, name);
        return IntStream.range(0, methods.getLength())
                .mapToObj(i -> ((Element) methods.item(i)).getAttribute("Algorithm"))
                .allMatch(accepted::contains);
    }

    private static Reference soleReference(XMLSignature signature, String id) {
        List<Reference> references = signature.getSignedInfo().getReferences();
        if (references.size() != 1 || !signature.getObjects().isEmpty()) {
            throw new EstablishmentRefusal(EstablishmentError.SIGNATURE_COVERAGE);
        }
        Reference reference = references.get(0);
        List<String> transforms = reference.getTransforms().stream()
                .map(AlgorithmMethod::getAlgorithm)
                .toList();
        if (!("#" + id).equals(reference.getURI()) || !transforms.equals(TRANSFORMS)) {
            throw new EstablishmentRefusal(EstablishmentError.SIGNATURE_COVERAGE);
        }
        return reference;
    }

    private static Element digested(Reference reference) throws IOException {
        try (InputStream bytes = reference.getDigestInputStream()) {
            return HardenedDom.parse(bytes.readAllBytes()).getDocumentElement();
        }
    }
}
