package fr.carnet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.shared.Visibility;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may be told of what, when it is told. */
class NoticeRightsTest {

    private static final Instant NOW = Cast.NOW;
    private static final Policy POLICY = Policies.of(new SettingsFixture().build());

    private static DocumentFixture document() {
        return Cast.document("11488-4", "10").of("alice").deposited(NOW.minus(Duration.ofHours(1)));
    }

    private static DocumentFixture hidden(Duration since) {
        return Cast.document("11488-4", "10")
                .of("alice")
                .labelled(Visibility.INVISIBLE_PATIENT)
                .deposited(NOW.minus(since));
    }

    private static PatientFixture alice() {
        return Cast.patient("alice");
    }

    @Test
    @Tag("R96")
    void holderIsToldOfADocumentThatHeSees() {
        assertThat(POLICY.mayTellOfDocument(alice().build(), document().build(), false, NOW))
                .isTrue();
    }

    @Test
    @Tag("R99")
    void holderIsNotToldOfADocumentThatIsHiddenFromHim() {
        assertThat(POLICY.mayTellOfDocument(
                        alice().build(), hidden(Duration.ofDays(1)).build(), false, NOW))
                .isFalse();
    }

    @Test
    @Tag("R114")
    void holderIsToldOfItWhenItsDelayIsOver() {
        assertThat(POLICY.mayTellOfDocument(
                        alice().build(), hidden(Duration.ofDays(40)).build(), false, NOW))
                .isTrue();
    }

    @Test
    void nobodyIsToldOfADeletedDocument() {
        assertThat(POLICY.mayTellOfDocument(
                        alice().build(), document().deleted().build(), false, NOW))
                .isFalse();
        assertThat(POLICY.mayInvite(
                        alice().build(), hidden(Duration.ofDays(20)).deleted().build(), false, NOW))
                .isFalse();
    }

    @Test
    @Tag("R113")
    void holderIsInvitedAsLongAsADocumentAwaitsItsAnnouncement() {
        assertThat(POLICY.mayInvite(alice().build(), hidden(Duration.ofDays(20)).build(), false, NOW))
                .isTrue();
        assertThat(POLICY.mayInvite(alice().build(), document().build(), false, NOW))
                .isFalse();
        assertThat(POLICY.mayInvite(alice().build(), hidden(Duration.ofDays(40)).build(), false, NOW))
                .isFalse();
    }

    @Test
    @Tag("R99")
    void minorsNoticeReachesNoRepresentativeFromWhomTheDocumentIsHidden() {
        PatientFacts chloe = Cast.patient("chloe").build();
        DocumentFixture seen = Cast.document("11488-4", "10").of("chloe").deposited(NOW);
        assertThat(POLICY.mayTellOfDocument(chloe, seen.build(), false, NOW)).isTrue();
        assertThat(POLICY.mayTellOfDocument(
                        chloe,
                        seen.labelled(Visibility.INVISIBLE_REPRESENTANTS_LEGAUX).build(),
                        false,
                        NOW))
                .isFalse();
    }

    @Test
    @Tag("R99")
    void minorIsToldAtAnAddressOfHisOwnOfWhatIsHiddenFromHisRepresentatives() {
        PatientFacts chloe = Cast.patient("chloe").build();
        DocumentFixture hidden = Cast.document("11488-4", "10")
                .of("chloe")
                .deposited(NOW)
                .labelled(Visibility.INVISIBLE_REPRESENTANTS_LEGAUX);
        assertThat(POLICY.mayTellOfDocument(chloe, hidden.build(), true, NOW)).isTrue();
        assertThat(POLICY.mayTellOfDocument(
                        chloe, hidden.labelled(Visibility.INVISIBLE_PATIENT).build(), true, NOW))
                .as("not yet announced")
                .isFalse();
        assertThat(POLICY.owesNotice(chloe, NOW)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(RecordState.class)
    @Tag("R11")
    void openingIsToldWhileItCanBeOpposed(RecordState state) {
        PatientFacts patient = alice().state(state).since(NOW).build();
        assertThat(POLICY.mayTellOfOpening(patient, NOW)).isEqualTo(state == RecordState.NOTIFIED);
    }

    @ParameterizedTest
    @EnumSource(RecordState.class)
    void noticeOfADocumentNeedsAnOpenRecordAndNoticeOfAnAccessARecord(RecordState state) {
        PatientFacts patient = alice().state(state).since(NOW).build();
        assertThat(POLICY.mayTellOfDocument(patient, document().build(), false, NOW))
                .isEqualTo(state.isOpen());
        assertThat(POLICY.mayTellOfAccess(patient, NOW)).isEqualTo(state.isRecord());
    }

    @Test
    @Tag("R27")
    void nobodyIsToldInTheNameOfTheDead() {
        PatientFacts dead = alice().deceased().build();
        assertThat(POLICY.mayTellOfDocument(dead, document().build(), false, NOW))
                .isFalse();
        assertThat(POLICY.mayTellOfAccess(dead, NOW)).isFalse();
        assertThat(POLICY.mayTellOfRecord(dead)).isFalse();
        assertThat(POLICY.mayTellOfRecord(alice().build())).isTrue();
    }

    @Test
    @Tag("R57")
    void treatingPhysicianIsToldIfThereIsOne() {
        PatientFacts treated = alice().treatedBy("martin").build();
        assertThat(treated.treatingPhysician()).isNotEqualTo(Optional.empty());
        assertThat(POLICY.mayTellTreatingPhysician(treated, NOW)).isTrue();
        assertThat(POLICY.mayTellTreatingPhysician(Cast.patient("bruno").build(), NOW))
                .isEqualTo(Cast.patient("bruno").build().treatingPhysician().isPresent());
    }
}
