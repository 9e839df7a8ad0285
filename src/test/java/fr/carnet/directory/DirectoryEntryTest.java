package fr.carnet.directory;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.directory.DirectoryEntry.Agreement;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.StructureId;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R76")
class DirectoryEntryTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final IdNatPs SOMEBODY = new IdNatPs("899700100219");
    private static final ActorCode PHYSICIAN = new ActorCode("10");
    private static final StructureId PRACTICE = new StructureId("399999001300016");
    private static final StructureId HOSPITAL = new StructureId("1990000010");

    private static final Situation IN_PRACTICE = situation("SM54", "SA07", PRACTICE, Optional.empty());
    private static final Situation IN_HOSPITAL = situation("SM04", "SA01", HOSPITAL, Optional.empty());

    private static Situation situation(
            String specialty, String sector, StructureId structure, Optional<LocalDate> end) {
        return new Situation(
                PHYSICIAN, Optional.of(specialty), Optional.of(sector), Set.of(structure), Optional.empty(), end);
    }

    private static DirectoryEntry open(Situation... situations) {
        return new DirectoryEntry(SOMEBODY, "Double", "Ida", true, List.of(situations));
    }

    private static StatedSituation stated(String profession, String specialty, String sector, StructureId structure) {
        return new StatedSituation(
                new ActorCode(profession), Optional.of(specialty), Optional.of(sector), Optional.of(structure));
    }

    @Test
    void statementThatIsOneOfTheSituationsIsBorneOut() {
        DirectoryEntry entry = open(IN_PRACTICE, IN_HOSPITAL);

        assertThat(entry.agreementWith(stated("10", "SM04", "SA01", HOSPITAL), TODAY))
                .isEqualTo(Agreement.BORNE_OUT);
        assertThat(entry.agreementWith(stated("10", "SM54", "SA07", PRACTICE), TODAY))
                .isEqualTo(Agreement.BORNE_OUT);
    }

    @Test
    void onlyWhatIsStatedIsCompared() {
        assertThat(open(IN_PRACTICE).agreementWith(StatedSituation.of(PHYSICIAN), TODAY))
                .isEqualTo(Agreement.BORNE_OUT);
    }

    @Test
    void otherProfessionThanStatedIsNotBorneOut() {
        assertThat(open(IN_PRACTICE).agreementWith(StatedSituation.of(new ActorCode("60")), TODAY))
                .isEqualTo(Agreement.OTHER_PROFESSION);
        assertThat(open(IN_PRACTICE).agreementWith(StatedSituation.of(new ActorCode("G16:10")), TODAY))
                .isEqualTo(Agreement.OTHER_PROFESSION);
    }

    @Test
    void otherSpecialtySectorOrStructureIsNotBorneOut() {
        assertThat(open(IN_PRACTICE).agreementWith(stated("10", "SM04", "SA07", PRACTICE), TODAY))
                .isEqualTo(Agreement.OTHER_SPECIALTY);
        assertThat(open(IN_PRACTICE).agreementWith(stated("10", "SM54", "SA01", PRACTICE), TODAY))
                .isEqualTo(Agreement.OTHER_SECTOR);
        assertThat(open(IN_PRACTICE).agreementWith(stated("10", "SM54", "SA07", HOSPITAL), TODAY))
                .isEqualTo(Agreement.OTHER_STRUCTURE);
    }

    /** Two situations do not add up (R34). */
    @Test
    void partsOfTwoSituationsAreNoSituation() {
        assertThat(open(IN_PRACTICE, IN_HOSPITAL).agreementWith(stated("10", "SM54", "SA01", HOSPITAL), TODAY))
                .isEqualTo(Agreement.OTHER_SECTOR);
    }

    @Test
    void whoLeftBearsOutNothing() {
        assertThat(DirectoryEntry.closed(SOMEBODY).agreementWith(StatedSituation.of(PHYSICIAN), TODAY))
                .isEqualTo(Agreement.CLOSED);
        assertThat(new DirectoryEntry(SOMEBODY, "Double", "Ida", false, List.of(IN_PRACTICE))
                        .agreementWith(StatedSituation.of(PHYSICIAN), TODAY))
                .isEqualTo(Agreement.CLOSED);
    }

    @Test
    void situationCountsToItsLastDay() {
        DirectoryEntry entry = open(situation("SM54", "SA07", PRACTICE, Optional.of(TODAY)));

        assertThat(entry.agreementWith(StatedSituation.of(PHYSICIAN), TODAY)).isEqualTo(Agreement.BORNE_OUT);
        assertThat(entry.agreementWith(StatedSituation.of(PHYSICIAN), TODAY.plusDays(1)))
                .isEqualTo(Agreement.CLOSED);
    }

    @Test
    void rppsIsTheNumberBehindItsPrefix() {
        assertThat(open(IN_PRACTICE).rpps()).contains("99700100219");
        assertThat(DirectoryEntry.closed(new IdNatPs("0012600631")).rpps()).isEmpty();
    }

    @Test
    void nameStaysOutOfLogs() {
        assertThat(open(IN_PRACTICE)).asString().doesNotContain("Double", "Ida", SOMEBODY.value());
    }
}
