package fr.carnet.directory.insi;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.directory.insi.InsiAnswer.Cause;
import fr.carnet.directory.insi.InsiAnswer.Failed;
import fr.carnet.directory.insi.InsiAnswer.Found;
import fr.carnet.directory.insi.InsiAnswer.NotFound;
import fr.carnet.directory.insi.InsiAnswer.Several;
import fr.carnet.directory.insi.InsiVerification.Confirmed;
import fr.carnet.directory.insi.InsiVerification.Differs;
import fr.carnet.directory.insi.InsiVerification.Unsettled;
import fr.carnet.shared.Ins;
import fr.carnet.validation.PatientTraits.Trait;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InsiVerificationTest {

    private static final Ins NIR = Ins.of("1.2.250.1.213.1.4.10", "284057505601204");
    private static final Ins NIA = Ins.of("1.2.250.1.213.1.4.10", "784057505600156");
    private static final Ins OTHER = Ins.of("1.2.250.1.213.1.4.10", "162113523804516");
    private static final ReferenceIdentity ALICE = new ReferenceIdentity(
            NIR, List.of(NIA), "LE GOFF", "ALICE", "ALICE JEANNE", Sex.F, "1984-05-17", Optional.of("75056"));

    private static SearchedTraits traits(String name, String given, String date) {
        return new SearchedTraits(name, given, Sex.F, date, Optional.empty());
    }

    @Test
    void sameMatriculeAndTraitsAreConfirmed() {
        assertThat(InsiVerification.of(new Found(ALICE), NIR, traits("Le Goff", "Alice", "1984-05-17")))
                .isEqualTo(new Confirmed(ALICE));
    }

    /** R9: documents stay reachable under a former matricule, so it is not another person. */
    @Test
    void formerMatriculeIsConfirmed() {
        assertThat(InsiVerification.of(new Found(ALICE), NIA, traits("LE GOFF", "ALICE", "1984-05-17")))
                .isEqualTo(new Confirmed(ALICE));
    }

    @Test
    void otherMatriculeDiffers() {
        assertThat(InsiVerification.of(new Found(ALICE), OTHER, traits("LE GOFF", "ALICE", "1984-05-17")))
                .isEqualTo(new Differs(true, Set.of()));
    }

    @Test
    void otherTraitsDiffer() {
        assertThat(InsiVerification.of(new Found(ALICE), NIR, traits("LE GOF", "JEANNE", "1984-00-00")))
                .isEqualTo(new Differs(false, Set.of(Trait.BIRTH_FAMILY, Trait.FIRST_GIVEN, Trait.BIRTH_DATE)));
    }

    static Stream<InsiAnswer> withoutAPerson() {
        return Stream.of(new NotFound(), new Several(), Failed.of(Cause.TIMED_OUT));
    }

    @ParameterizedTest
    @MethodSource("withoutAPerson")
    void withoutExactlyOnePersonNothingIsSettled(InsiAnswer answer) {
        assertThat(InsiVerification.of(answer, NIR, traits("LE GOFF", "ALICE", "1984-05-17")))
                .isEqualTo(new Unsettled(answer));
    }
}
