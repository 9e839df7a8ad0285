package fr.carnet.token.establishment;

import static fr.carnet.token.establishment.Establishment.AUTHORITY;
import static fr.carnet.token.establishment.Establishment.CLOCK;
import static fr.carnet.token.establishment.Establishment.HOSPITAL;
import static fr.carnet.token.establishment.Establishment.LISTS;
import static fr.carnet.token.establishment.Establishment.NOW;
import static fr.carnet.token.establishment.Establishment.SIGNING;
import static fr.carnet.token.establishment.Establishment.certificates;
import static fr.carnet.token.establishment.Establishment.issue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.carnet.sandbox.igc.CertificateCase;
import fr.carnet.sandbox.igc.CertificateOrder;
import fr.carnet.sandbox.igc.IssuedCertificate;
import fr.carnet.sandbox.igc.KeptAuthority;
import fr.carnet.sandbox.igc.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("R74")
class EstablishmentCertificatesTest {

    @Test
    void certificateOfTheAuthorityProvesItsStructure() {
        EstablishmentCertificate proved = certificates().verify(SIGNING.certificate(), CertificateUsage.SIGNATURE);
        assertThat(proved.structure()).isEqualTo(HOSPITAL);
        assertThat(proved.organisation()).isEqualTo("SAMU, centre \"15\"");
        IssuedCertificate connecting = issue(HOSPITAL, CertificateUsage.CLIENT_AUTHENTICATION, CertificateCase.VALID);
        assertThat(certificates()
                        .verify(connecting.certificate(), CertificateUsage.CLIENT_AUTHENTICATION)
                        .structure())
                .isEqualTo(HOSPITAL);
    }

    @ParameterizedTest
    @CsvSource({
        "EXPIRED, CERTIFICATE_EXPIRED",
        "NOT_YET_VALID, CERTIFICATE_NOT_YET_VALID",
        "REVOKED, CERTIFICATE_REVOKED",
        "UNKNOWN_AUTHORITY, CERTIFICATE_AUTHORITY_UNKNOWN",
        "NO_STRUCTURE, CERTIFICATE_STRUCTURE"
    })
    void everyOtherCaseIsRefusedByItsName(CertificateCase wanted, EstablishmentError error) {
        X509Certificate certificate =
                issue(HOSPITAL, CertificateUsage.SIGNATURE, wanted).certificate();
        assertThat(refusal(certificates(), certificate, CertificateUsage.SIGNATURE))
                .isEqualTo(error);
    }

    @Test
    void oneConnectsAndTheOtherSigns() {
        IssuedCertificate connecting = issue(HOSPITAL, CertificateUsage.CLIENT_AUTHENTICATION, CertificateCase.VALID);
        assertThat(refusal(certificates(), connecting.certificate(), CertificateUsage.SIGNATURE))
                .isEqualTo(EstablishmentError.CERTIFICATE_USAGE);
        assertThat(refusal(certificates(), SIGNING.certificate(), CertificateUsage.CLIENT_AUTHENTICATION))
                .isEqualTo(EstablishmentError.CERTIFICATE_USAGE);
        assertThat(refusal(certificates(), AUTHORITY.get().certificates().get(1), CertificateUsage.SIGNATURE))
                .isEqualTo(EstablishmentError.CERTIFICATE_USAGE);
    }

    @Test
    void revocationCountsFromTheNextListOn() {
        IssuedCertificate certificate = issue(HOSPITAL, CertificateUsage.SIGNATURE, CertificateCase.VALID);
        EstablishmentCertificates before = certificates();
        assertThat(AUTHORITY.revoke(certificate.certificate().getSerialNumber()))
                .contains(NOW);
        assertThat(before.verify(certificate.certificate(), CertificateUsage.SIGNATURE)
                        .structure())
                .isEqualTo(HOSPITAL);
        assertThat(refusal(certificates(), certificate.certificate(), CertificateUsage.SIGNATURE))
                .isEqualTo(EstablishmentError.CERTIFICATE_REVOKED);
    }

