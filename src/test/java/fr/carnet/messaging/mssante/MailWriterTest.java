package fr.carnet.messaging.mssante;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.messaging.mssante.DeliveryReport.Fate;
import fr.carnet.messaging.mssante.MailWriter.Report;
import fr.carnet.shared.Ins;
import fr.carnet.shared.InsDomain;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailWriterTest {

    private static final Instant NOW = Instant.parse("2026-03-10T10:00:00Z");
    private static final MailLimits LIMITS = new MailLimits(200_000, 10_000, 5);
    private static final Ins ALICE = new Ins(InsDomain.TEST, "284057505601204");
    private static final PatientAddress ADDRESSES =
            new PatientAddress("patient.mssante.fr", List.of(InsDomain.NIR, InsDomain.TEST));

    private final MailWriter writer = new MailWriter(Session.getInstance(new Properties()));

    @Test
    void messageIsReadAsItWasWritten() throws Exception {
        var pdf = new MailAttachment("lettre d’été.pdf", "application/pdf", "%PDF-1.4 été".getBytes(UTF_8));
        var sent = new OutgoingMail(
                "<ours@carnet.example>",
                "284057505601204@patient.mssante.fr",
                "dr.martin@medecin.mssante.fr",
                "Réponse",
                "Merci, à demain.",
                Optional.of("<first@medecin.mssante.fr>"),
                List.of(pdf));

        IncomingMail read = read(writer.message(sent, NOW));

        assertThat(read.sender()).isEqualTo(sent.sender());
        assertThat(read.recipients()).containsExactly(sent.recipient());
        assertThat(read.messageId()).contains(sent.messageId());
        assertThat(read.inReplyTo()).containsExactly("<first@medecin.mssante.fr>");
        assertThat(read.text()).isEqualTo(sent.text());
        assertThat(read.automatic()).isFalse();
        assertThat(read.attachments()).singleElement().satisfies(file -> {
            assertThat(file.content()).isEqualTo(pdf.content());
            assertThat(file.name()).isEqualTo(pdf.name());
        });
    }

    @Test
    void messageWithoutFilesIsPlain() throws Exception {
        var sent = new OutgoingMail("<a@b.fr>", "a@b.fr", "c@d.fr", "x", "à demain", Optional.empty(), List.of());

        MimeMessage message = writer.message(sent, NOW);

        assertThat(message.getContentType()).startsWith("text/plain");
        assertThat(read(message).inReplyTo()).isEmpty();
    }

    @Test
    void reportIsReadAsItWasWritten() throws Exception {
        IncomingMail failed = read(writer.report(report(false), "Non remis.", NOW));
        IncomingMail delivered = read(writer.report(report(true), "Remis.", NOW));

        assertThat(failed.report()).contains(new DeliveryReport("<first@medecin.mssante.fr>", Fate.FAILED));
        assertThat(delivered.report()).contains(new DeliveryReport("<first@medecin.mssante.fr>", Fate.DELIVERED));
        assertThat(failed.automatic()).isTrue();
        assertThat(failed.text()).isEqualTo("Non remis.");
    }

    @Test
    @Tag("R160")
    void addressOfAPatientIsHisMatricule() {
        assertThat(ADDRESSES.of(ALICE)).isEqualTo("284057505601204@patient.mssante.fr");
        assertThat(ADDRESSES.read("284057505601204@patient.mssante.fr"))
                .containsExactly(new Ins(InsDomain.NIR, "284057505601204"), ALICE);
        assertThat(ADDRESSES.read("288062a00401976@PATIENT.mssante.fr")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "284057505601205@patient.mssante.fr",
                "284057505601204@mssante.fr",
                "284057505601204@patient.mssante.fr.evil.example",
                "284057505601204",
                "@patient.mssante.fr",
                "alice@patient.mssante.fr"
            })
    void otherAddressNamesNobody(String address) {
        assertThat(ADDRESSES.read(address)).isEmpty();
    }

    @Test
    @Tag("R167")
    void onlyDomainsOfTheListAreTrusted() {
        TrustedDomains trusted = new TrustedDomains(List.of("Medecin.mssante.fr"));

        assertThat(trusted.trust("dr.martin@medecin.MSSANTE.fr")).isTrue();
        assertThat(trusted.trust("dr.martin@mssante.fr")).isFalse();
        assertThat(trusted.trust("dr.martin@evil.medecin.mssante.fr")).isFalse();
        assertThat(trusted.trust("medecin.mssante.fr")).isFalse();
        assertThat(trusted.trust("a@medecin.mssante.fr@evil.example")).isFalse();
    }

    private static Report report(boolean delivered) {
        return new Report(
                "<report@carnet.example>",
                "bridge@patient.mssante.fr",
                "dr.martin@medecin.mssante.fr",
                "Rapport",
                "<first@medecin.mssante.fr>",
                "284057505601204@patient.mssante.fr",
                "patient.mssante.fr",
                delivered);
    }

    private static IncomingMail read(MimeMessage message) throws MessagingException, IOException, UnreadableMail {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        message.writeTo(bytes);
        return MailReader.read(bytes.toByteArray(), LIMITS);
    }
}
