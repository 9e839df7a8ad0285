package fr.carnet.token;

import fr.carnet.caller.DoorSettings;
import fr.carnet.directory.DeclaredStructures;
import fr.carnet.shared.SingleUse;
import fr.carnet.token.establishment.AirAssertions;
import fr.carnet.token.establishment.AssertionLimits;
import fr.carnet.token.establishment.AuthorityFolder;
import fr.carnet.token.establishment.CertificateUsage;
import fr.carnet.token.establishment.EstablishmentCertificates;
import fr.carnet.token.establishment.EstablishmentRefusal;
import fr.carnet.token.establishment.EstablishmentStatements;
import fr.carnet.token.psc.PscExchange;
import fr.carnet.token.vihf.VihfAssertions;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.X509ClientCertificateAuthenticationProvider;

/** The ways in that the settings set up. */
final class WaysIn {

    private final TokenSettings settings;
    private final DeclaredStructures declared;
    private final SingleUse singleUse;
    private final Optional<EstablishmentCertificates> certificates;
    private final Set<String> tokenEndpoints;
    private final DoorSettings door;
    private final Clock clock;

    WaysIn(TokenSettings settings, DoorSettings door, DeclaredStructures declared, SingleUse singleUse, Clock clock) {
        this.settings = settings;
        this.declared = declared;
        this.singleUse = singleUse;
        this.certificates = Optional.ofNullable(settings.establishments())
                .map(TokenSettings.Establishments::authorities)
                .map(folder -> new EstablishmentCertificates(new AuthorityFolder(folder), clock));
        this.tokenEndpoints = Stream.concat(Stream.of(door.base()), settings.mtlsBase().stream())
                .map(base -> base + TokenConfiguration.TOKEN)
                .collect(Collectors.toUnmodifiableSet());
        this.door = door;
        this.clock = clock;
    }

    Stream<Identification> all() {
        Stream<Identification> psc = Optional.ofNullable(settings.psc()).<Identification>map(PscExchange::new).stream();
        Stream<Identification> establishments = certificates.stream().flatMap(this::establishments);
        return Stream.concat(Stream.concat(psc, establishments), Stream.of(new MachineLogin()));
    }

    private Stream<Identification> establishments(EstablishmentCertificates verifier) {
        AssertionLimits limits =
                settings.establishments().limits(tokenEndpoints, door.door().clockSkew());
        AirAssertions air = new AirAssertions(verifier, singleUse, limits, clock);
        VihfAssertions vihf = new VihfAssertions(verifier, singleUse, limits, clock);
        return Stream.of(
                new EstablishmentLogin(WayIn.AIR, air::accept, verifier, declared),
                new EstablishmentLogin(WayIn.VIHF, assertion -> vihf(vihf, assertion), verifier, declared));
    }

    /** RFC 7522 §2.1: base64url. */
    private static EstablishmentStatements vihf(VihfAssertions vihf, String assertion) {
        try {
            return vihf.accept(Base64.getUrlDecoder().decode(assertion));
        } catch (IllegalArgumentException e) {
            throw new TokenRefusal(TokenError.PARAMETER, "assertion");
        }
    }

    /** A client that proves itself by an establishment's certificate: whose it is, is told at each request. */
    void verifyCertificates(List<AuthenticationProvider> providers) {
        providers.stream()
                .filter(X509ClientCertificateAuthenticationProvider.class::isInstance)
                .map(X509ClientCertificateAuthenticationProvider.class::cast)
                .forEach(provider -> provider.setCertificateVerifier(this::verify));
    }

    private void verify(OAuth2ClientAuthenticationContext context) {
        OAuth2ClientAuthenticationToken client = context.getAuthentication();
        EstablishmentCertificates verifier =
                certificates.orElseThrow(() -> new TokenRefusal(TokenError.CLIENT_UNPROVED));
        if (!(client.getCredentials() instanceof X509Certificate[] chain)) {
            throw new TokenRefusal(TokenError.CLIENT_UNPROVED);
        }
        try {
            verifier.verify(chain[0], CertificateUsage.CLIENT_AUTHENTICATION);
        } catch (EstablishmentRefusal e) {
            throw new TokenRefusal(
                    new EstablishmentReason(e.error()), e.detail().orElse(null));
        }
    }
}
