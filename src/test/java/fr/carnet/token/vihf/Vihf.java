package fr.carnet.token.vihf;

import fr.carnet.sandbox.igc.IssuedCertificate;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignatureMethod;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.keyinfo.KeyInfoFactory;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.ExcC14NParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** A VIHF as software of an establishment would write it, and whatever else: any field can be set or taken away. */
public final class Vihf {

    public static final String ROLE = "urn:oasis:names:tc:xacml:2.0:subject:role";
    public static final String PURPOSE = "urn:oasis:names:tc:xspa:1.0:subject:purposeofuse";
    public static final String NAME = "urn:oasis:names:tc:xspa:1.0:subject:subject-id";
    public static final String PATIENT = "urn:oasis:names:tc:xacml:2.0:resource:resource-id";
    public static final String CONFIDENTIALITY =
            "urn:oasis:names:tc:xspa:1.0:resource:patient:hl7:confidentiality-code";

    private static final String CODED = "<%s xmlns=\"urn:hl7-org:v3\" xsi:type=\"CE\" code=\"%s\" codeSystem=\"%s\"/>";

    private final Map<String, List<String>> attributes = new LinkedHashMap<>();
    private final String id = "_" + UUID.randomUUID();
    private String version = "2.0";
    private String issueInstant;
    private String issuer;
    private String subject = "<NameID>899700100029</NameID>";
    private String authentication =
            "<AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified" + "</AuthnContextClassRef>";
    private String conditions = "";

    private Vihf() {}

    /** Of a hospital cardiologist who feeds the record of a patient. */
    public static Vihf of(String structure, IssuedCertificate signer, Instant now) {
        Vihf vihf = new Vihf();
        vihf.issueInstant = now.toString();
        vihf.issuer = signer.certificate().getSubjectX500Principal().getName();
        return vihf.with("VIHF_Version", "3.0")
                .with("Authentification_Mode", "INDIRECTE")
                .with("Identifiant_Structure", structure)
                .with("Secteur_Activite", "SA01^1.2.250.1.71.4.2.4")
                .with(NAME, "Paul Leroy")
                .with(PATIENT, "284057505601204^^^&amp;1.2.250.1.213.1.4.10&amp;ISO^NH")
                .with("Ressource_URN", "urn:dmp")
                .with("LPS_ID", "12")
                .with("LPS_Nom", "DPI de test")
                .with("LPS_Version", "7.2")
                .with("LPS_ID_HOMOLOGATION_DMP", "TST-0001")
                .with(PURPOSE, purpose("normal"))
                .with(ROLE, role("10", "1.2.250.1.71.1.2.7"), role("SM04", "1.2.250.1.71.4.2.5"));
    }

    public static String role(String code, String system) {
        return CODED.formatted("Role", code, system);
    }

    public static String purpose(String code) {
        return CODED.formatted("PurposeOfUse", code, "1.2.250.1.213.1.1.4.248");
    }

    /** Sets an attribute; the values are XML. */
    public Vihf with(String name, String... values) {
        attributes.put(name, List.of(values));
        return this;
    }

    /** Takes an attribute away. */
    public Vihf without(String name) {
        attributes.remove(name);
        return this;
    }

    /** Reinforced: the live user, and how he was authenticated. */
    public Vihf reinforced(String method) {
        authentication += "<AuthnContextDecl>" + method + "</AuthnContextDecl>";
        return with("Authentification_Mode", "INDIRECTE_RENFORCEE");
    }

    public Vihf authentication(String xml) {
        authentication = xml;
        return this;
    }

    public Vihf issuer(String name) {
        issuer = name;
        return this;
    }

    public Vihf subject(String xml) {
        subject = xml;
        return this;
    }

    public Vihf conditions(String xml) {
        conditions = xml;
        return this;
    }

    public Vihf issueInstant(String time) {
        issueInstant = time;
        return this;
    }

    public Vihf version(String saml) {
        version = saml;
        return this;
    }

    public String id() {
        return id;
    }

    /** The text, without a signature. */
    public String text() {
        String statements = attributes.entrySet().stream()
                .map(one -> "<Attribute Name=\"" + one.getKey() + "\">"
                        + one.getValue().stream()
                                .map(value -> "<AttributeValue>" + value + "</AttributeValue>")
                                .collect(Collectors.joining())
                        + "</Attribute>")
                .collect(Collectors.joining());
        return "<Assertion xmlns=\"urn:oasis:names:tc:SAML:2.0:assertion\""
                + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" ID=\"" + id + "\" IssueInstant=\""
                + issueInstant + "\" Version=\"" + version + "\">"
                + (issuer == null ? "" : "<Issuer>" + issuer.replace("&", "&amp;") + "</Issuer>")
                + "<Subject>" + subject + "</Subject>" + conditions
                + "<AuthnStatement AuthnInstant=\"" + issueInstant + "\"><AuthnContext>" + authentication
                + "</AuthnContext></AuthnStatement><AttributeStatement>" + statements
                + "</AttributeStatement></Assertion>";
    }

    public byte[] signedBy(IssuedCertificate signer) {
        return bytes(document(signer));
    }

    public Document document(IssuedCertificate signer) {
        return document(signer, SignatureMethod.RSA_SHA256, DigestMethod.SHA256);
    }

    public Document document(IssuedCertificate signer, String signature, String digest) {
        Document document = parse(text());
        sign(document, document.getDocumentElement(), signer, signature, digest);
        return document;
    }

    static void sign(Document document, Element element, IssuedCertificate signer, String method, String digest) {
        element.setIdAttribute("ID", true);
        XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");
        try {
            Reference reference = factory.newReference(
                    "#" + element.getAttribute("ID"),
                    factory.newDigestMethod(digest, null),
                    List.of(
                            factory.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null),
                            factory.newTransform(
                                    CanonicalizationMethod.EXCLUSIVE,
                                    new ExcC14NParameterSpec(List.of("ds", "saml", "#default", "xsi")))),
                    null,
                    null);
            DOMSignContext context = new DOMSignContext(
                    signer.key(), element, element.getFirstChild().getNextSibling());
            context.setProperty("org.jcp.xml.dsig.secureValidation", false);
            XMLSignature signature = factory.newXMLSignature(
                    factory.newSignedInfo(
                            factory.newCanonicalizationMethod(
                                    CanonicalizationMethod.EXCLUSIVE, (C14NMethodParameterSpec) null),
                            factory.newSignatureMethod(method, null),
                            List.of(reference)),
                    keyInfo(factory, signer));
            signature.sign(context);
        } catch (GeneralSecurityException | MarshalException | XMLSignatureException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyInfo keyInfo(XMLSignatureFactory factory, IssuedCertificate signer) {
        KeyInfoFactory keys = factory.getKeyInfoFactory();
        return keys.newKeyInfo(List.of(keys.newX509Data(List.of(signer.certificate()))));
    }

    static Document parse(String xml) {
        try {
            return DocumentBuilderFactory.newDefaultNSInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public static byte[] bytes(Document document) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            TransformerFactory.newDefaultInstance()
                    .newTransformer()
                    .transform(new DOMSource(document), new StreamResult(out));
        } catch (TransformerException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }
}
