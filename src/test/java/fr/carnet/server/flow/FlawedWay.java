package fr.carnet.server.flow;

import static fr.carnet.server.flow.Vendor.HOSPITAL;
import static fr.carnet.server.flow.Vendor.HOSPITAL_CONNECTS;
import static fr.carnet.server.flow.Vendor.HOSPITAL_SIGNS;
import static fr.carnet.server.flow.Vendor.certificate;
import static fr.carnet.server.flow.Vendor.endpoint;
import static fr.carnet.server.flow.Vendor.issued;
import static fr.carnet.server.flow.Vendor.now;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import fr.carnet.caller.RoleSystem;
import fr.carnet.sandbox.igc.IssuedCertificate;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Person;
import fr.carnet.shared.Digest;
import fr.carnet.token.SigningKeys;
import fr.carnet.token.establishment.AirAssertion;
import fr.carnet.token.vihf.Vihf;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javax.xml.crypto.dsig.DigestMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;

/** A way in, tried with a proof that has one flaw. */
enum FlawedWay {
    PSC {
        @Override
        Optional<Attempt> tried(Flaw flaw) {
            return Optional.ofNullable(
                    switch (flaw) {
                        case EXPIRED -> exchanged(Vendor.psc("dr-leroy", "fate", "expired"));
                        case WRONG_AUDIENCE -> exchanged(Vendor.psc("dr-leroy", "client_id", "autre-lps"));
                        case WRONG_ISSUER -> exchanged(Vendor.psc("dr-leroy", "issuer", "https://autre.example"));
                        case WRONG_ALGORITHM -> exchanged(shared(claimsOf(Vendor.psc("dr-leroy"))));
                        case NONE -> exchanged(new PlainJWT(claimsOf(Vendor.psc("dr-leroy"))).serialize());
                        case UNKNOWN_KEY -> exchanged(strange(claimsOf(Vendor.psc("dr-leroy"))));
                        case REVOKED_CERTIFICATE ->
                            exchanged(
                                    Vendor.with(certificate("hospital", "auth-cli", "revoked")),
                                    Vendor.psc("dr-leroy"));
                        case OTHER_STRUCTURE ->
                            exchanged(Software.HOSPITAL, Vendor.psc("dr-leroy"), "structure", "1990000028");
                        case OTHER_PATIENT -> {
                            HttpResponse<String> token = Software.HOSPITAL.exchanged(
                                    Vendor.psc("dr-leroy"),
                                    "person_id",
                                    Scene.ALICE.ins().cx());
                            yield ofAnother(issued(token));
                        }
                        case UNKNOWN_RPPS -> exchanged(Vendor.psc("dr-leroy", "rpps", NOBODY));
                        case WRONG_PROFESSION -> exchanged(Vendor.psc("dr-leroy", "profession", "60"));
                        case MISSING_FIELD -> exchanged(Vendor.psc("dr-leroy", "without", "SubjectNameID"));
                        case LOW_ASSURANCE -> exchanged(Vendor.psc("dr-leroy", "acr", "eidas0"));
                        case NOT_YET_VALID, REPLAYED -> null;
                    });
        }

        private Attempt exchanged(String token) {
            return exchanged(Software.HOSPITAL, token);
        }

        private Attempt exchanged(Vendor vendor, String token, String... more) {
            return new Attempt(vendor.exchanged(token, more), token);
        }
    },

