package fr.carnet.sandbox.patients;

import fr.carnet.caller.DoorSettings;
import fr.carnet.sandbox.Account;
import fr.carnet.sandbox.Cast;
import fr.carnet.sandbox.openid.PlayedProvider;
import fr.carnet.sandbox.openid.PlayedTokens;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.server.authorization.InMemoryOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.web.SecurityFilterChain;

/** The provider of patients and representatives under {@code /sandbox/patients}, with the claims of FranceConnect. */
@Configuration(proxyBeanMethods = false)
@Profile("sandbox")
class PatientsConfiguration {

    static final String ROOT = "/sandbox/patients";

    private static final Set<String> SCOPES =
            Set.of("openid", "given_name", "family_name", "gender", "birthdate", "birthplace", "birthcountry");

    @Bean
    PlayedProvider patientsPlayed(Cast cast, DoorSettings door) {
        List<Account> accounts = Account.of(cast);
        return new PlayedProvider(
                ROOT,
                id -> account(accounts, id).isPresent(),
                login -> account(accounts, login.getPrincipalName())
                        .map(PatientsConfiguration::userinfo)
                        .orElseThrow(),
                new InMemoryRegisteredClientRepository(
                        PlayedProvider.client("carnet", SCOPES, Set.of(door.base() + "/oauth2/login/patients"))),
                new InMemoryOAuth2AuthorizationService(),
                new PlayedTokens((present, context) ->
                        context.getClaims().subject(present.getPrincipal()).claim("acr", present.assurance())));
    }

    @Bean
    @Order(0)
    SecurityFilterChain patientsProvider(HttpSecurity http, PlayedProvider patientsPlayed) throws Exception {
        return patientsPlayed.chain(http);
    }

    private static Optional<Account> account(List<Account> accounts, String id) {
        return accounts.stream().filter(account -> account.id().equals(id)).findFirst();
    }

    private static Map<String, Object> userinfo(Account account) {
        Map<String, Object> claims = new HashMap<>(Map.of(
                "sub", account.id(),
                "given_name", account.given(),
                "family_name", account.family(),
                "gender", account.gender(),
                "birthdate", account.birthDate(),
                "birthcountry", "99100"));
        account.birthPlace().ifPresent(place -> claims.put("birthplace", place));
        return claims;
    }
}
