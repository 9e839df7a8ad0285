package fr.carnet.token.establishment;

import static fr.carnet.token.establishment.Establishment.CLOCK;
import static fr.carnet.token.establishment.Establishment.HOSPITAL;
import static fr.carnet.token.establishment.Establishment.LISTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.carnet.sandbox.igc.CertificateCase;
import fr.carnet.sandbox.igc.CertificateOrder;
import fr.carnet.sandbox.igc.IssuedCertificate;
import fr.carnet.sandbox.igc.KeptAuthority;
import fr.carnet.sandbox.igc.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("R74")
class AuthorityFolderTest {

    @TempDir
    private Path data;

    private KeptAuthority authority;
    private AuthorityFolder folder;
    private EstablishmentCertificates certificates;

    @BeforeEach
    void publish() {
        authority = KeptAuthority.in(data, LISTS, CLOCK);
        folder = new AuthorityFolder(authority.published());
        certificates = new EstablishmentCertificates(folder, CLOCK);
    }

    @Test
    void revocationIsSeenWithoutRestart() {
        IssuedCertificate one = order();
        assertThat(certificates
                        .verify(one.certificate(), CertificateUsage.SIGNATURE)
                        .structure())
                .isEqualTo(HOSPITAL);
        authority.revoke(one.certificate().getSerialNumber());
        assertThat(refusal(one.certificate())).isEqualTo(EstablishmentError.CERTIFICATE_REVOKED);
    }

    @Test
    void unchangedFolderIsReadOnce() {
        assertThat(folder.get()).isSameAs(folder.get());
    }

    @Test
    void pemAndDerAreRead() throws IOException {
        List<X509Certificate> known = folder.get().certificates();
        for (String name : List.of("racine.cer", "organisations.cer")) {
            Files.delete(authority.published().resolve(name));
        }
        Files.writeString(
                authority.published().resolve("toutes.pem"),
                known.stream().map(Pem::of).collect(Collectors.joining()));
        assertThat(folder.get().certificates()).containsExactlyInAnyOrderElementsOf(known);
        assertThat(folder.get().roots()).hasSize(1);
    }

    @Test
    void withdrawnListLeavesNothingKnown() throws IOException {
        IssuedCertificate one = order();
        Files.delete(authority.published().resolve("organisations.crl"));
        assertThat(refusal(one.certificate())).isEqualTo(EstablishmentError.REVOCATION_UNKNOWN);
    }

    @Test
    void brokenFileLeavesNothingTrusted() throws IOException {
        IssuedCertificate one = order();
        certificates.verify(one.certificate(), CertificateUsage.SIGNATURE);
        Files.writeString(authority.published().resolve("racine.cer"), "-----BEGIN CERTIFICATE-----\nAAAA\n");
        assertThat(refusal(one.certificate())).isEqualTo(EstablishmentError.AUTHORITIES_UNREADABLE);
        assertThat(EstablishmentError.AUTHORITIES_UNREADABLE.status()).isEqualTo(503);
    }

    @Test
    void emptyOrMissingFolderIsSaid(@TempDir Path empty) {
        for (Path nothing : List.of(empty, empty.resolve("missing"))) {
            assertThat(catchThrowableOfType(() -> new AuthorityFolder(nothing).get(), EstablishmentRefusal.class)
                            .error())
                    .isEqualTo(EstablishmentError.AUTHORITIES_UNREADABLE);
        }
    }

    private IssuedCertificate order() {
        return authority.issue(new CertificateOrder(
                HOSPITAL, "Centre hospitalier H", "carnet", CertificateUsage.SIGNATURE, CertificateCase.VALID));
    }

    private EstablishmentError refusal(X509Certificate certificate) {
        return catchThrowableOfType(
                        () -> certificates.verify(certificate, CertificateUsage.SIGNATURE), EstablishmentRefusal.class)
                .error();
    }
}
