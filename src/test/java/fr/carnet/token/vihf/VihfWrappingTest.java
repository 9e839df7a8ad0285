package fr.carnet.token.vihf;

import static fr.carnet.token.establishment.Establishment.CLOCK;
import static fr.carnet.token.establishment.Establishment.HOSPITAL;
import static fr.carnet.token.establishment.Establishment.LIMITS;
import static fr.carnet.token.establishment.Establishment.NOW;
import static fr.carnet.token.establishment.Establishment.SIGNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.carnet.token.establishment.Establishment;
import fr.carnet.token.establishment.EstablishmentError;
import fr.carnet.token.establishment.EstablishmentRefusal;
import fr.carnet.token.establishment.EstablishmentStatements;
import java.nio.charset.StandardCharsets;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.SignatureMethod;
import javax.xml.crypto.dsig.XMLSignature;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** What was signed is put elsewhere, and something else in its place (signature wrapping, XSW). */
@Tag("R82")
class VihfWrappingTest {

    private static final String SAML = "urn:oasis:names:tc:SAML:2.0:assertion";
    private static final String VICTIM = "899700100029";
    private static final String ATTACKER = "899700100011";

    private final Document signed = vihf().document(SIGNING);

    @Test
    void signedOriginalInTheSignatureItself() {
        Document forged = forged("_evil");
        Element signature = moveSignature(forged, forged.getDocumentElement());
        Element object = forged.createElementNS(XMLSignature.XMLNS, "Object");
        signature.appendChild(object).appendChild(original(forged));
        assertThat(refusal(forged)).isEqualTo(EstablishmentError.SIGNATURE_COVERAGE);
    }

    @Test
    void signedOriginalInsideTheForgedOne() {
        Document forged = forged("_evil");
        moveSignature(forged, forged.getDocumentElement());
        forged.getDocumentElement()
                .appendChild(forged.createElementNS(SAML, "Advice"))
                .appendChild(original(forged));
        assertThat(refusal(forged)).isEqualTo(EstablishmentError.SIGNATURE_COVERAGE);
    }

    @Test
    void forgedOneWithTheIdOfTheOriginal() {
        Document forged = forged(signed.getDocumentElement().getAttribute("ID"));
        moveSignature(forged, forged.getDocumentElement());
        forged.getDocumentElement().appendChild(original(forged));
        assertThat(refusal(forged)).isEqualTo(EstablishmentError.SIGNATURE_COVERAGE);
    }

    @Test
    void originalUnderAnotherName() {
        Document forged = forged(signed.getDocumentElement().getAttribute("ID"));
        moveSignature(forged, forged.getDocumentElement());
        Node original = original(forged);
        forged.renameNode(original, SAML, "Statement");
        forged.getDocumentElement().appendChild(original);
        assertThat(refusal(forged)).isEqualTo(EstablishmentError.SIGNATURE_INVALID);
    }

    @Test
    void originalWithItsSignatureInsideTheForgedOne() {
        Document forged = forged("_evil");
        forged.getDocumentElement().appendChild(forged.importNode(signed.getDocumentElement(), true));
        assertThat(refusal(forged)).isEqualTo(EstablishmentError.SIGNATURE_COVERAGE);
    }

    @Test
    void bothInAnEnvelope() {
        Document envelope = Vihf.parse("<Response xmlns=\"urn:oasis:names:tc:SAML:2.0:protocol\"/>");
        envelope.getDocumentElement()
                .appendChild(envelope.importNode(forged("_evil").getDocumentElement(), true));
        envelope.getDocumentElement().appendChild(envelope.importNode(signed.getDocumentElement(), true));
        assertThat(refusal(envelope)).isEqualTo(EstablishmentError.ASSERTION_MALFORMED);
    }

    @Test
    void signatureWhereItIsNotLookedFor() {
        Node subject = signed.getElementsByTagNameNS(SAML, "Subject").item(0);
        subject.appendChild(signature(signed));
        assertThat(refusal(signed)).isEqualTo(EstablishmentError.SIGNATURE_COVERAGE);
    }

    @Test
    void statementAddedAfterwards() {
        Node statement = forged("_evil")
                .getElementsByTagNameNS(SAML, "AttributeStatement")
                .item(0);
        signed.getDocumentElement().appendChild(signed.importNode(statement, true));
        assertThat(refusal(signed)).isEqualTo(EstablishmentError.SIGNATURE_INVALID);
    }

    @Test
    void statementHiddenInTheSignature() {
        Node statement = forged("_evil")
                .getElementsByTagNameNS(SAML, "AttributeStatement")
                .item(0);
        Element object = signed.createElementNS(XMLSignature.XMLNS, "Object");
        signature(signed).appendChild(object).appendChild(signed.importNode(statement, true));
        assertThat(refusal(signed)).isEqualTo(EstablishmentError.SIGNATURE_COVERAGE);
    }

    @Test
    void twoSignatures() {
        signed.getDocumentElement().appendChild(signature(signed).cloneNode(true));
        assertThat(refusal(signed)).isEqualTo(EstablishmentError.SIGNATURE_COVERAGE);
    }

    @Test
    void noSignature() {
        assertThat(refusal(Vihf.parse(vihf().text()))).isEqualTo(EstablishmentError.SIGNATURE_MISSING);
    }

