package fr.carnet.server.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.carnet.sandbox.igc.IssuedCertificate;
import fr.carnet.server.RunningServer;
import fr.carnet.token.establishment.TlsClients;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** The software of a vendor against the sandbox: over HTTPS, with the certificate of an establishment or without. */
final class Vendor {

    static final RunningServer SERVER = RunningServer.get();
    static final String HOSPITAL = "1990000010";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient PLAIN = HttpClient.newHttpClient();
    private static final List<X509Certificate> AUTHORITIES = authorities();

    static final IssuedCertificate HOSPITAL_CONNECTS = certificate("hospital", "auth-cli", "valid");
    static final IssuedCertificate HOSPITAL_SIGNS = certificate("hospital", "sign", "valid");

    private final HttpClient http;
    private final Map<String, String> headers;

    private Vendor(HttpClient http, Map<String, String> headers) {
        this.http = http;
        this.headers = headers;
    }

    /** The hospital of the cast. */
    static Vendor hospital() {
        return with(HOSPITAL_CONNECTS);
    }

    static Vendor with(IssuedCertificate certificate) {
        return new Vendor(TlsClients.with(certificate, AUTHORITIES), Map.of());
    }

    /** Sends its own certificate and no authority. */
    static Vendor withNothingElse(IssuedCertificate certificate) {
        return new Vendor(TlsClients.withNothingElse(certificate, AUTHORITIES), Map.of());
    }

    /** Shows no certificate. */
    static Vendor anonymous() {
        return new Vendor(TlsClients.anonymous(AUTHORITIES), Map.of());
    }

    /** What the proxy makes of a connection of a client that showed this certificate. */
    static Vendor behindTheProxy(IssuedCertificate certificate) {
        try {
            String der =
                    Base64.getEncoder().encodeToString(certificate.certificate().getEncoded());
            return new Vendor(TlsClients.with(SERVER.proxy(), AUTHORITIES), Map.of("Client-Cert", ":" + der + ":"));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The proxy itself, which tells of no client. */
    static Vendor proxyAlone() {
        return with(SERVER.proxy());
    }

    /** Ordered from the authority of the sandbox. */
    static IssuedCertificate certificate(String structure, String usage, String wanted) {
        JsonNode made =
                json(plain("/sandbox/certificates", Map.of("structure", structure, "usage", usage, "case", wanted)));
        try {
            char[] password = "carnet".toCharArray();
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(
                    new ByteArrayInputStream(
                            Base64.getDecoder().decode(made.path("pkcs12").asText())),
                    password);
            String alias = store.aliases().nextElement();
            Certificate[] chain = store.getCertificateChain(alias);
            return new IssuedCertificate(
                    (X509Certificate) chain[0], (PrivateKey) store.getKey(alias, password), (X509Certificate) chain[1]);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static void revoke(IssuedCertificate certificate) {
        plain("/sandbox/certificates/" + certificate.serial() + "/revoke", Map.of());
    }

    /** A token of Pro Santé Connect, as if that professional had logged in with the vendor's software. */
    static String psc(String actor, String... more) {
        Map<String, String> form = new HashMap<>(Map.of("actor", actor));
        for (int i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        return json(plain("/sandbox/psc/access-token", form))
                .get("access_token")
                .asText();
    }

    /** The {@code aud} of an assertion. */
    static String endpoint() {
        return SERVER.certificateRoot() + "/oauth2/token";
    }

    /** The server's time, which other tests may have moved. */
    static Instant now() {
        return SERVER.bean(Clock.class).instant();
    }

    HttpResponse<String> exchanged(String pscToken, String... circumstances) {
        Map<String, String> form = new HashMap<>(Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                "subject_token_type",
                "urn:ietf:params:oauth:token-type:access_token",
                "subject_token",
                pscToken,
                "purpose_of_use",
                "normal"));
        for (int i = 0; i < circumstances.length; i += 2) {
            form.put(circumstances[i], circumstances[i + 1]);
        }
        return token(form);
    }

    HttpResponse<String> air(String assertion) {
        return token(Map.of("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion", assertion));
    }

    HttpResponse<String> vihf(byte[] assertion) {
        return token(Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:saml2-bearer",
                "assertion",
                Base64.getUrlEncoder().withoutPadding().encodeToString(assertion)));
    }

    HttpResponse<String> token(Map<String, String> fields) {
        Map<String, String> form = new HashMap<>(fields);
        form.put("client_id", "dpi");
        return send(request(endpoint())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form(form)))
                .build());
    }

    /** GET below the FHIR base. */
    HttpResponse<String> read(String token, String path) {
        return send(fhir(token, path).GET().build());
    }

    /** A transaction on the FHIR base. */
    HttpResponse<String> transaction(String token, String bundle) {
        return send(fhir(token, "")
                .header("Content-Type", "application/fhir+json")
                .POST(BodyPublishers.ofString(bundle))
                .build());
    }

    private HttpRequest.Builder fhir(String token, String path) {
        return request(SERVER.certificateRoot() + "/fhir" + (path.isEmpty() ? "" : "/" + path))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/fhir+json");
    }

    private HttpRequest.Builder request(String url) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        headers.forEach(request::header);
        return request;
    }

    private HttpResponse<String> send(HttpRequest request) {
        return send(http, request);
    }

    /** The access token of an answer that must be one. */
    static String issued(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer).get("access_token").asText();
    }

    /** The one trace of an answer. */
    static Record trace(HttpResponse<String> answer) {
        String correlation = answer.headers().firstValue("X-Correlation-Id").orElseThrow();
        return SERVER.bean(DSLContext.class)
                .resultQuery("select * from carnet.trace where correlation_id = {0}", DSL.val(correlation))
                .fetchSingle();
    }

    /** A refusal of the token service, traced as it was told. */
    static void refused(HttpResponse<String> answer, int status, String code, String rule) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).path("code").asText()).as(answer.body()).isEqualTo(code);
        assertThat(json(answer).path("rule").asText()).isEqualTo(rule);
        Record trace = trace(answer);
        assertThat(trace.get("outcome", String.class)).isEqualTo("REFUSED");
        assertThat(trace.get("rule_id", String.class)).isEqualTo(rule);
        assertThat(trace.get("rule_slug", String.class)).isEqualTo(code);
    }

    static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpResponse<String> plain(String path, Map<String, String> fields) {
        HttpResponse<String> answer = send(
                PLAIN,
                HttpRequest.newBuilder(URI.create(SERVER.root() + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form(fields)))
                        .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private static HttpResponse<String> send(HttpClient http, HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static List<X509Certificate> authorities() {
        HttpResponse<String> pem = send(
                PLAIN,
                HttpRequest.newBuilder(URI.create(SERVER.root() + "/sandbox/certificates/authorities"))
                        .build());
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.body().getBytes(StandardCharsets.US_ASCII)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whatever a trace holds, as one text. */
    static String text(Record trace) {
        return Arrays.stream(trace.intoArray()).map(String::valueOf).collect(Collectors.joining("\n"));
    }
}
