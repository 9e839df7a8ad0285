package fr.carnet.messaging.mssante;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.carnet.messaging.mssante.DeliveryReport.Fate;
import fr.carnet.messaging.mssante.UnreadableMail.Reason;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailReaderTest {

    private static final MailLimits LIMITS = new MailLimits(200_000, 10_000, 5);
    private static final String HEAD = """
            From: =?UTF-8?Q?Dr_H=C3=A9l=C3=A8ne?= <Dr.Martin@Medecin.mssante.fr>
            To: 284057505601204@patient.mssante.fr
            Message-ID: <first@medecin.mssante.fr>
            Subject: Bonjour
            MIME-Version: 1.0
            """;

    @Test
    void plainMailIsRead() throws UnreadableMail {
        IncomingMail mail = read(HEAD + "Content-Type: text/plain; charset=utf-8\n\nBonjour,\n\nà demain.\n");

        assertThat(mail.sender()).isEqualTo("dr.martin@medecin.mssante.fr");
        assertThat(mail.senderName()).isEqualTo("Dr Hélène");
        assertThat(mail.recipients()).containsExactly("284057505601204@patient.mssante.fr");
        assertThat(mail.messageId()).contains("<first@medecin.mssante.fr>");
        assertThat(mail.text()).isEqualTo("Bonjour,\n\nà demain.");
        assertThat(mail.attachments()).isEmpty();
        assertThat(mail.automatic()).isFalse();
        assertThat(mail.report()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From: <>\n",
                "",
                "From: Mail Delivery Subsystem <MAILER-DAEMON>\n",
                "From: postmaster@mta.example\n"
            })
    void bounceNeedsNoSender(String from) throws UnreadableMail {
        IncomingMail mail = read(from + "Return-Path: <>\nContent-Type: text/plain\n\nundeliverable\n");

        assertThat(mail.bounce()).isTrue();
        assertThat(mail.automatic()).isTrue();
        assertThat(mail.sender()).isIn("", "postmaster@mta.example");
    }

    @Test
    void bounceIsWhatAPostmasterSends() throws UnreadableMail {
        String body = "Content-Type: text/plain\n\nundeliverable\n";

        assertThat(read("From: Mailer-Daemon@mta.example\n" + body).bounce()).isTrue();
        assertThat(read("From: dr.postmaster@mta.example\n" + body).bounce()).isFalse();
    }

    @Test
    void otherCharsetIsRead() throws UnreadableMail {
        byte[] bytes = (HEAD + "Content-Type: text/plain; charset=iso-8859-1\n\nà bientôt").getBytes(ISO_8859_1);

        assertThat(MailReader.read(bytes, LIMITS).text()).isEqualTo("à bientôt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"charset=klingon", "charset=\"\"", ";;;", "charset=../../etc"})
    void charsetThatNobodyKnowsIsReadAsUtf8(String parameter) throws UnreadableMail {
        assertThat(read(HEAD + "Content-Type: text/plain; " + parameter + "\n\nà bientôt"))
                .isNotNull();
    }

    @Test
    void htmlAloneIsReadAsItsText() throws UnreadableMail {
        IncomingMail mail = read(HEAD + """
                        Content-Type: text/html; charset=utf-8

                        <html><head><title>x</title><style>p{color:red}</style></head><body onload="a()">
                        <p>Bonjour &eacute;l&egrave;ve &lt;b&gt;</p><script>alert(1)</script>
                        <a href="http://evil.example">suite</a><br>fin</body></html>
                        """);

        assertThat(mail.text())
                .contains("Bonjour élève <b>", "suite\nfin")
                .doesNotContain("alert", "color", "http", "x");
    }

    @Test
    void textIsPreferredToHtmlAndFilesAreKept() throws UnreadableMail {
        IncomingMail mail = read(multipart("""
                Content-Type: multipart/alternative; boundary=in

                --in
                Content-Type: text/plain

                le texte
                --in
                Content-Type: text/html

                <p>le HTML</p>
                --in--""", """
                Content-Type: application/pdf; name="../../lettre.pdf"
                Content-Disposition: attachment; filename="../../lettre.pdf"
                Content-Transfer-Encoding: base64

                JVBERi0xLjQK"""));

        assertThat(mail.text()).isEqualTo("le texte");
        assertThat(mail.attachments()).singleElement().satisfies(file -> {
            assertThat(file.name()).isEqualTo("lettre.pdf");
            assertThat(file.mediaType()).isEqualTo("application/pdf");
            assertThat(new String(file.content(), UTF_8)).isEqualTo("%PDF-1.4\n");
        });
    }

    @Test
    void attachedTextIsAFile() throws UnreadableMail {
        IncomingMail mail = read(multipart(
                "Content-Type: text/plain\n\ncorps",
                "Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nfichier"));

        assertThat(mail.text()).isEqualTo("corps");
        assertThat(mail.attachments()).extracting(MailAttachment::name).containsExactly("a.txt");
    }

    @Test
    void recipientIsWhomTheServerDeliveredItTo() throws UnreadableMail {
        IncomingMail mail = read("Delivered-To: 162113523804516@patient.mssante.fr\n" + HEAD + "\nBonjour");

        assertThat(mail.recipients()).containsExactly("162113523804516@patient.mssante.fr");
    }

    @Test
    void answerNamesWhatItAnswers() throws UnreadableMail {
        IncomingMail mail = read("In-Reply-To: <b@x.fr>\nReferences: <a@x.fr> <b@x.fr>\n" + HEAD + "\nBonjour");

        assertThat(mail.inReplyTo()).containsExactly("<b@x.fr>", "<a@x.fr>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Auto-Submitted: auto-replied",
                "Precedence: bulk",
                "List-Id: <a.b.fr>",
                "Return-Path: <>",
                "Auto-Submitted: auto-generated (vacation)"
            })
    void machineIsTold(String header) throws UnreadableMail {
        assertThat(read(header + "\n" + HEAD + "\nBonjour").automatic()).isTrue();
    }

    @Test
    void manIsTold() throws UnreadableMail {
        assertThat(read("Auto-Submitted: no\nReturn-Path: <a@b.fr>\n" + HEAD + "\nBonjour")
                        .automatic())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"failed, FAILED", "delivered, DELIVERED", "relayed, DELIVERED"})
    void deliveryStatusIsRead(String action, Fate fate) throws UnreadableMail {
        IncomingMail mail = read(report(
                "Content-Type: message/delivery-status\n\nReporting-MTA: dns; x.fr\n\nFinal-Recipient: rfc822; a@x.fr\n"
                        + "Action: " + action + "\nStatus: 5.1.1\n",
                "Content-Type: text/rfc822-headers\n\nMessage-ID: <ours@carnet.fr>\nSubject: x\n"));

        assertThat(mail.report()).contains(new DeliveryReport("<ours@carnet.fr>", fate));
    }

    @Test
    void delayIsNoFate() throws UnreadableMail {
        IncomingMail mail = read(report(
                "Content-Type: message/delivery-status\n\nReporting-MTA: dns; x.fr\n\nAction: delayed\n",
                "Content-Type: text/rfc822-headers\n\nMessage-ID: <ours@carnet.fr>\n"));

        assertThat(mail.report()).isEmpty();
    }

    @Test
    void readReceiptIsRead() throws UnreadableMail {
        IncomingMail mail = read(report("""
                        Content-Type: message/disposition-notification

                        Original-Message-ID: <ours@carnet.fr>
                        Disposition: manual-action/MDN-sent-manually; displayed
                        """));

        assertThat(mail.report()).contains(new DeliveryReport("<ours@carnet.fr>", Fate.READ));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "From: a@x.fr, b@x.fr | SENDERS",
                "From: a@x.fr§From: b@x.fr | SENDERS",
                "From: | MALFORMED",
                "Subject: nobody | MALFORMED",
                "From: nobody | MALFORMED",
                "From: \"a@b\"@x.fr | MALFORMED",
                "From: friends: a@x.fr; | MALFORMED"
            })
    void mailWithoutOneSenderIsRefused(String from, Reason reason) {
        refused(from.replace('§', '\n') + "\nTo: 284057505601204@patient.mssante.fr\n\nBonjour", reason);
    }

    @Test
    void nameOfASenderEndsNoLine() throws UnreadableMail {
        IncomingMail mail = read("From: =?UTF-8?Q?Dr=0D=0ABcc=3A_b=40x.fr?= <a@x.fr>\nTo: c@x.fr\n\nBonjour");

        assertThat(mail.senderName()).isEqualTo("Dr Bcc: b@x.fr");
    }

    @Test
    void largeMailIsRefused() {
        refused(HEAD + "\n" + "x".repeat(200_000), Reason.TOO_LARGE);
    }

    @Test
    void longTextIsRefused() {
        refused(HEAD + "\n" + "x".repeat(10_001), Reason.TOO_LARGE);
    }

    @Test
    void deepMailIsRefused() {
        String inner = "Content-Type: text/plain\n\nx";
        for (int i = 0; i < 12; i++) {
            inner = "Content-Type: multipart/mixed; boundary=b%1$d\n\n--b%1$d\n%2$s\n--b%1$d--".formatted(i, inner);
        }

        refused(HEAD + inner, Reason.TOO_LARGE);
    }

    @Test
    void mailWithManyPartsIsRefused() {
        String parts = IntStream.range(0, 120)
                .mapToObj(i -> "--b\nContent-Type: text/plain\n\nx\n")
                .collect(Collectors.joining());

        refused(HEAD + "Content-Type: multipart/mixed; boundary=b\n\n" + parts + "--b--", Reason.TOO_LARGE);
    }

    @Test
    void mailWithManyFilesIsRefused() {
        String[] files = IntStream.range(0, 6)
                .mapToObj(i -> "Content-Type: application/pdf\nContent-Disposition: attachment\n\nx")
                .toArray(String[]::new);

        refused(multipart(files), Reason.TOO_LARGE);
    }

    @Test
    void refusalNeverRepeatsContent() {
        UnreadableMail refusal =
                catchThrowableOfType(() -> read(HEAD + "\n" + "secret".repeat(2_000)), UnreadableMail.class);

        assertThat(refusal).hasMessageNotContainingAny("secret", "284057505601204");
    }

    private static String multipart(String... parts) {
        return HEAD + "Content-Type: multipart/mixed; boundary=out\n\n--out\n" + String.join("\n--out\n", parts)
                + "\n--out--\n";
    }

    private static String report(String... parts) {
        return HEAD
                + "Content-Type: multipart/report; boundary=out\n\n--out\nContent-Type: text/plain\n\nReport\n--out\n"
                + String.join("\n--out\n", parts) + "\n--out--\n";
    }

    private static void refused(String mail, Reason reason) {
        UnreadableMail refusal = catchThrowableOfType(() -> read(mail), UnreadableMail.class);
        assertThat(refusal).isNotNull();
        assertThat(refusal.reason()).isEqualTo(reason);
    }

    private static IncomingMail read(String mail) throws UnreadableMail {
        return MailReader.read(mail.getBytes(UTF_8), LIMITS);
    }
}
