package fr.carnet.faults;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import fr.carnet.caller.CallerTokens;
import fr.carnet.caller.RoleSystem;
import fr.carnet.server.cli.client.Depositor;
import fr.carnet.server.cli.client.Person;
import fr.carnet.shared.Digest;
import fr.carnet.shared.StructureId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** The issuer that production servers of the tests trust: mints tokens, serves its keys, and serves them badly on demand. */
public final class Issuer implements AutoCloseable {

    /** Its name, in tokens. */
    public static final String NAME = "https://issuer.test";
    /** Where its tokens believe the server to be. */
    public static final String PUBLIC_BASE = "https://carnet.test";

    static final String NURSE = "899700100037";

    private final HttpServer server;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile ECKey key = newKey();
    private volatile Reply reply = new Reply(200, published(key));

    /** What is answered to who asks for the keys. */
    private static final class Reply {
        private final int status;
        private final byte[] body;

        Reply(int status, byte[] body) {
            this.status = status;
            this.body = body.clone();
        }
    }

    /** Serves its keys on this machine. */
    public Issuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/jwks", exchange -> {
            asked.incrementAndGet();
            Reply now = reply;
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(now.status, now.body.length);
            exchange.getResponseBody().write(now.body);
            exchange.close();
        });
        server.start();
    }

    /** Where they are. */
    public URI keys() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/jwks");
    }

    /** How often its keys were fetched. */
    int asked() {
        return asked.get();
    }

    /** Signs with another key from now on, and publishes that one alone. */
    void rotate() {
        key = newKey();
        reply = new Reply(200, published(key));
    }

    /** Publishes its key again. */
    void mend() {
        reply = new Reply(200, published(key));
    }

    /** Answers something else than its keys. */
    void answer(int status, byte[] body) {
        reply = new Reply(status, body);
    }

    static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] published(ECKey key) {
        return new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Treating physician of the patients of these tests. */
    String martin() {
        return martin(Map.of());
    }

    private String martin(Map<String, Object> more) {
        return professional(Depositor.DR_MARTIN.idNatPs(), "10", "399999001300016", more);
    }

    String nurse() {
        return professional(NURSE, "60", "399999002100019", Map.of());
    }

    String operator() {
        return token("operator", Map.of(), Map.of("kind", "operator"), Map.of());
    }

    String holder(Person person) {
        return token(
                person.ins().value(),
                Map.of(
                        "subject_name",
                        "Titulaire",
                        "purpose_of_use",
                        purpose(),
                        "person_id",
                        person.ins().cx()),
                Map.of("kind", "holder", "auth_mode", "DIRECTE", "software", "LPS 1.0"),
                Map.of());
    }

    private String professional(String idNatPs, String profession, String structure, Map<String, Object> more) {
        var role = Map.of("system", RoleSystem.G15.url(), "code", profession);
        List<Map<String, String>> roles = profession.equals("10")
                ? List.of(role, Map.of("system", RoleSystem.R38.url(), "code", "SM54"))
                : List.of(role);
        return token(
                idNatPs,
                Map.of(
                        "subject_name",
                        "Professionnel " + idNatPs,
                        "subject_organization",
                        "Cabinet",
                        "subject_organization_id",
                        StructureId.SYSTEM + "|" + structure,
                        "subject_role",
                        roles,
                        "purpose_of_use",
                        purpose()),
                Map.of("kind", "professional", "sector", "SA07", "auth_mode", "DIRECTE", "software", "LPS 1.0"),
                more);
    }

    /** A token of the physician that is bound to this key (RFC 9449). */
    String boundTo(ECKey holder) {
        try {
            return martin(Map.of("cnf", Map.of("jkt", holder.computeThumbprint().toString())));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The proof that one comes with for one request. */
    static String proof(ECKey holder, String method, String path, String token) {
        var claims = new JWTClaimsSet.Builder()
                .jwtID(UUID.randomUUID().toString())
                .issueTime(new Date())
                .claim("htm", method)
                .claim("htu", PUBLIC_BASE + path)
                .claim(
                        "ath",
                        Base64URL.encode(Digest.SHA_256.of(token.getBytes(StandardCharsets.US_ASCII)))
                                .toString());
        var proof = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new JOSEObjectType("dpop+jwt"))
                        .jwk(holder.toPublicJWK())
                        .build(),
                claims.build());
        return signed(proof, holder);
    }

    private static String signed(SignedJWT token, ECKey key) {
        try {
            token.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    private static List<Map<String, String>> purpose() {
        return List.of(Map.of("system", CallerTokens.PURPOSE_SYSTEM, "code", "normal"));
    }

    private String token(
            String subject, Map<String, Object> iua, Map<String, Object> carnet, Map<String, Object> more) {
        Instant now = Instant.now();
        ECKey signing = key;
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(NAME)
                .audience(PUBLIC_BASE + "/fhir")
                .subject(subject)
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(3_000)))
                .claim("client_id", "lps")
                .claim("scope", "urn:dmp")
                .claim("extensions", Map.of("ihe_iua", iua, "carnet", carnet));
        more.forEach(claims::claim);
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(signing.getKeyID())
                .build();
        return signed(new SignedJWT(header, claims.build()), signing);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
