package fr.carnet.token.login;

import fr.carnet.caller.CallerTokens;
import fr.carnet.caller.DoorSettings;
import fr.carnet.directory.insi.InsiTeleservice;
import fr.carnet.token.IssueTraces;
import fr.carnet.token.TokenSettings;
import fr.carnet.token.psc.PscLogin;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;

/** Log-ins at the providers that the settings name. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("carnet.token.keys")
@EnableConfigurationProperties(LoginSettings.class)
class LoginConfiguration {

    @Bean
    SealedTickets loginTickets(DSLContext dsl, Clock clock) {
        return new SealedTickets(dsl, clock);
    }

    @Bean
    StoredCodes authorizationCodes(SealedTickets tickets, RegisteredClientRepository tokenClients, Clock clock) {
        return new StoredCodes(tickets, tokenClients, clock);
    }

    @Bean
    Logins logins(
            TokenSettings settings,
            LoginSettings login,
            Optional<InsiTeleservice> insi,
            DSLContext dsl,
            DoorSettings door,
            RegisteredClientRepository tokenClients,
            StoredCodes codes,
            SealedTickets tickets,
            IssueTraces traces,
            CallerTokens callers,
            Clock clock) {
        LoginLinks links = new LoginLinks(dsl, clock);
        Stream<IdentityProvider> patients = Optional.ofNullable(login.patients())
                .<IdentityProvider>map(one -> new PatientsProvider(one, insi, links))
                .stream();
        Stream<IdentityProvider> professionals = Optional.ofNullable(settings.psc())
                .filter(TokenSettings.Psc::hasLogin)
                .<IdentityProvider>map(PscLogin::new)
                .stream();
        List<IdentityProvider> providers =
                Stream.concat(patients, professionals).toList();
        return new Logins(settings, providers, door, tokenClients, codes, tickets, traces, callers);
    }
}