    AIR {
        @Override
        Optional<Attempt> tried(Flaw flaw) {
            return Optional.of(
                    switch (flaw) {
                        case EXPIRED -> sent(issuedAt(now().minus(LONG)));
                        case NOT_YET_VALID -> sent(issuedAt(now().plus(LONG)));
                        case WRONG_AUDIENCE -> sent(air().with("aud", "https://autre.example/oauth2/token"));
                        case WRONG_ISSUER -> sent(air().with("iss", "1990000069"));
                        case WRONG_ALGORITHM -> sent(confused());
                        case NONE -> sent(air().withoutSignature());
                        case UNKNOWN_KEY -> sent(air().signedBy(forger()));
                        case REVOKED_CERTIFICATE -> sent(air().signedBy(certificate("hospital", "sign", "revoked")));
                        case OTHER_STRUCTURE -> {
                            String assertion = air().signedBy(HOSPITAL_SIGNS);
                            yield new Attempt(laboratory().air(assertion), assertion);
                        }
                        case OTHER_PATIENT -> ofAnother(issued(Software.HOSPITAL.air(air().signedBy(HOSPITAL_SIGNS))));
                        case REPLAYED -> {
                            String assertion = air().signedBy(HOSPITAL_SIGNS);
                            issued(Software.HOSPITAL.air(assertion));
                            yield sent(assertion);
                        }
                        case UNKNOWN_RPPS -> sent(air().with("sub", NOBODY));
                        case WRONG_PROFESSION ->
                            sent(air().with(
                                            "extensions.ihe_iua.subject_role",
                                            List.of(AirAssertion.code(RoleSystem.G15.url(), "60"))));
                        case MISSING_FIELD -> sent(air().without("extensions.carnet.sector"));
                        case LOW_ASSURANCE -> sent(air().with("extensions.carnet.authentication_method", "LOGIN"));
                    });
        }

        private AirAssertion air() {
            return AirAssertion.of(HOSPITAL, endpoint(), now());
        }

        private AirAssertion issuedAt(Instant time) {
            return air().with("iat", Date.from(time)).with("exp", Date.from(time.plusSeconds(60)));
        }

        private Attempt sent(AirAssertion assertion) {
            return sent(assertion.signedBy(HOSPITAL_SIGNS));
        }

        private Attempt sent(String assertion) {
            return new Attempt(Software.HOSPITAL.air(assertion), assertion);
        }

        private String confused() {
            try {
                return air().confused(HOSPITAL_SIGNS);
            } catch (JOSEException e) {
                throw new IllegalStateException(e);
            }
        }
    },

    VIHF {
        @Override
        Optional<Attempt> tried(Flaw flaw) {
            return Optional.of(
                    switch (flaw) {
                        case EXPIRED ->
                            sent(vihf().issueInstant(now().minus(LONG).toString()));
                        case NOT_YET_VALID ->
                            sent(vihf().issueInstant(now().plus(LONG).toString()));
                        case WRONG_AUDIENCE ->
                            sent(vihf().conditions("<Conditions><AudienceRestriction><Audience>https://autre.example"
                                    + "</Audience></AudienceRestriction></Conditions>"));
                        case WRONG_ISSUER -> sent(vihf().issuer("CN=autre,OU=1990000069,O=Autre,C=FR"));
                        case WRONG_ALGORITHM ->
                            sent(Vihf.bytes(vihf().document(
                                            HOSPITAL_SIGNS,
                                            "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
                                            DigestMethod.SHA256)));
                        case NONE -> sent(vihf().text().getBytes(StandardCharsets.UTF_8));
                        case UNKNOWN_KEY -> sent(vihf().signedBy(forger()));
                        case REVOKED_CERTIFICATE -> sent(vihf().signedBy(certificate("hospital", "sign", "revoked")));
                        case OTHER_STRUCTURE -> {
                            byte[] assertion = vihf().signedBy(HOSPITAL_SIGNS);
                            yield new Attempt(laboratory().vihf(assertion), base64(assertion));
                        }
                        case OTHER_PATIENT ->
                            ofAnother(issued(Software.HOSPITAL.vihf(
                                    vihf().reinforced("CONF_EXI_PGSSIS").signedBy(HOSPITAL_SIGNS))));
                        case REPLAYED -> {
                            byte[] assertion = vihf().signedBy(HOSPITAL_SIGNS);
                            issued(Software.HOSPITAL.vihf(assertion));
                            yield sent(assertion);
                        }
                        case UNKNOWN_RPPS -> sent(vihf().subject("<NameID>8" + NOBODY + "</NameID>"));
                        case WRONG_PROFESSION -> sent(vihf().with(Vihf.ROLE, Vihf.role("60", "1.2.250.1.71.1.2.7")));
                        case MISSING_FIELD -> sent(vihf().without("Secteur_Activite"));
                        case LOW_ASSURANCE -> sent(vihf().reinforced("LOGIN"));
                    });
        }

        private Vihf vihf() {
            return Vihf.of(HOSPITAL, HOSPITAL_SIGNS, now());
        }

        private Attempt sent(Vihf assertion) {
            return sent(assertion.signedBy(HOSPITAL_SIGNS));
        }

        private Attempt sent(byte[] assertion) {
            return new Attempt(Software.HOSPITAL.vihf(assertion), base64(assertion));
        }
    },