    @Test
    void referenceToSomethingElse() {
        Element reference = (Element)
                signed.getElementsByTagNameNS(XMLSignature.XMLNS, "Reference").item(0);
        for (String uri : new String[] {"", "#other", "#xpointer(/)", "http://localhost:1/assertion", "file:///"}) {
            reference.setAttribute("URI", uri);
            assertThat(refusal(signed)).isEqualTo(EstablishmentError.SIGNATURE_COVERAGE);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://www.w3.org/TR/1999/REC-xslt-19991116",
        "http://www.w3.org/TR/1999/REC-xpath-19991116",
        "http://www.w3.org/2002/06/xmldsig-filter2",
        "http://www.w3.org/2000/09/xmldsig#base64",
        CanonicalizationMethod.INCLUSIVE
    })
    void otherTransforms(String algorithm) {
        Element transform = (Element)
                signed.getElementsByTagNameNS(XMLSignature.XMLNS, "Transform").item(1);
        transform.setAttribute("Algorithm", algorithm);
        assertThat(refusal(signed))
                .isIn(
                        EstablishmentError.SIGNATURE_COVERAGE,
                        EstablishmentError.SIGNATURE_INVALID,
                        EstablishmentError.ASSERTION_MALFORMED);
    }

    @Test
    void weakAlgorithms() {
        assertThat(refusal(vihf().document(SIGNING, SignatureMethod.RSA_SHA1, DigestMethod.SHA256)))
                .isEqualTo(EstablishmentError.SIGNATURE_ALGORITHM);
        assertThat(refusal(vihf().document(SIGNING, VihfAssertionsTest.SHA256_RSA, DigestMethod.SHA1)))
                .isEqualTo(EstablishmentError.SIGNATURE_ALGORITHM);
        Element method = (Element) signed.getElementsByTagNameNS(XMLSignature.XMLNS, "SignatureMethod")
                .item(0);
        for (String other : new String[] {SignatureMethod.HMAC_SHA256, SignatureMethod.DSA_SHA256, "", "none"}) {
            method.setAttribute("Algorithm", other);
            assertThat(refusal(signed)).isEqualTo(EstablishmentError.SIGNATURE_ALGORITHM);
        }
    }

    @Test
    void strongerAlgorithmsAreAccepted() {
        Document document = vihf().document(SIGNING, SignatureMethod.SHA512_RSA_MGF1, DigestMethod.SHA512);
        assertThat(verifier().accept(Vihf.bytes(document)).structure()).isEqualTo(HOSPITAL);
    }

    @Test
    void certificateMustBeEnclosed() {
        Node keyInfo =
                signed.getElementsByTagNameNS(XMLSignature.XMLNS, "KeyInfo").item(0);
        keyInfo.getParentNode().removeChild(keyInfo);
        assertThat(refusal(signed)).isEqualTo(EstablishmentError.SIGNATURE_CERTIFICATE_MISSING);
    }

    @Test
    void commentInAFieldCutsNothing() {
        String text = new String(Vihf.bytes(signed), StandardCharsets.UTF_8)
                .replace(VICTIM, VICTIM.substring(0, 5) + "<!-- " + ATTACKER + " -->" + VICTIM.substring(5));
        EstablishmentStatements read = verifier().accept(text.getBytes(StandardCharsets.UTF_8));
        assertThat(read.professional().id().value()).isEqualTo(VICTIM);
    }

    @Test
    void otherRootsAreRefused() {
        for (String xml :
                new String[] {"<Assertion/>", "<a xmlns=\"" + SAML + "\"/>", "<Assertion xmlns=\"" + SAML + "\"/>"}) {
            assertThat(refusal(Vihf.parse(xml))).isEqualTo(EstablishmentError.ASSERTION_MALFORMED);
        }
    }

    private static Vihf vihf() {
        return Vihf.of(HOSPITAL.value(), SIGNING, NOW).subject("<NameID>" + VICTIM + "</NameID>");
    }

    /** What the attacker wants to be read. */
    private static Document forged(String id) {
        Document forged = Vihf.parse(Vihf.of(HOSPITAL.value(), SIGNING, NOW)
                .subject("<NameID>" + ATTACKER + "</NameID>")
                .text());
        forged.getDocumentElement().setAttribute("ID", id);
        return forged;
    }

    private Node original(Document into) {
        Element copy = (Element) into.importNode(signed.getDocumentElement(), true);
        Node signature =
                copy.getElementsByTagNameNS(XMLSignature.XMLNS, "Signature").item(0);
        copy.removeChild(signature);
        return copy;
    }

    private Element moveSignature(Document into, Node parent) {
        Element copy = (Element) into.importNode(signature(signed), true);
        parent.insertBefore(copy, parent.getFirstChild().getNextSibling());
        return copy;
    }

    private static Node signature(Document document) {
        return document.getElementsByTagNameNS(XMLSignature.XMLNS, "Signature").item(0);
    }

    private static VihfAssertions verifier() {
        return new VihfAssertions(Establishment.certificates(), Establishment.memory(), LIMITS, CLOCK);
    }

    private static EstablishmentError refusal(Document document) {
        return catchThrowableOfType(() -> verifier().accept(Vihf.bytes(document)), EstablishmentRefusal.class)
                .error();
    }
}
