package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.ALICE;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.shared.PromptJob;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What mail servers and mailboxes report of a message that went out (RFC 3464, RFC 8098), and who is believed. */
class MailReportIT {

    private static final Pattern MESSAGE_ID = Pattern.compile("(?m)^Message-ID: (<[^>]+>)");
    private static final String RELAY = "MAILER-DAEMON@relay.example";

    private TrustSpace space;
    private String message;
    private String messageId;

    /** alice has answered dr-martin, and her answer has left for his mailbox. */
    @BeforeEach
    void answered() {
        space = new TrustSpace();
        String question = written("dr-martin", message("Comment allez-vous ?"));
        String thanks = "Bien, merci " + UUID.randomUUID();
        Communication answer = message(thanks);
        answer.addInResponseTo(new Reference(question));
        message = written("alice", answer);
        rounds();
        messageId = space.received(TrustSpace.MARTIN).stream()
                .filter(mail -> mail.contains(thanks))
                .flatMap(mail -> MESSAGE_ID.matcher(mail).results())
                .map(MatchResult::group)
                .findFirst()
                .orElseThrow()
                .replace("Message-ID: ", "");
    }

    @AfterEach
    void close() {
        space.close();
    }

    private static void rounds() {
        Instant now = Instant.now();
        for (int i = 0; i < 2; i++) {
            Scene.SERVER.beans(PromptJob.class).forEach(job -> job.run(now));
        }
    }

    private static Communication message(String text) {
        Communication message = new Communication().setStatus(CommunicationStatus.INPROGRESS);
        message.setSubject(new Reference().setIdentifier(ALICE.identifier()));
        message.addPayload().setContent(new StringType(text));
        return message;
    }

    private static String written(String actor, Communication message) {
        Answer answer = Scene.SERVER.send(token(actor, ALICE), Call.write("POST", "Communication", message));
        assertThat(answer.status()).as(answer.sentence()).isEqualTo(201);
        return answer.created().orElseThrow();
    }

    private JsonNode seen() {
        return Scene.SERVER.send(token("alice", ALICE), Call.get(message)).json();
    }

    private String status() {
        return seen().path("status").asText();
    }

    /** A report on the delivery of a mail, as mail servers write it: from nobody, since nobody is to answer it. */
    private void delivery(String from, String about, String action) {
        arrives(
                "<>",
                from,
                "delivery-status",
                "Reporting-MTA: dns; relay.example\r\n\r\nFinal-Recipient: rfc822; " + TrustSpace.MARTIN
                        + "\r\nAction: " + action + "\r\n",
                about);
    }

    /** A report that somebody read a mail. */
    private void reading(String from, String about) {
        arrives(
                "<>",
                from,
                "disposition-notification",
                "Final-Recipient: rfc822; " + TrustSpace.MARTIN
                        + "\r\nOriginal-Message-ID: " + about
                        + "\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n",
                about);
    }

    private void arrives(String returnPath, String from, String kind, String fields, String about) {
        space.send(
                "Return-Path: " + returnPath + "\r\nFrom: " + from + "\r\nTo: " + TrustSpace.address(ALICE)
                        + "\r\nMessage-ID: <" + UUID.randomUUID() + "@relay.example>\r\nSubject: Report\r\n"
                        + "Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; "
                        + "report-type=" + kind + "; boundary=part\r\n\r\n--part\r\nContent-Type: text/plain\r\n\r\n"
                        + "What became of your mail.\r\n--part\r\nContent-Type: message/" + kind + "\r\n\r\n" + fields
                        + "\r\n--part\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: " + about
                        + "\r\n--part--\r\n",
                TrustSpace.address(ALICE));
        rounds();
    }

    @Test
    void messageThatIsNotDeliveredSaysSoWhateverTheDomainOfTheRelay() {
        assertThat(status()).isEqualTo("in-progress");
        delivery(RELAY, messageId, "failed");

        assertThat(status()).isEqualTo("not-done");
        assertThat(space.received(RELAY)).as("machines do not answer machines").isEmpty();
    }

    @Test
    void bounceThatNamesNoSenderIsHeard() {
        delivery("<>", messageId, "failed");

        assertThat(status()).isEqualTo("not-done");
    }

    @Test
    void delayIsNoFailureAndDeliveryIsNoReading() {
        delivery(RELAY, messageId, "delayed");
        delivery(RELAY, messageId, "delivered");

        assertThat(status()).isEqualTo("in-progress");
        assertThat(seen().has("received")).isFalse();
    }

    @Test
    void messageThatWasReadInItsMailboxIsReceivedAndALateFailureDoesNotUndoIt() {
        reading(TrustSpace.MARTIN, messageId);
        assertThat(status()).isEqualTo("completed");
        assertThat(seen().path("received").asText()).isNotEmpty();

        delivery(RELAY, messageId, "failed");
        assertThat(status()).isEqualTo("completed");
    }

    @Test
    void readingIsSaidByAMailboxOfTheTrustSpaceAlone() {
        reading(TrustSpace.STRANGER, messageId);
        reading(RELAY, messageId);

        assertThat(status()).isEqualTo("in-progress");
    }

    @Test
    void whoeverIsNeitherMailServerNorInTheTrustSpaceReportsNothing() {
        arrives(
                "<" + TrustSpace.STRANGER + ">",
                TrustSpace.STRANGER,
                "delivery-status",
                "Action: failed\r\n",
                messageId);

        assertThat(status()).isEqualTo("in-progress");
    }

    @Test
    void bounceOfWhatDidNotGoOutFromHereChangesNothingAndIsNotAnswered() {
        String theirs = "<" + UUID.randomUUID() + "@cabinet.mssante.example>";
        String text = "Bonjour " + UUID.randomUUID();
        space.send(space.mail(TrustSpace.MARTIN, TrustSpace.address(ALICE), theirs, text));
        rounds();
        delivery(RELAY, theirs, "failed");
        delivery(RELAY, "<" + UUID.randomUUID() + "@patient.mssante.fr>", "failed");

        assertThat(Scene.SERVER
                        .send(token("alice", ALICE), Call.get("Communication?category=message&" + Scene.of(ALICE)))
                        .matches()
                        .filter(m -> m.at("/payload/0/contentString").asText().equals(text)))
                .singleElement()
                .satisfies(m -> assertThat(m.path("status").asText()).isEqualTo("in-progress"));
        assertThat(space.received(RELAY)).isEmpty();
    }
}
