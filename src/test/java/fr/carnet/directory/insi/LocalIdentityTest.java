package fr.carnet.directory.insi;

import static fr.carnet.directory.insi.IdentityStatus.PROVISIONAL;
import static fr.carnet.directory.insi.IdentityStatus.QUALIFIED;
import static fr.carnet.directory.insi.IdentityStatus.RETRIEVED;
import static fr.carnet.directory.insi.IdentityStatus.VALIDATED;
import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.directory.insi.IdentityStatus.Event;
import fr.carnet.directory.insi.LocalIdentity.Attestation;
import fr.carnet.shared.IdNatPs;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LocalIdentityTest {

    private static final IdNatPs DOCTOR = new IdNatPs("899700100011");
    private static final Instant THEN = Instant.parse("2026-11-22T08:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "PROVISIONAL, ANSWERED, RETRIEVED",
        "RETRIEVED, ANSWERED, RETRIEVED",
        "VALIDATED, ANSWERED, QUALIFIED",
        "QUALIFIED, ANSWERED, QUALIFIED",
        "PROVISIONAL, CONTROLLED, VALIDATED",
        "RETRIEVED, CONTROLLED, QUALIFIED",
        "VALIDATED, CONTROLLED, VALIDATED",
        "QUALIFIED, CONTROLLED, QUALIFIED",
        "PROVISIONAL, CONTRADICTED, PROVISIONAL",
        "RETRIEVED, CONTRADICTED, PROVISIONAL",
        "VALIDATED, CONTRADICTED, VALIDATED",
        "QUALIFIED, CONTRADICTED, VALIDATED",
        "PROVISIONAL, DOUBTED, PROVISIONAL",
        "RETRIEVED, DOUBTED, PROVISIONAL",
        "VALIDATED, DOUBTED, PROVISIONAL",
        "QUALIFIED, DOUBTED, PROVISIONAL"
    })
    @Tag("R4")
    void statusFollowsFromAnswerAndControl(IdentityStatus before, Event event, IdentityStatus after) {
        assertThat(before.after(event)).isEqualTo(after);
    }

    @Test
    @Tag("R4")
    void onlyAnswerAndControlTogetherQualify() {
        assertThat(LocalIdentity.UNPROVEN.after(Event.ANSWERED).status()).isEqualTo(RETRIEVED);
        assertThat(LocalIdentity.UNPROVEN.after(Event.CONTROLLED).status()).isEqualTo(VALIDATED);
        assertThat(LocalIdentity.UNPROVEN
                        .after(Event.CONTROLLED)
                        .after(Event.ANSWERED)
                        .status())
                .isEqualTo(QUALIFIED);
    }

    @ParameterizedTest
    @EnumSource
    void codeNamesTheStatus(IdentityStatus status) {
        assertThat(IdentityStatus.of(status.code())).contains(status);
        assertThat(IdentityStatus.of("DOUT")).isEmpty();
    }

    @Test
    @Tag("R7")
    void attestationCountsAsControl() {
        LocalIdentity known = LocalIdentity.UNPROVEN.after(Event.ANSWERED).attestedBy(DOCTOR, THEN);

        assertThat(known.status()).isEqualTo(QUALIFIED);
        assertThat(known.attestation()).contains(new Attestation(DOCTOR, THEN));
    }

    @Test
    @Tag("R7")
    void attestationAloneDoesNotQualify() {
        assertThat(LocalIdentity.UNPROVEN.attestedBy(DOCTOR, THEN).status()).isEqualTo(VALIDATED);
    }

    @Test
    @Tag("R7")
    void attestationIsRecordedOnce() {
        LocalIdentity once = LocalIdentity.UNPROVEN.attestedBy(DOCTOR, THEN);

        assertThat(once.attestedBy(new IdNatPs("899700100029"), THEN.plusSeconds(60)))
                .isSameAs(once);
    }

    @Test
    @Tag("R7")
    void doubtTakesTheAttestationBack() {
        LocalIdentity doubted = LocalIdentity.UNPROVEN.attestedBy(DOCTOR, THEN).after(Event.DOUBTED);

        assertThat(doubted).isEqualTo(LocalIdentity.UNPROVEN);
        assertThat(doubted.status()).isEqualTo(PROVISIONAL);
    }
}
