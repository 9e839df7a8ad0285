package fr.carnet.directory.insi;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.directory.insi.InsiAnswer.Cause;
import fr.carnet.directory.insi.InsiAnswer.Failed;
import fr.carnet.directory.insi.InsiAnswer.Found;
import fr.carnet.directory.insi.InsiAnswer.NotFound;
import fr.carnet.directory.insi.InsiAnswer.Several;
import fr.carnet.shared.Ins;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {

    private static final Ins ALICE = Ins.of("1.2.250.1.213.1.4.10", "284057505601204");
    private static final Ins FORMER = Ins.of("1.2.250.1.213.1.4.10", "784057505600156");

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void onePersonIsFoundWithMatriculeAndTraits() {
        ReferenceIdentity alice = ((Found) AnswerReader.read(200, Messages.alice())).identity();

        assertThat(alice.ins()).isEqualTo(ALICE);
        assertThat(alice.former()).isEmpty();
        assertThat(alice.birthName()).isEqualTo("MOREAU");
        assertThat(alice.firstGiven()).isEqualTo("ALICE");
        assertThat(alice.givenNames()).isEqualTo("ALICE JEANNE");
        assertThat(alice.sex()).isEqualTo(Sex.F);
        assertThat(alice.birthDate()).isEqualTo("1984-05-17");
        assertThat(alice.birthPlace()).contains("75056");
    }

    @Test
    void formerMatriculesAreKept() {
        byte[] message = Messages.result(
                "00",
                Messages.person(
                        Messages.matricule("2840575056012", "04"),
                        "<INSHISTO>" + Messages.matricule("7840575056001", "56") + "</INSHISTO>"));

        assertThat(((Found) AnswerReader.read(200, message)).identity().former())
                .containsExactly(FORMER);
    }

    @Test
    void nobodyAndSeveralAreTold() {
        assertThat(AnswerReader.read(200, Messages.result("01", ""))).isEqualTo(new NotFound());
        assertThat(AnswerReader.read(200, Messages.result("02", ""))).isEqualTo(new Several());
    }

    @ParameterizedTest
    @ValueSource(strings = {"03", "42", "99"})
    void unknownReturnCodeIsNotUnderstoodAndNamed(String code) {
        assertThat(AnswerReader.read(200, Messages.result(code, "")))
                .isEqualTo(new Failed(Cause.UNINTELLIGIBLE, List.of(code)));
    }

    @ParameterizedTest
    @CsvSource({"Receiver, siram_40, insi_102, UNAVAILABLE", "Sender, siram_100, desir_550, REFUSED"})
    void faultBringsItsCodes(String role, String subcode, String detail, Cause cause) {
        assertThat(AnswerReader.read(500, Messages.fault(role, subcode, detail)))
                .isEqualTo(new Failed(cause, List.of(subcode, detail)));
    }

    /** A name that stands where a code should is not passed on. */
    @Test
    void whatIsNoCodeIsNotPassedOn() {
        assertThat(AnswerReader.read(500, Messages.fault("Sender", "MOREAU ALICE", "x")))
                .isEqualTo(new Failed(Cause.REFUSED, List.of()));
    }

    @Test
    void personWithAWrongKeyIsNotBelieved() {
        assertThat(AnswerReader.read(
                        200, Messages.result("00", Messages.person(Messages.matricule("2840575056012", "05"), ""))))
                .isEqualTo(Failed.of(Cause.UNINTELLIGIBLE));
    }

    @Test
    void foundWithoutAPersonIsNotBelieved() {
        assertThat(AnswerReader.read(200, Messages.result("00", ""))).isEqualTo(Failed.of(Cause.UNINTELLIGIBLE));
    }

    @Test
    void documentTypeIsNotFollowed() {
        String message = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>"
                + new String(Messages.alice(), StandardCharsets.UTF_8).replaceFirst("<\\?xml[^>]*>\\s*", "");

        assertThat(AnswerReader.read(200, bytes(message))).isEqualTo(Failed.of(Cause.UNINTELLIGIBLE));
    }

    @Test
    void absurdlyDeepMessageIsNotRead() {
        assertThat(AnswerReader.read(200, Messages.envelope("<a>".repeat(5_000) + "</a>".repeat(5_000))))
                .isEqualTo(Failed.of(Cause.UNINTELLIGIBLE));
    }

    @ParameterizedTest
    @CsvSource({
        "200, UNINTELLIGIBLE",
        "302, UNINTELLIGIBLE",
        "401, REFUSED",
        "403, REFUSED",
        "404, UNINTELLIGIBLE",
        "500, UNINTELLIGIBLE",
        "502, UNAVAILABLE",
        "503, UNAVAILABLE",
        "504, UNAVAILABLE"
    })
    void withoutAMessageTheStatusSaysWhatHappened(int status, Cause cause) {
        assertThat(AnswerReader.read(status, bytes("<html><body>x</body></html>")))
                .isEqualTo(Failed.of(cause));
        assertThat(AnswerReader.read(status, bytes("not xml"))).isEqualTo(Failed.of(cause));
        assertThat(AnswerReader.read(status)).isEqualTo(Failed.of(cause));
    }
}