    /** A person with a browser, by an ID token of the provider; the client is told by a redirection. */
    LOGIN {
        @Override
        Optional<Attempt> tried(Flaw flaw) {
            return Optional.ofNullable(
                    switch (flaw) {
                        case EXPIRED -> PersonLogin.spoilt("expired");
                        case NOT_YET_VALID -> PersonLogin.spoilt("future");
                        case WRONG_AUDIENCE -> PersonLogin.spoilt("audience");
                        case WRONG_ISSUER -> PersonLogin.spoilt("issuer");
                        case WRONG_ALGORITHM -> PersonLogin.spoilt("algorithm");
                        case NONE -> PersonLogin.spoilt("unsigned");
                        case UNKNOWN_KEY -> PersonLogin.spoilt("key");
                        case MISSING_FIELD -> PersonLogin.spoilt("missing");
                        case LOW_ASSURANCE -> PersonLogin.withOneFactor();
                        case OTHER_STRUCTURE -> PersonLogin.elsewhere("1990000028");
                        case OTHER_PATIENT -> ofAnother(issued(PersonLogin.exchanged(PersonLogin.code())));
                        case REPLAYED -> {
                            String code = PersonLogin.code();
                            issued(PersonLogin.exchanged(code));
                            yield new Attempt(PersonLogin.exchanged(code), code);
                        }
                        case REVOKED_CERTIFICATE, UNKNOWN_RPPS, WRONG_PROFESSION -> null;
                    });
        }
    },

    /** An access token of this server, at the door of the FHIR base. */
    DOOR {
        @Override
        Optional<Attempt> tried(Flaw flaw) {
            return Optional.ofNullable(
                    switch (flaw) {
                        case EXPIRED ->
                            shown(own(claims ->
                                    claims.issuedAt(now().minus(LONG)).expiresAt(now().minus(LONG.dividedBy(2)))));
                        case NOT_YET_VALID ->
                            shown(own(claims -> claims.issuedAt(now().plus(LONG))
                                    .expiresAt(now().plus(LONG).plusSeconds(60))));
                        case WRONG_AUDIENCE -> shown(own(claims -> claims.audience(List.of("https://autre.example"))));
                        case WRONG_ISSUER -> shown(own(claims -> claims.issuer("https://autre.example")));
                        case WRONG_ALGORITHM -> shown(shared(claimsOf(genuine())));
                        case NONE -> shown(new PlainJWT(claimsOf(genuine())).serialize());
                        case UNKNOWN_KEY -> shown(strange(claimsOf(genuine())));
                        case OTHER_STRUCTURE -> {
                            String token = own(claims -> claims.claim("cnf", Map.of("x5t#S256", thumbprint())));
                            yield new Attempt(laboratory().read(token, record(Scene.ALICE)), token);
                        }
                        case OTHER_PATIENT -> ofAnother(genuine());
                        case MISSING_FIELD -> shown(token("purpose", ""));
                        case LOW_ASSURANCE -> {
                            String token = token("auth_mode", "INDIRECTE");
                            yield new Attempt(Software.HOSPITAL.read(token, documents(Scene.ALICE)), token);
                        }
                        case REVOKED_CERTIFICATE, REPLAYED, UNKNOWN_RPPS, WRONG_PROFESSION -> null;
                    });
        }

        private Attempt shown(String token) {
            return new Attempt(Software.HOSPITAL.read(token, record(Scene.ALICE)), token);
        }

        private String genuine() {
            return token("purpose", "normal");
        }

        private String token(String field, String value) {
            return Scene.token("dr-leroy", Scene.ALICE, field, value);
        }

        /** Signed by the server's own key, whatever it says. */
        private String own(Consumer<JwtClaimsSet.Builder> change) {
            JWTClaimsSet genuine = claimsOf(genuine());
            JwtClaimsSet.Builder claims = JwtClaimsSet.builder()
                    .issuer(genuine.getIssuer())
                    .subject(genuine.getSubject())
                    .audience(genuine.getAudience())
                    .id(UUID.randomUUID().toString())
                    .issuedAt(now())
                    .expiresAt(now().plusSeconds(60))
                    .claim("client_id", genuine.getClaim("client_id"))
                    .claim("scope", genuine.getClaim("scope"))
                    .claim("extensions", genuine.getClaim("extensions"));
            change.accept(claims);
            JwsHeader header = JwsHeader.with(SignatureAlgorithm.from(Vendor.SERVER
                            .bean(SigningKeys.class)
                            .current()
                            .getAlgorithm()
                            .getName()))
                    .type("at+jwt")
                    .build();
            return Vendor.SERVER
                    .bean(JwtEncoder.class)
                    .encode(JwtEncoderParameters.from(header, claims.build()))
                    .getTokenValue();
        }
    };

