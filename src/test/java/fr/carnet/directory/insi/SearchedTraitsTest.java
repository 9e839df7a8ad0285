package fr.carnet.directory.insi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchedTraitsTest {

    @ParameterizedTest
    @CsvSource({"Lefèvre, LEFEVRE", "d’Aéïon, D'AEION", "Le Cœur-Noël, LE COEUR-NOEL", "'  Moreau ', MOREAU"})
    void namesAreWrittenAsInsiWantsThem(String written, String wanted) {
        assertThat(new SearchedTraits(written, "Zoé", Sex.F, "1984-05-17", Optional.empty()))
                .isEqualTo(new SearchedTraits(wanted, "ZOE", Sex.F, "1984-05-17", Optional.empty()));
    }

    @Test
    void dayThatNoCalendarKnowsIsAllowed() {
        assertThat(new SearchedTraits("MOREAU", "ALICE", Sex.F, "1950-00-00", Optional.of("2A004")).birthDate())
                .isEqualTo("1950-00-00");
    }

    @ParameterizedTest
    @CsvSource({
        "birthName, '', ALICE, 1984-05-17, 75056",
        "birthName, <x>, ALICE, 1984-05-17, 75056",
        "givenName, MOREAU, 4LICE, 1984-05-17, 75056",
        "birthDate, MOREAU, ALICE, 17/05/1984, 75056",
        "birthPlace, MOREAU, ALICE, 1984-05-17, Paris"
    })
    void traitOfAnotherShapeIsRefusedByNameAlone(
            String trait, String birthName, String givenName, String birthDate, String birthPlace) {
        assertThatThrownBy(() -> new SearchedTraits(birthName, givenName, Sex.F, birthDate, Optional.of(birthPlace)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(trait);
    }

    @Test
    void missingSexIsRefused() {
        assertThatThrownBy(() -> new SearchedTraits("MOREAU", "ALICE", null, "1984-05-17", Optional.empty()))
                .hasMessage("sex");
    }

    @Test
    void traitsStayOutOfLogs() {
        assertThat(new SearchedTraits("MOREAU", "ALICE", Sex.F, "1984-05-17", Optional.of("75056")))
                .asString()
                .doesNotContain("MOREAU", "ALICE", "1984", "75056");
    }
}
