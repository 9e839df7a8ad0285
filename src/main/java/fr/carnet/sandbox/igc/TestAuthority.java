package fr.carnet.sandbox.igc;

import fr.carnet.token.establishment.Authorities;
import fr.carnet.token.establishment.CertificateUsage;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;

/**
 * An authority of two floors, a root and the one below it that serves organisations, as IGC-Santé has them.
 *
 * <p>It issues what it is asked, also what a real one would not. Its lists of revocations are made anew at each request, of
 * the hour that its clock shows. Safe for many threads.
 */
public final class TestAuthority implements Supplier<Authorities> {

    private static final Instant ALWAYS = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant FOREVER = Instant.parse("2120-01-01T00:00:00Z");
    private static final Period LIFETIME = Period.ofYears(3);
    private static final Period DAY = Period.ofDays(1);
    /** As long as browsers accept. */
    private static final Period SERVER_LIFETIME = Period.ofDays(397);

    private static final Pattern IPV4 = Pattern.compile("[0-9.]+");

    private final Floor root;
    private final Floor organisations;
    private final URI lists;
    private final Clock clock;
    private final Map<BigInteger, Optional<Instant>> issued = new LinkedHashMap<>();

    TestAuthority(Floor root, Floor organisations, URI lists, Clock clock) {
        this.root = root;
        this.organisations = organisations;
        this.lists = lists;
        this.clock = clock;
    }

    /**
     * An authority that nobody knew before.
     *
     * @param lists under which its certificates say that the lists are: {@code racine.crl}, {@code organisations.crl}
     * @param clock of its certificates and lists
     */
    public static TestAuthority create(URI lists, Clock clock) {
        KeyPair above = Floor.newKeys();
        KeyPair below = Floor.newKeys();
        Floor root = Floor.root(
                new Floor.Content(name("TEST AC RACINE CARNET"), above.getPublic(), ALWAYS, FOREVER),
                above.getPrivate(),
                authority(1));
        X509Certificate organisations = root.sign(
                new Floor.Content(name("TEST AC CARNET ORGANISATIONS"), below.getPublic(), ALWAYS, FOREVER),
                builder -> {
                    authority(0).addTo(builder);
                    listed(builder, lists, "racine");
                });
        return new TestAuthority(root, new Floor(organisations, below.getPrivate()), lists, clock);
    }

    /** Makes a key and a certificate for it. */
    public synchronized IssuedCertificate issue(CertificateOrder order) {
        IssuedCertificate made = signed(order);
        Optional<Instant> revoked =
                Optional.of(clock.instant()).filter(now -> order.wanted() == CertificateCase.REVOKED);
        issued.put(made.certificate().getSerialNumber(), revoked);
        return made;
    }

    /**
     * Makes a certificate for a server, of the present day, with a key of its own.
     *
     * @param hosts names and IPv4 addresses under which clients reach it; the first is its common name
     */
    public IssuedCertificate server(List<String> hosts) {
        KeyPair keys = Floor.quickKeys();
        Instant now = clock.instant();
        X509Certificate certificate = organisations.sign(
                new Floor.Content(name(hosts.get(0)), keys.getPublic(), now.minus(DAY), now.plus(SERVER_LIFETIME)),
                builder -> {
                    usage(builder, KeyPurposeId.id_kp_serverAuth);
                    GeneralName[] names =
                            hosts.stream().map(TestAuthority::host).toArray(GeneralName[]::new);
                    builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
                    listed(builder, lists, "organisations");
                });
        return new IssuedCertificate(certificate, keys.getPrivate(), organisations.certificate());
    }

    private static GeneralName host(String host) {
        boolean address = IPV4.matcher(host).matches();
        return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, host);
    }

    /**
     * Revokes a certificate.
     *
     * @param serial its number
     * @return since when it is revoked; empty if this authority has not issued it
     */
    public synchronized Optional<Instant> revoke(BigInteger serial) {
        issued.computeIfPresent(serial, (one, since) -> since.or(() -> Optional.of(clock.instant())));
        return issued.getOrDefault(serial, Optional.empty());
    }

    /** Both floors, and what they have revoked up to now. */
    @Override
    public synchronized Authorities get() {
        Instant now = clock.instant();
        Map<BigInteger, Instant> revoked = new LinkedHashMap<>();
        issued.forEach((serial, since) -> since.ifPresent(instant -> revoked.put(serial, instant)));
        return new Authorities(
                List.of(root.certificate(), organisations.certificate()),
                List.of(root.revocations(Map.of(), now), organisations.revocations(revoked, now)));
    }

    Floor root() {
        return root;
    }

    Floor organisations() {
        return organisations;
    }

    synchronized Map<BigInteger, Optional<Instant>> issued() {
        return new LinkedHashMap<>(issued);
    }

    synchronized void remember(Map<BigInteger, Optional<Instant>> known) {
        issued.putAll(known);
    }

    private IssuedCertificate signed(CertificateOrder order) {
        KeyPair keys = Floor.newKeys();
        var now = clock.instant().atZone(ZoneOffset.UTC);
        var from =
                switch (order.wanted()) {
                    case EXPIRED -> now.minus(LIFETIME);
                    case NOT_YET_VALID -> now.plus(DAY);
                    case VALID, REVOKED, UNKNOWN_AUTHORITY, NO_STRUCTURE -> now.minus(DAY);
                };
        var to = order.wanted() == CertificateCase.EXPIRED ? now.minus(DAY) : from.plus(LIFETIME);
        // of our name, signed by a key that is not ours
        Floor stranger = new Floor(organisations.certificate(), keys.getPrivate());
        Floor issuer = order.wanted() == CertificateCase.UNKNOWN_AUTHORITY ? stranger : organisations;
        X509Certificate certificate = issuer.sign(
                new Floor.Content(subject(order), keys.getPublic(), from.toInstant(), to.toInstant()), builder -> {
                    if (order.usage() == CertificateUsage.CLIENT_AUTHENTICATION) {
                        usage(builder, KeyPurposeId.id_kp_clientAuth);
                    } else {
                        usage(builder);
                    }
                    listed(builder, lists, "organisations");
                });
        return new IssuedCertificate(certificate, keys.getPrivate(), organisations.certificate());
    }

    private static void usage(X509v3CertificateBuilder builder, KeyPurposeId... extended) throws IOException {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        if (extended.length > 0) {
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(extended));
        }
    }

    private static void listed(X509v3CertificateBuilder builder, URI lists, String floor) throws IOException {
        var name = new GeneralName(GeneralName.uniformResourceIdentifier, lists + "/" + floor + ".crl");
        var point = new DistributionPoint(new DistributionPointName(new GeneralNames(name)), null, null);
        builder.addExtension(Extension.cRLDistributionPoints, false, new CRLDistPoint(new DistributionPoint[] {point}));
    }

    private static Floor.Extensions authority(int floorsBelow) {
        return builder -> {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(floorsBelow));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        };
    }

    private static X500Name name(String authority) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.C, "FR")
                .addRDN(BCStyle.O, "CARNET-BAC-A-SABLE")
                .addRDN(BCStyle.OU, "TEST")
                .addRDN(BCStyle.CN, authority)
                .build();
    }

    private static X500Name subject(CertificateOrder order) {
        String unit = order.wanted() == CertificateCase.NO_STRUCTURE
                ? "Service informatique"
                : order.structure().value();
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.C, "FR")
                .addRDN(BCStyle.ST, "Paris (75)")
                .addRDN(BCStyle.O, order.organisation())
                .addRDN(BCStyle.OU, unit)
                .addRDN(BCStyle.CN, order.name())
                .build();
    }
}
