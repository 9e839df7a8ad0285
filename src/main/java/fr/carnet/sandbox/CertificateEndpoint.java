package fr.carnet.sandbox;

import fr.carnet.sandbox.igc.CertificateCase;
import fr.carnet.sandbox.igc.CertificateOrder;
import fr.carnet.sandbox.igc.IssuedCertificate;
import fr.carnet.sandbox.igc.KeptAuthority;
import fr.carnet.sandbox.igc.Pem;
import fr.carnet.token.establishment.CertificateUsage;
import java.math.BigInteger;
import java.security.cert.CRLException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Profile;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /sandbox/certificates}: a certificate of a structure of the cast, with its key; {@code …/{serial}/revoke}: no
 * longer. What is public of the authority is read beside.
 */
@RestController
@Profile("sandbox")
class CertificateEndpoint {

    private static final String PASSWORD = "carnet";
    private static final Map<String, CertificateUsage> USAGES =
            Map.of("auth-cli", CertificateUsage.CLIENT_AUTHENTICATION, "sign", CertificateUsage.SIGNATURE);
    /** In the order of {@code Authorities}: root, organisations. */
    private static final List<String> FLOORS = List.of("racine", "organisations");

    private final Cast cast;
    private final KeptAuthority authority;

    CertificateEndpoint(Cast cast, KeptAuthority authority) {
        this.cast = cast;
        this.authority = authority;
    }

    @PostMapping(
            path = "/sandbox/certificates",
            consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, String>> issue(@RequestParam Map<String, String> fields) {
        String usage = fields.getOrDefault("usage", "sign");
        CastStructure structure = cast.structure(fields.getOrDefault("structure", ""))
                .orElseThrow(() -> unknown(
                        "structure",
                        cast.structures().stream().map(CastStructure::id).toList()));
        CertificateOrder order = new CertificateOrder(
                structure.structure(),
                structure.name(),
                "carnet-" + structure.id() + "-" + usage,
                usage(usage),
                CertificateCase.of(fields.getOrDefault("case", CertificateCase.VALID.code()))
                        .orElseThrow(() -> unknown("case", cases())));
        String password = fields.getOrDefault("password", PASSWORD);
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(told(authority.issue(order), password));
    }

    @PostMapping(path = "/sandbox/certificates/{serial}/revoke", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, String> revoke(@PathVariable String serial) {
        return authority
                .revoke(number(serial))
                .map(since -> Map.of("serial", serial, "revoked", since.toString()))
                .orElseThrow(() -> new SandboxError("Aucun certificat de ce bac à sable ne porte ce numéro de série."));
    }

    @GetMapping(path = "/sandbox/certificates/authorities", produces = "application/x-pem-file")
    String authorities() {
        return pem(authority.authorities().certificates());
    }

    @GetMapping(path = "/sandbox/certificates/{floor}.crl", produces = "application/pkix-crl")
    byte[] revocations(@PathVariable String floor) throws CRLException {
        if (!FLOORS.contains(floor)) {
            throw unknown("floor", FLOORS);
        }
        X509CRL list = authority.authorities().revocations().get(FLOORS.indexOf(floor));
        return list.getEncoded();
    }

    @ExceptionHandler
    ResponseEntity<Object> refused(SandboxError error) {
        return error.answer();
    }

    private Map<String, String> told(IssuedCertificate made, String password) {
        X509Certificate certificate = made.certificate();
        Map<String, String> told = new LinkedHashMap<>();
        told.put("serial", made.serial());
        told.put("subject", certificate.getSubjectX500Principal().getName());
        told.put("not_before", certificate.getNotBefore().toInstant().toString());
        told.put("not_after", certificate.getNotAfter().toInstant().toString());
        told.put("certificate", pem(List.of(certificate, made.authority())));
        told.put("key", Pem.of("PRIVATE KEY", made.key()));
        told.put("authorities", authorities());
        told.put("pkcs12", Base64.getEncoder().encodeToString(made.pkcs12(password)));
        return told;
    }

    private static String pem(List<X509Certificate> certificates) {
        return certificates.stream().map(Pem::of).collect(Collectors.joining());
    }

    private static CertificateUsage usage(String word) {
        CertificateUsage usage = USAGES.get(word);
        if (usage == null) {
            throw unknown("usage", USAGES.keySet().stream().sorted().toList());
        }
        return usage;
    }

    private static BigInteger number(String serial) {
        try {
            return new BigInteger(serial, 16);
        } catch (NumberFormatException e) {
            throw new SandboxError("Un numéro de série s'écrit en hexadécimal.");
        }
    }

    private static List<String> cases() {
        return Arrays.stream(CertificateCase.values())
                .map(CertificateCase::code)
                .toList();
    }

    private static SandboxError unknown(String field, List<String> valid) {
        return new SandboxError(
                "Le champ « " + field + " » doit être l'un de : " + String.join(", ", valid) + ".",
                Map.of(field, valid));
    }
}
