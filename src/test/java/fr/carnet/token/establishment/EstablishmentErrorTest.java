package fr.carnet.token.establishment;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.shared.Texts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EstablishmentErrorTest {

    @ParameterizedTest
    @EnumSource
    void everyRefusalIsSaidInBothLanguages(EstablishmentError error) {
        String french = Texts.of("fr").say(error.messageKey(), "LPS_Nom");
        String english = Texts.of("en").say(error.messageKey(), "LPS_Nom");
        assertThat(french).isNotBlank().isNotEqualTo(english).doesNotContain("{0}");
        assertThat(english).isNotBlank().doesNotContain("{0}");
        boolean namesTheField = error == EstablishmentError.FIELD_MISSING || error == EstablishmentError.FIELD_INVALID;
        assertThat(french.contains("LPS_Nom")).isEqualTo(namesTheField);
    }

    @ParameterizedTest
    @EnumSource
    void everyRefusalHasARuleAndAStatus(EstablishmentError error) {
        assertThat(error.rule()).matches("R\\d+");
        assertThat(error.status()).isIn(401, 422, 503);
        assertThat(error.code()).matches("[a-z0-9-]+");
    }
}
