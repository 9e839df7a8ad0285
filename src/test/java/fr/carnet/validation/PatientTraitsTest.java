package fr.carnet.validation;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.validation.PatientTraits.Trait;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatientTraitsTest {

    private static final PatientTraits NONE =
            new PatientTraits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    @ParameterizedTest
    @CsvSource({
        "PAT-TROIS, pat trois",
        "Le Goff, LE  GOFF",
        "Élodie, ELODIE",
        "D'ORVAL, d’orval",
        "D’ORVAL, D ORVAL",
        "Jean‑Noël, JEAN NOEL",
        "ŒUVRARD, œuvrard"
    })
    void writingIsNoDifference(String stated, String registered) {
        assertThat(named(stated).differencesFrom(named(registered))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"MOREAU, MOREAUX", "LE GOFF, LEGOFF", "MARIE, MARIE JEANNE"})
    void anotherNameIsADifference(String stated, String registered) {
        assertThat(named(stated).differencesFrom(named(registered))).containsExactly(Trait.BIRTH_FAMILY);
    }

    @Test
    void aMissingTraitIsNoDifference() {
        assertThat(NONE.differencesFrom(Fixtures.ALICE)).isEmpty();
        assertThat(Fixtures.ALICE.differencesFrom(NONE)).isEmpty();
    }

    @Test
    void everyTraitIsCompared() {
        PatientTraits other = new PatientTraits(
                Optional.of("A"),
                Optional.of("B"),
                Optional.of(LocalDate.EPOCH),
                Optional.of("male"),
                Optional.of("2A004"));
        assertThat(other.differencesFrom(Fixtures.ALICE)).containsExactly(Trait.values());
    }

    private static PatientTraits named(String birthFamily) {
        return new PatientTraits(
                Optional.of(birthFamily), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
