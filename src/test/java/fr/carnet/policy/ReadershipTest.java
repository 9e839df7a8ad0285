package fr.carnet.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import fr.carnet.policy.PatientFacts.Authorisation.Basis;
import fr.carnet.policy.Readership.Person;
import fr.carnet.policy.Readership.Profession;
import fr.carnet.shared.AccessMode;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.Visibility;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadershipTest {

    private static final ActorCode PHYSICIAN = new ActorCode("10");
    private static final ActorCode PODIATRIST = new ActorCode("80");
    private static final Policy POLICY = new Policy(HabilitationMatrix.load(), Cast.settings());

    @Test
    void professionsAreThoseOfTheMatrix() {
        Readership readership = of(Cast.patient("alice"), Cast.document("15508-5", "11"));

        assertThat(readership.professions())
                .allMatch(profession -> profession.reasons().equals(List.of(Rule.R28_MATRIX, Rule.R103_VISIBLE)))
                .extracting(Profession::role)
                .contains(PHYSICIAN)
                .doesNotContain(PODIATRIST)
                .noneMatch(role -> role.code().startsWith("A00:"));
        assertThat(readership.representatives()).isTrue();
    }

    @Test
    void personsAreThoseWhoMayReadNow() {
        Readership readership = of(
                Cast.patient("alice")
                        .withoutConsents()
                        .consent("martin", Duration.ofDays(10))
                        .consent("leroy", Duration.ofDays(10))
                        .consent("petit", Duration.ofDays(3))
                        .consent("dentist", Duration.ofHours(1))
                        .authorised("ehpad", Basis.AGREEMENT, Duration.ofDays(3))
                        .blocks("dentist"),
                Cast.document("11488-4", "10"));

        assertThat(readership.persons())
                .extracting(Person::professional, person -> person.reasons().get(0))
                .containsExactlyInAnyOrder(
                        tuple(Cast.subject("martin"), Rule.R36_CONSENT),
                        tuple(Cast.subject("leroy"), Rule.R36_CONSENT),
                        tuple(Cast.subject("ehpad"), Rule.R63_AGREEMENT));
    }

    @Test
    void aMaskLeavesDepositorAndTreatingPhysician() {
        Readership readership =
                of(Cast.patient("alice"), Cast.document("11488-4", "10").labelled(Visibility.MASQUE_PS));

        assertThat(readership.professions()).isEmpty();
        assertThat(readership.persons())
                .extracting(Person::professional)
                .containsExactlyInAnyOrder(Cast.subject("martin"), Cast.subject("leroy"));
    }

    @Test
    void whoMasksAllIsReadByNobody() {
        Readership readership = of(Cast.patient("alice").masksAll(), Cast.document("11488-4", "10"));

        assertThat(readership.professions()).isEmpty();
        assertThat(readership.persons()).isEmpty();
        assertThat(readership.emergencies().values()).noneMatch(Decision::permitted);
    }

    @Test
    void emergenciesReadUnlessTheHolderOpposesThem() {
        Readership readership = of(Cast.patient("alice").opposesBreakGlass(), Cast.document("11488-4", "10"));

        assertThat(readership.emergencies().get(AccessMode.BREAK_GLASS))
                .isInstanceOfSatisfying(Decision.Deny.class, deny -> assertThat(deny.reason())
                        .isEqualTo(Rule.R52_OPPOSED_BRIS_DE_GLACE));
        assertThat(readership.emergencies().get(AccessMode.REGULATION).permitted())
                .isTrue();
    }

    @Test
    void representativesDoNotSeeWhatIsHiddenFromThem() {
        Readership readership = of(
                Cast.patient("chloe"),
                Cast.document("11488-4", "10").of("chloe").labelled(Visibility.INVISIBLE_REPRESENTANTS_LEGAUX));

        assertThat(readership.representatives()).isFalse();
    }

    private static Readership of(PatientFixture patient, DocumentFixture document) {
        return POLICY.readership(patient.build(), document.build(), Cast.NOW);
    }
}
