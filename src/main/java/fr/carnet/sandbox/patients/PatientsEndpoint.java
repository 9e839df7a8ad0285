package fr.carnet.sandbox.patients;

import fr.carnet.sandbox.Account;
import fr.carnet.sandbox.Cast;
import fr.carnet.sandbox.openid.LoginPage;
import java.io.IOException;
import java.util.Map;
import org.springframework.context.annotation.Profile;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The login page with patients, representatives and those for whom it goes wrong. */
@RestController
@Profile("sandbox")
class PatientsEndpoint {

    private static final String TWO_FACTORS = "eidas2";

    private final Cast cast;

    PatientsEndpoint(Cast cast) {
        this.cast = cast;
    }

    @GetMapping(path = PatientsConfiguration.ROOT + "/login", produces = "text/html;charset=UTF-8")
    String login(CsrfToken csrf) throws IOException {
        return LoginPage.of(
                "Connexion des patients",
                PatientsConfiguration.ROOT,
                TWO_FACTORS,
                csrf,
                Account.of(cast).stream().map(PatientsEndpoint::shown).toList());
    }

    private static Map<String, String> shown(Account account) {
        return Map.of("id", account.id(), "name", account.given() + " " + account.family(), "note", account.note());
    }
}