    /** An RPPS number that the directory of the sandbox does not know. */
    private static final String NOBODY = "99700109996";

    private static final Duration LONG = Duration.ofMinutes(10);
    /** The server starts with the first attempt, not with the table. */
    private static final class Software {
        static final Vendor HOSPITAL = Vendor.hospital();
    }

    /** A request with that flaw; empty where the way in has no such case. */
    abstract Optional<Attempt> tried(Flaw flaw);

    /**
     * What came of it.
     *
     * @param answer the refusal
     * @param proof what was sent
     */
    record Attempt(HttpResponse<String> answer, String proof) {

        /** What is said, in the answer or to the client that it sends the browser back to. */
        String told() {
            return answer.body()
                    + answer.headers()
                            .firstValue("Location")
                            .map(location -> URLDecoder.decode(location, StandardCharsets.UTF_8))
                            .orElse("");
        }

        /** Whether the client is told by a redirection. */
        boolean isRedirection() {
            return answer.statusCode() == 303;
        }
    }

    /** The record of somebody else than the token names. */
    private static Attempt ofAnother(String token) {
        return new Attempt(Software.HOSPITAL.read(token, documents(Scene.BRUNO)), token);
    }

    private static Vendor laboratory() {
        return Vendor.with(certificate("laboratory", "auth-cli", "valid"));
    }

    /** Shows the hospital's certificate and signs with a key of his own. */
    private static IssuedCertificate forger() {
        return new IssuedCertificate(
                HOSPITAL_SIGNS.certificate(),
                certificate("laboratory", "sign", "valid").key(),
                HOSPITAL_SIGNS.authority());
    }

    private static String thumbprint() {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            Digest.SHA_256.of(HOSPITAL_CONNECTS.certificate().getEncoded()));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWTClaimsSet claimsOf(String token) {
        try {
            return SignedJWT.parse(token).getJWTClaimsSet();
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signed with a secret, as if this server and the sender shared one. */
    private static String shared(JWTClaimsSet claims) {
        try {
            return signed(JWSAlgorithm.HS256, new MACSigner("a secret of more than 32 characters"), claims);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signed with a key that nobody published. */
    private static String strange(JWTClaimsSet claims) {
        try {
            return signed(JWSAlgorithm.ES256, new ECDSASigner(new ECKeyGenerator(Curve.P_256).generate()), claims);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signed(JWSAlgorithm algorithm, JWSSigner signer, JWTClaimsSet claims) throws JOSEException {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(algorithm)
                        .type(new JOSEObjectType("at+jwt"))
                        .build(),
                claims);
        jwt.sign(signer);
        return jwt.serialize();
    }

    private static String base64(byte[] assertion) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(assertion);
    }

    private static String record(Person patient) {
        return "Patient?identifier=" + Call.escaped(patient.ins().token());
    }

    private static String documents(Person patient) {
        return "DocumentReference?status=current&" + Scene.of(patient);
    }
}