    @Test
    void withoutListNothingIsKnown() {
        Authorities now = AUTHORITY.get();
        List<Authorities> incomplete = List.of(
                new Authorities(now.certificates(), List.of()),
                new Authorities(now.certificates(), now.revocations().subList(0, 1)),
                new Authorities(now.certificates(), now.revocations().subList(1, 2)),
                new Authorities(
                        now.certificates(),
                        TestAuthority.create(LISTS, CLOCK).get().revocations()));
        for (Authorities one : incomplete) {
            assertThat(refusal(
                            new EstablishmentCertificates(() -> one, CLOCK),
                            SIGNING.certificate(),
                            CertificateUsage.SIGNATURE))
                    .isEqualTo(EstablishmentError.REVOCATION_UNKNOWN);
        }
        assertThat(EstablishmentError.REVOCATION_UNKNOWN.status()).isEqualTo(503);
    }

    @Test
    void missingListIsNotFetched() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listener.setSoTimeout(300);
            TestAuthority authority =
                    TestAuthority.create(URI.create("http://localhost:" + listener.getLocalPort()), CLOCK);
            X509Certificate certificate = authority
                    .issue(new CertificateOrder(
                            HOSPITAL, "H", "carnet", CertificateUsage.SIGNATURE, CertificateCase.VALID))
                    .certificate();
            Authorities without = new Authorities(authority.get().certificates(), List.of());
            assertThat(refusal(
                            new EstablishmentCertificates(() -> without, CLOCK),
                            certificate,
                            CertificateUsage.SIGNATURE))
                    .isEqualTo(EstablishmentError.REVOCATION_UNKNOWN);
            assertThatThrownBy(listener::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void withAnOutdatedListNothingIsKnown() {
        Authorities now = AUTHORITY.get();
        for (Duration away : List.of(Duration.ofDays(367), Duration.ofDays(-1).plusHours(1))) {
            assertThat(refusal(
                            new EstablishmentCertificates(() -> now, at(NOW.plus(away))),
                            SIGNING.certificate(),
                            CertificateUsage.SIGNATURE))
                    .isEqualTo(EstablishmentError.REVOCATION_UNKNOWN);
        }
    }

    @Test
    void validityIsJudgedAtTheClockOfTheServer(@TempDir Path folder) {
        X509Certificate certificate = KeptAuthority.in(folder, LISTS, CLOCK)
                .issue(new CertificateOrder(HOSPITAL, "H", "carnet", CertificateUsage.SIGNATURE, CertificateCase.VALID))
                .certificate();
        Instant end = certificate.getNotAfter().toInstant();
        for (Instant now : List.of(end, end.plusSeconds(1))) {
            Authorities then = KeptAuthority.in(folder, LISTS, at(now)).authorities();
            EstablishmentCertificates verifier = new EstablishmentCertificates(() -> then, at(now));
            if (now.equals(end)) {
                assertThat(verifier.verify(certificate, CertificateUsage.SIGNATURE)
                                .structure())
                        .isEqualTo(HOSPITAL);
            } else {
                assertThat(refusal(verifier, certificate, CertificateUsage.SIGNATURE))
                        .isEqualTo(EstablishmentError.CERTIFICATE_EXPIRED);
            }
        }
    }

    @Test
    void aRootOfTheSameNameIsNotTheSame() {
        TestAuthority stranger = TestAuthority.create(LISTS, CLOCK);
        assertThat(refusal(
                        new EstablishmentCertificates(stranger, CLOCK),
                        SIGNING.certificate(),
                        CertificateUsage.SIGNATURE))
                .isEqualTo(EstablishmentError.CERTIFICATE_AUTHORITY_UNKNOWN);
    }

    @Test
    void theAuthorityBelowNeedsItsRoot() {
        Authorities now = AUTHORITY.get();
        Authorities headless = new Authorities(now.certificates().subList(1, 2), now.revocations());
        assertThat(refusal(
                        new EstablishmentCertificates(() -> headless, CLOCK),
                        SIGNING.certificate(),
                        CertificateUsage.SIGNATURE))
                .isEqualTo(EstablishmentError.CERTIFICATE_AUTHORITY_UNKNOWN);
    }

    private static Clock at(Instant instant) {
        return Clock.fixed(instant, ZoneOffset.UTC);
    }

    private static EstablishmentError refusal(
            EstablishmentCertificates verifier, X509Certificate certificate, CertificateUsage usage) {
        return catchThrowableOfType(() -> verifier.verify(certificate, usage), EstablishmentRefusal.class)
                .error();
    }
}
