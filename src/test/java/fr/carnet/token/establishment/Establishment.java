package fr.carnet.token.establishment;

import fr.carnet.sandbox.igc.CertificateCase;
import fr.carnet.sandbox.igc.CertificateOrder;
import fr.carnet.sandbox.igc.IssuedCertificate;
import fr.carnet.sandbox.igc.TestAuthority;
import fr.carnet.shared.SingleUse;
import fr.carnet.shared.StructureId;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** The hospital of the cast, its certificates, and a server that trusts the authority which issued them. */
public final class Establishment {

    public static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    public static final StructureId HOSPITAL = new StructureId("1990000010");
    public static final StructureId OTHER = new StructureId("1990000028");
    public static final String TOKEN_ENDPOINT = "https://carnet.example/oauth2/token";
    public static final AssertionLimits LIMITS = AssertionLimits.of(TOKEN_ENDPOINT);

    /** Nobody listens there, and nobody asks. */
    public static final URI LISTS = URI.create("http://localhost:1/lists");

    public static final TestAuthority AUTHORITY = TestAuthority.create(LISTS, CLOCK);
    public static final IssuedCertificate SIGNING = issue(HOSPITAL, CertificateUsage.SIGNATURE, CertificateCase.VALID);

    private Establishment() {}

    public static IssuedCertificate issue(StructureId structure, CertificateUsage usage, CertificateCase wanted) {
        return AUTHORITY.issue(new CertificateOrder(structure, "SAMU, centre \"15\"", "carnet", usage, wanted));
    }

    /** What a server verifies with that reads those authorities now. */
    public static EstablishmentCertificates certificates() {
        Authorities now = AUTHORITY.get();
        return new EstablishmentCertificates(() -> now, CLOCK);
    }

    /** Remembers in memory. */
    public static SingleUse memory() {
        Map<String, Instant> used = new HashMap<>();
        return (id, until) -> used.putIfAbsent(id, until) == null;
    }
}
