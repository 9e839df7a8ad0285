package fr.carnet.validation.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LibrarySentencesTest {

    @Test
    void whatWasFilledInIsReadBackInItsOrder() {
        assertThat(LibrarySentences.args(
                        "Validation_VAL_Profile_Minimum",
                        "DocumentReference.custodian: minimum required = 1, but only found 0 (from https://p|3.1.1)"))
                .containsExactly("0", "https://p|3.1.1", "", "DocumentReference.custodian", "", "", "", "1");
    }

    @Test
    void aSentenceOfAnotherTemplateHasNoArguments() {
        assertThat(LibrarySentences.args("Validation_VAL_Profile_Minimum", "something else"))
                .isEmpty();
        assertThat(LibrarySentences.args("no-such-message", "something else")).isEmpty();
    }
}
