package fr.carnet.token;

import fr.carnet.caller.Scope;
import fr.carnet.token.establishment.AssertionLimits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the token service, which is there when {@code carnet.token.keys} is set.
 *
 * @param keys directory of the signing keys ({@link SigningKeys})
 * @param lifetime of an access token, at most what the door accepts
 * @param mtlsBaseUrl base URL under which clients that have a certificate come, where it is not the public one (RFC 8705 §5); null
 *     where it is
 * @param requestsPerMinute token requests of one client from one address, on one node
 * @param failuresPerMinute refused token requests from one address, on one node
 * @param clients programs that may ask for tokens
 * @param psc Pro Santé Connect; null where nobody comes that way
 * @param establishments certificates and assertions of establishments; null where none comes
 */
@ConfigurationProperties("carnet.token")
public record TokenSettings(
        Path keys,
        @DefaultValue("5m") Duration lifetime,
        URI mtlsBaseUrl,
        @DefaultValue("6000") int requestsPerMinute,
        @DefaultValue("120") int failuresPerMinute,
        List<Client> clients,
        Psc psc,
        Establishments establishments) {

    private static final Duration LONGEST = Duration.ofHours(1);
    private static final String HASH = "[0-9a-f]{64}";

    /** @throws IllegalArgumentException if a client is named twice, or wants a way in that is not set up, tokens live too long, or certificates would be asked for without TLS */
    public TokenSettings {
        clients = clients == null ? List.of() : List.copyOf(clients);
        if (lifetime.isNegative() || lifetime.isZero() || lifetime.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("carnet.token.lifetime must be between 1 s and 1 h");
        }
        if (mtlsBaseUrl != null && (!"https".equals(mtlsBaseUrl.getScheme()) || mtlsBaseUrl.getHost() == null)) {
            throw new IllegalArgumentException("carnet.token.mtls-base-url must be an absolute https URL");
        }
        Set<String> ids = new HashSet<>();
        if (!clients.stream().map(Client::id).allMatch(ids::add)) {
            throw new IllegalArgumentException("carnet.token.clients names one client twice");
        }
        if (psc == null && clients.stream().anyMatch(client -> client.waysIn().contains(WayIn.PSC))) {
            throw new IllegalArgumentException("carnet.token.psc is missing, and a client comes that way");
        }
        if (establishments == null && clients.stream().anyMatch(Client::needsCertificates)) {
            throw new IllegalArgumentException("carnet.token.establishments is missing, and a client needs it");
        }
    }

    /** True where a client's people log in with a browser. */
    boolean hasLogin() {
        return clients.stream().anyMatch(client -> client.waysIn().contains(WayIn.LOGIN));
    }

    /** {@link #mtlsBaseUrl} without trailing slash, where there is one. */
    Optional<String> mtlsBase() {
        return Optional.ofNullable(mtlsBaseUrl).map(url -> url.toString().replaceFirst("/+$", ""));
    }

    /** How a client proves itself (RFC 6749 §2.3, RFC 8705, RFC 7523). */
    public enum Proof {
        /** Not at all: a browser application, held by PKCE alone. */
        NONE,
        /** An establishment's certificate on its TLS connection (R74): the client names the product, the certificate whose it is. */
        CERTIFICATE,
        /** An assertion signed with its own key. */
        PRIVATE_KEY,
        /** A secret; settings hold its hash. */
        SECRET
    }

    /**
     * A program that may ask for tokens.
     *
     * @param id {@code client_id}
     * @param software name and version, as traces show it
     * @param proof how it proves itself
     * @param jwksUri where its keys are, for {@link Proof#PRIVATE_KEY}
     * @param secretHash for {@link Proof#SECRET}, as {@link ClientSecretHash} makes it
     * @param homologation hash of its DMP homologation number (R86), SHA-256 in hexadecimal; null where none is asked
     * @param pscClientId its {@code client_id} at Pro Santé Connect, for {@link WayIn#PSC}
     * @param waysIn ways in that it may use
     * @param scopes transactions that it may be granted
     * @param redirectUris for {@link WayIn#LOGIN}, exact; any port of {@code http://127.0.0.1} (RFC 8252)
     * @param login for {@link WayIn#LOGIN}, whose it is
     * @param machine for {@link WayIn#MACHINE}, what it is
     */
    public record Client(
            String id,
            String software,
            Proof proof,
            URI jwksUri,
            String secretHash,
            String homologation,
            String pscClientId,
            Set<WayIn> waysIn,
            Set<String> scopes,
            Set<String> redirectUris,
            People login,
            Machine machine) {

        /** @throws IllegalArgumentException if what its proof or its ways in need is missing */
        public Client {
            require(id != null && !id.isBlank(), "id");
            require(software != null && !software.isBlank(), "software");
            require(proof != null, "proof");
            require(proof != Proof.PRIVATE_KEY || jwksUri != null, "jwks-uri");
            require(proof != Proof.SECRET || (secretHash != null && secretHash.matches(HASH)), "secret-hash");
            waysIn = waysIn == null ? Set.of() : Set.copyOf(waysIn);
            scopes = scopes == null ? Set.of() : Set.copyOf(scopes);
            redirectUris = redirectUris == null ? Set.of() : Set.copyOf(redirectUris);
            require(!waysIn.isEmpty(), "ways-in");
            require(!waysIn.contains(WayIn.PSC) || pscClientId != null, "psc-client-id");
            require(!scopes.isEmpty() && scopes.stream().allMatch(Scope::isKnown), "scopes");
            require(!waysIn.contains(WayIn.LOGIN) || !redirectUris.isEmpty(), "redirect-uris");
            require(waysIn.contains(WayIn.LOGIN) == (login != null), "login");
            require(waysIn.contains(WayIn.MACHINE) == (machine != null), "machine");
            boolean asserts = waysIn.contains(WayIn.AIR) || waysIn.contains(WayIn.VIHF);
            require(!asserts || (proof == Proof.CERTIFICATE && homologation != null), "homologation or proof");
            require(proof != Proof.NONE || waysIn.equals(Set.of(WayIn.LOGIN)), "proof");
        }

        private static void require(boolean fact, String setting) {
            if (!fact) {
                throw new IllegalArgumentException("carnet.token.clients[]." + setting + " is missing or does not fit");
            }
        }

        boolean needsCertificates() {
            return proof == Proof.CERTIFICATE;
        }

        /** {@link #homologation}, where one is asked. */
        Optional<String> homologated() {
            return Optional.ofNullable(homologation);
        }
    }

    /** Who logs in with a browser: each sort has a provider of its own. */
    public enum People {
        /** Patients and their representatives. */
        PATIENTS,
        /** Professionals, at Pro Santé Connect. */
        PROFESSIONALS
    }

    /** What a program that comes for itself is. */
    public enum Machine {
        OPERATOR,
        AUDITOR
    }

    /**
     * Establishments.
     *
     * @param authorities folder of the authorities that are trusted, and of their revocation lists
     * @param maxAge of an assertion (R83)
     * @param methods by which reinforced authentication may have been done (R75)
     */
    public record Establishments(
            Path authorities,
            @DefaultValue("5m") Duration maxAge,
            @DefaultValue(AssertionLimits.PGSSIS) Set<String> methods) {

        /** @throws IllegalArgumentException if the folder is missing */
        public Establishments {
            if (authorities == null) {
                throw new IllegalArgumentException("carnet.token.establishments.authorities is missing");
            }
            methods = Set.copyOf(methods);
        }

        AssertionLimits limits(Set<String> tokenEndpoints, Duration clockSkew) {
            return new AssertionLimits(maxAge, clockSkew, tokenEndpoints, methods);
        }
    }

    /**
     * Pro Santé Connect, as its documentation gives it for each environment.
     *
     * @param issuer {@code iss} of its tokens
     * @param introspectionUri RFC 7662
     * @param userinfoUri OpenID Connect
     * @param clientId of this server at Pro Santé Connect
     * @param clientSecret of this server at Pro Santé Connect
     * @param assurance accepted {@code acr} values, weakest first
     * @param leastAssurance the weakest that is enough
     * @param timeout of each call
     * @param authorizationUri where browsers are sent to log in; null, with the next two, where nobody logs in by browser
     * @param tokenUri where their codes are exchanged
     * @param jwksUri keys of its ID tokens
     */
    public record Psc(
            String issuer,
            URI introspectionUri,
            URI userinfoUri,
            String clientId,
            String clientSecret,
            @DefaultValue({"eidas1", "eidas2", "eidas3"}) List<String> assurance,
            @DefaultValue("eidas1") String leastAssurance,
            @DefaultValue("3s") Duration timeout,
            URI authorizationUri,
            URI tokenUri,
            URI jwksUri) {

        /** @throws IllegalArgumentException if one is missing, or the least assurance is none of the list */
        public Psc {
            if (issuer == null || introspectionUri == null || userinfoUri == null) {
                throw new IllegalArgumentException("carnet.token.psc needs issuer, introspection-uri and userinfo-uri");
            }
            if (clientId == null || clientSecret == null) {
                throw new IllegalArgumentException("carnet.token.psc needs client-id and client-secret");
            }
            if ((authorizationUri == null) != (tokenUri == null) || (tokenUri == null) != (jwksUri == null)) {
                throw new IllegalArgumentException(
                        "carnet.token.psc: authorization-uri, token-uri and jwks-uri go together");
            }
            assurance = List.copyOf(assurance);
            if (!assurance.contains(leastAssurance)) {
                throw new IllegalArgumentException("carnet.token.psc.least-assurance is none of its assurance levels");
            }
        }

        /** True where professionals log in by browser. */
        public boolean hasLogin() {
            return authorizationUri != null;
        }

        /** True for a level that is known and high enough; an unknown one is refused. */
        public boolean isEnough(String acr) {
            return assurance.indexOf(acr) >= assurance.indexOf(leastAssurance);
        }

        /** The secret stays out of logs. */
        @Override
        public String toString() {
            return "Psc[" + issuer + "]";
        }
    }
}
