package fr.carnet.token.login;

import fr.carnet.token.TokenSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;

/**
 * Where people log in who are no professionals.
 *
 * @param patients their provider; null where none of them comes
 */
@ConfigurationProperties("carnet.token.login")
public record LoginSettings(Patients patients) {

    /**
     * The provider of patients and their representatives: FranceConnect, or an identity of Mon espace santé.
     *
     * @param issuer {@code iss} of its tokens
     * @param authorizationUri where the browser is sent
     * @param tokenUri where its codes are exchanged
     * @param jwksUri its keys
     * @param userinfoUri gives traits or the INS
     * @param clientId of this server there
     * @param clientSecret of this server there
     * @param clientAuthentication how it is sent: {@code client_secret_basic} or {@code client_secret_post}
     * @param scopes asked for
     * @param assurance {@code acr} values, weakest first
     * @param leastAssurance the weakest that is two factors (R16)
     * @param insClaim claim that gives the INS as {@code <INS>^^^&<OID>&ISO^NH}; null: INSi is asked by traits
     * @param localIdClaim claim that is the local id under which representatives are registered
     * @param timeout of each call
     */
    public record Patients(
            String issuer,
            URI authorizationUri,
            URI tokenUri,
            URI jwksUri,
            URI userinfoUri,
            String clientId,
            String clientSecret,
            @DefaultValue("client_secret_basic") String clientAuthentication,

            @DefaultValue({"openid", "given_name", "family_name", "gender", "birthdate", "birthplace", "birthcountry"})
            Set<String> scopes,

            @DefaultValue({"eidas1", "eidas2", "eidas3"}) List<String> assurance,
            @DefaultValue("eidas2") String leastAssurance,
            String insClaim,
            @DefaultValue("sub") String localIdClaim,
            @DefaultValue("3s") Duration timeout) {

        private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
        private static final Map<String, ClientAuthenticationMethod> METHODS = Map.of(
                "client_secret_basic", ClientAuthenticationMethod.CLIENT_SECRET_BASIC,
                "client_secret_post", ClientAuthenticationMethod.CLIENT_SECRET_POST);

        /** @throws IllegalArgumentException naming the setting that is missing or does not fit */
        public Patients {
            require(issuer != null, "issuer");
            require(isSafe(authorizationUri), "authorization-uri");
            require(isSafe(tokenUri), "token-uri");
            require(isSafe(jwksUri), "jwks-uri");
            require(isSafe(userinfoUri), "userinfo-uri");
            require(clientId != null, "client-id");
            require(clientSecret != null, "client-secret");
            require(METHODS.containsKey(clientAuthentication), "client-authentication");
            scopes = Set.copyOf(scopes);
            require(scopes.contains("openid"), "scopes");
            assurance = List.copyOf(assurance);
            require(assurance.contains(leastAssurance), "least-assurance");
        }

        private static boolean isSafe(URI uri) {
            return uri != null
                    && uri.getHost() != null
                    && ("https".equals(uri.getScheme()) || THIS_MACHINE.contains(uri.getHost()));
        }

        private static void require(boolean fact, String setting) {
            if (!fact) {
                throw new IllegalArgumentException(
                        "carnet.token.login.patients." + setting + " is missing or does not fit");
            }
        }

        /** True for a level that is known and high enough; an unknown one is refused. */
        boolean isEnough(String acr) {
            return assurance.indexOf(acr) >= assurance.indexOf(leastAssurance);
        }

        /** {@link #insClaim}, where there is one. */
        Optional<String> claimOfIns() {
            return Optional.ofNullable(insClaim);
        }

        OpenIdProvider provider() {
            return new OpenIdProvider(
                    TokenSettings.People.PATIENTS,
                    issuer,
                    authorizationUri,
                    tokenUri,
                    jwksUri,
                    Optional.of(userinfoUri),
                    clientId,
                    clientSecret,
                    METHODS.get(clientAuthentication),
                    scopes,
                    leastAssurance,
                    timeout);
        }

        /** The secret stays out of logs. */
        @Override
        public String toString() {
            return "Patients[" + issuer + "]";
        }
    }
}
