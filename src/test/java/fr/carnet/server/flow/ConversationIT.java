package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.ALICE;
import static fr.carnet.server.flow.Scene.token;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.carnet.messaging.xdm.Archives;
import fr.carnet.outbox.OutboxLedger;
import fr.carnet.outbox.OutboxLedger.Selection;
import fr.carnet.server.Channel;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Person;
import fr.carnet.shared.CarnetUris;
import fr.carnet.shared.PromptJob;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Conversations between professionals and patients, as each sees them: over FHIR, and over the mail of MSSanté. */
class ConversationIT {

    private static final byte[] PDF = "%PDF-1.4\ntrailer<</Root 1 0 R>>\n%%EOF\n".getBytes(US_ASCII);

    private final byte[] cda = Scene.synthesis().content();

    /** What a production node does every few seconds. */
    private static void rounds() {
        Instant now = Instant.now();
        for (int i = 0; i < 2; i++) {
            Scene.SERVER.beans(PromptJob.class).forEach(job -> job.run(now));
        }
    }

    private static Communication message(Person patient, String text) {
        Communication message = new Communication().setStatus(CommunicationStatus.INPROGRESS);
        message.setSubject(new Reference().setIdentifier(patient.identifier()));
        message.addPayload().setContent(new StringType(text));
        return message;
    }

    private static Answer write(String actor, Person patient, Communication message) {
        return Scene.SERVER.send(token(actor, patient), Call.write("POST", "Communication", message));
    }

    private static Answer answer(String actor, Person patient, String to, String text) {
        Communication message = message(patient, text);
        message.addInResponseTo(new Reference(to));
        return write(actor, patient, message);
    }

    private static String written(String actor, Person patient, Communication message) {
        Answer answer = write(actor, patient, message);
        assertThat(answer.status()).as(answer.sentence()).isEqualTo(201);
        return answer.created().orElseThrow();
    }

    private static Answer read(String actor, Person patient, String message) {
        return Scene.SERVER.send(token(actor, patient), Call.get(message));
    }

    private static Answer operate(String actor, Person patient, String message, String operation) {
        return Scene.SERVER.send(
                token(actor, patient), Call.write("POST", message + "/$" + operation, new Parameters()));
    }

    private static List<String> texts(String actor, Person patient) {
        Answer found = Scene.SERVER.send(
                token(actor, patient), Call.get("Communication?category=message&" + Scene.of(patient)));
        assertThat(found.status()).as(found.sentence()).isEqualTo(200);
        return found.matches()
                .map(m -> m.at("/payload/0/contentString").asText())
                .toList();
    }

    private static JsonNode latest(String actor, Person patient, String text) {
        return Scene.SERVER
                .send(token(actor, patient), Call.get("Communication?category=message&" + Scene.of(patient)))
                .matches()
                .filter(m -> m.at("/payload/0/contentString").asText().equals(text))
                .findFirst()
                .orElseThrow();
    }

    /** What waits or was given up, for whoever reads why a test failed. */
    private static String outbox() {
        return Scene.SERVER
                .bean(OutboxLedger.class)
                .lines(new Selection(Optional.of("mssante-report"), Optional.empty(), false), 10)
                .toString();
    }

    private static String unique(String text) {
        return text + " " + UUID.randomUUID();
    }

