package fr.carnet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.policy.PatientFacts.Authorisation;
import fr.carnet.policy.PatientFacts.Authorisation.Basis;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorisationStatusTest {

    private static final Policy POLICY = new Policy(HabilitationMatrix.load(), Cast.settings());

    /** Where a declaration stands in the list of choices (R91): basis, age and block tell it. */
    @ParameterizedTest
    @CsvSource({
        "martin, CONSENT, 10, VALID",
        "dentist, CONSENT, 1, EXPIRED",
        "ehpad, AGREEMENT, 300, VALID",
        "travail, EXPRESS, 400, EXPIRED",
        "nurse-h, TEAM, 10, VALID",
        "dentist, TEAM, 10, NONE",
        "petit, CONSENT, 0, FORBIDDEN",
    })
    void declarationStands(String name, Basis basis, int days, AuthorisationStatus expected) {
        var declared =
                new Authorisation(Cast.subject(name), Cast.NOW.minus(Duration.ofDays(days)), basis, Optional.empty());

        assertThat(POLICY.authorisationStatus(
                        declared, Cast.patient("alice").blocks("petit").build(), Cast.NOW))
                .isEqualTo(expected);
    }
}