    @Test
    @Tag("R163")
    @Channel(76)
    void conversationIsSeenByItsPartiesAndEndsWithTheProfessional() {
        String question = unique("Comment allez-vous ?");
        String first = written("dr-martin", ALICE, message(ALICE, question));

        assertThat(texts("alice", ALICE)).contains(question);
        assertThat(texts("dr-leroy", ALICE)).doesNotContain(question);
        assertThat(read("dr-leroy", ALICE, first).status()).isEqualTo(404);
        assertThat(answer("dr-leroy", ALICE, first, "non").status()).isEqualTo(404);
        assertThat(operate("dr-leroy", ALICE, first, "close-conversation").status())
                .isEqualTo(404);

        String thanks = unique("Bien, merci");
        Answer answered = answer("alice", ALICE, first, thanks);
        assertThat(answered.status()).as(answered.sentence()).isEqualTo(201);
        assertThat(texts("dr-martin", ALICE)).contains(thanks);
        JsonNode shown = latest("dr-martin", ALICE, thanks);
        assertThat(shown.at("/partOf/0/reference").asText()).isEqualTo(first);
        assertThat(shown.at("/inResponseTo/0/reference").asText()).isEqualTo(first);

        assertThat(operate("alice", ALICE, first, "close-conversation").names("R163"))
                .isTrue();
        Answer closed = operate("dr-martin", ALICE, first, "close-conversation");
        assertThat(closed.status()).as(closed.sentence()).isEqualTo(200);
        assertThat(closed.json().at("/extension/0/url").asText()).isEqualTo(CarnetUris.CONVERSATION_CLOSED);
        Answer late = answer("alice", ALICE, first, "encore");
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.names("R163")).isTrue();
        assertThat(answer("dr-martin", ALICE, first, "encore").status()).isEqualTo(409);
    }

    @Test
    void messageIsMarkedAsReadByTheOneToWhomItIsWritten() {
        String first = written("dr-martin", ALICE, message(ALICE, unique("À lire")));

        assertThat(operate("dr-martin", ALICE, first, "mark-read").status()).isEqualTo(409);
        assertThat(operate("dr-leroy", ALICE, first, "mark-read").status()).isEqualTo(404);
        Answer marked = operate("alice", ALICE, first, "mark-read");
        assertThat(marked.status()).as(marked.sentence()).isEqualTo(200);

        JsonNode seen = read("dr-martin", ALICE, first).json();
        assertThat(seen.path("status").asText()).isEqualTo("completed");
        assertThat(seen.path("received").asText()).isNotEmpty();
    }

    @Test
    void messagesAreFoundByWhoSentThemAndToWhomAndNobodyElsesAre() {
        String question = unique("Comment allez-vous ?");
        String first = written("dr-martin", ALICE, message(ALICE, question));
        String thanks = unique("Bien, merci");
        assertThat(answer("alice", ALICE, first, thanks).status()).isEqualTo(201);
        String holder =
                read("alice", ALICE, first).json().at("/recipient/0/reference").asText();
        String martin = ".identifier=" + Call.escaped("urn:oid:1.2.250.1.71.4.2.1|" + Scene.DR_MARTIN);

        for (String actor : List.of("alice", "dr-martin")) {
            assertThat(found(actor, "sender" + martin)).contains(question).doesNotContain(thanks);
            assertThat(found(actor, "recipient=" + holder)).contains(question).doesNotContain(thanks);
            assertThat(found(actor, "sender=" + holder)).contains(thanks).doesNotContain(question);
            assertThat(found(actor, "recipient" + martin)).contains(thanks).doesNotContain(question);
            assertThat(found(actor, "sender" + martin + "&recipient" + martin)).isEmpty();
        }
        assertThat(found("dr-leroy", "sender" + martin)).doesNotContain(question);
        assertThat(found("dr-leroy", "sender=" + holder)).doesNotContain(thanks);
        assertThat(found("alice", "sender=Patient/none")).isEmpty();

        assertThat(asked("sender.identifier=" + Scene.DR_MARTIN).status()).isEqualTo(400);
        Answer byMatricule =
                asked("sender.identifier=" + Call.escaped(ALICE.ins().token()));
        assertThat(byMatricule.status()).isEqualTo(400);
        assertThat(byMatricule.sentence()).contains("sender=Patient/");
        Answer page = asked("sender" + martin + "&_count=1");
        assertThat(page.json().at("/link/0/url").asText())
                .contains("sender.identifier=")
                .doesNotContain(ALICE.ins().value());
    }

    private static List<String> found(String actor, String query) {
        return Scene.SERVER
                .send(
                        token(actor, ALICE),
                        Call.get("Communication?category=message&_count=500&" + query + "&" + Scene.of(ALICE)))
                .matches()
                .map(m -> m.at("/payload/0/contentString").asText())
                .toList();
    }

    private static Answer asked(String query) {
        return Scene.SERVER.send(
                token("alice", ALICE), Call.get("Communication?category=message&" + query + "&" + Scene.of(ALICE)));
    }

    @Test
    @Tag("R161")
    @Tag("R162")
    void patientWritesFirstToAnOfficineAlone() {
        Communication toMartin = message(ALICE, "Bonjour");
        toMartin.addRecipient()
                .setIdentifier(
                        new Identifier().setSystem("urn:oid:1.2.250.1.71.4.2.1").setValue(Scene.DR_MARTIN));
        Answer refused = write("alice", ALICE, toMartin);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.names("R161")).isTrue();

        String question = unique("Avez-vous reçu mon ordonnance ?");
        Communication toPharmacy = message(ALICE, question);
        toPharmacy
                .addRecipient()
                .setIdentifier(
                        new Identifier().setSystem("urn:oid:1.2.250.1.71.4.2.2").setValue("1990000044"));
        written("alice", ALICE, toPharmacy);
        assertThat(texts("pharmacist-roche", ALICE)).contains(question);
    }

    @Test
    @Tag("R171")
    @Tag("R168")
    void attachmentsAreOfAnnouncedTypesAndADocumentIsKeptOnce() {
        Communication message = message(ALICE, unique("Voici"));
        message.addPayload()
                .setContent(new Attachment()
                        .setContentType("application/pdf")
                        .setTitle("lettre.pdf")
                        .setData(PDF));
        message.addPayload()
                .setContent(new Attachment().setContentType("text/xml").setData(cda));
        JsonNode first =
                read("alice", ALICE, written("dr-martin", ALICE, message)).json();
        JsonNode again =
                read("alice", ALICE, written("dr-martin", ALICE, message)).json();

        assertThat(Base64.getDecoder()
                        .decode(first.at("/payload/1/contentAttachment/data").asText()))
                .isEqualTo(PDF);
        assertThat(Base64.getDecoder()
                        .decode(first.at("/payload/2/contentAttachment/data").asText()))
                .isEqualTo(cda);
        assertThat(again.at("/payload/2/contentAttachment/id")).isEqualTo(first.at("/payload/2/contentAttachment/id"));
        assertThat(again.at("/payload/1/contentAttachment/id"))
                .isNotEqualTo(first.at("/payload/1/contentAttachment/id"));
        JsonNode listed =
                latest("alice", ALICE, first.at("/payload/0/contentString").asText());
        assertThat(listed.at("/payload/1/contentAttachment/data").isMissingNode())
                .isTrue();

        assertThat(attached("application/zip", PDF).names("R171")).isTrue();
        assertThat(attached("text/html", "<p>".getBytes(UTF_8)).names("R171")).isTrue();
        assertThat(attached("image/png", PDF).names("R171")).isTrue();
        assertThat(attached("text/xml", "<a/>".getBytes(UTF_8)).names("R171")).isTrue();
    }

    private static Answer attached(String type, byte[] content) {
        Communication message = message(ALICE, "Voici");
        message.addPayload().setContent(new Attachment().setContentType(type).setData(content));
        Answer answer = write("dr-martin", ALICE, message);
        assertThat(answer.status()).isEqualTo(422);
        return answer;
    }

    @Test
    @Tag("R160")
    @Tag("R168")
    void mailWithAnArchiveIsAnsweredByThePatientAndClosedByTheProfessional() {
        try (TrustSpace space = new TrustSpace()) {
            String question = unique("Votre synthèse");
            String id = "<" + UUID.randomUUID() + "@cabinet.mssante.example>";
            MimeMessage mail = space.mail(
                    TrustSpace.MARTIN,
                    TrustSpace.address(ALICE),
                    id,
                    question,
                    TrustSpace.file("IHE_XDM.ZIP", "application/zip", Archives.of(cda)));
            space.send(mail);
            rounds();
            space.send(mail);
            rounds();

            assertThat(texts("alice", ALICE).stream().filter(question::equals)).hasSize(1);
            JsonNode shown = latest("alice", ALICE, question);
            String message = "Communication/" + shown.path("id").asText();
            JsonNode whole = read("alice", ALICE, message).json();
            assertThat(Base64.getDecoder()
                            .decode(whole.at("/payload/1/contentAttachment/data")
                                    .asText()))
                    .isEqualTo(cda);
            assertThat(texts("dr-martin", ALICE)).contains(question);
            assertThat(texts("dr-leroy", ALICE)).doesNotContain(question);
            assertThat(space.received(TrustSpace.MARTIN))
                    .anyMatch(report -> report.contains("Action: delivered")
                            && report.contains(id)
                            && report.contains("Auto-Submitted"));

            Answer traces =
                    Scene.SERVER.send(token("alice", ALICE), Call.get("AuditEvent?_count=200&" + Scene.of(ALICE)));
            assertThat(traces.status()).as("each held to its profile").isEqualTo(200);

            String thanks = unique("Merci docteur");
            Communication reply = message(ALICE, thanks);
            reply.addInResponseTo(new Reference(message));
            reply.addPayload()
                    .setContent(new Attachment().setContentType("text/xml").setData(cda));
            written("alice", ALICE, reply);
            rounds();
            assertThat(space.received(TrustSpace.MARTIN))
                    .filteredOn(text -> text.contains(thanks))
                    .singleElement()
                    .satisfies(text -> assertThat(text)
                            .contains("From: " + TrustSpace.address(ALICE), "In-Reply-To: " + id, "IHE_XDM.ZIP"));

            assertThat(operate("dr-martin", ALICE, message, "close-conversation")
                            .status())
                    .isEqualTo(200);
            assertThat(answer("alice", ALICE, message, "encore").status()).isEqualTo(409);
        }
    }

    @Test
    @Tag("R166")
    @Tag("R167")
    @Channel(76)
    void mailThatIsNotDeliveredComesBackAndTellsNothingOfTheRecord() {
        try (TrustSpace space = new TrustSpace()) {
            Person unknown = Scene.stranger();
            Person closed = Scene.patient("CLOSED", Instant.now());
            for (Person patient : List.of(unknown, closed)) {
                space.send(space.mail(TrustSpace.MARTIN, TrustSpace.address(patient), id(), unique("Bonjour")));
            }
            space.send(space.mail(TrustSpace.STRANGER, TrustSpace.address(ALICE), id(), unique("Bonjour")));
            rounds();

            List<String> reports = space.received(TrustSpace.MARTIN);
            assertThat(reports).as(outbox()).hasSize(2).allSatisfy(report -> assertThat(report)
                    .contains("Action: failed", "Status: 5.1.1"));
            assertThat(said(reports.get(0))).isEqualTo(said(reports.get(1)));
            assertThat(space.received(TrustSpace.STRANGER)).singleElement().satisfies(report -> assertThat(report)
                    .contains("Action: failed"));
        }
    }

    /** Status and text of a report, without what names its mail. */
    private static List<String> said(String report) {
        return report.lines()
                .filter(line -> line.startsWith("Subject:")
                        || line.startsWith("Action:")
                        || line.startsWith("Status:")
                        || line.startsWith("Votre")
                        || line.startsWith("Your"))
                .toList();
    }

    private static String id() {
        return "<" + UUID.randomUUID() + "@cabinet.mssante.example>";
    }
}
