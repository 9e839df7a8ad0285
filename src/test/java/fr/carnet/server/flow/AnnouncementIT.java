package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.ALICE;
import static fr.carnet.server.flow.Scene.document;
import static fr.carnet.server.flow.Scene.edited;
import static fr.carnet.server.flow.Scene.lot;
import static fr.carnet.server.flow.Scene.published;
import static fr.carnet.server.flow.Scene.replacing;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.sandbox.QuietClock;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Person;
import fr.carnet.shared.DueJob;
import fr.carnet.shared.Visibility;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Documents hidden from the holder until a professional has announced them, and what happens when nobody does. */
class AnnouncementIT {

    private static final String INVITATION = "HOLDER_TO_SEE_A_PROFESSIONAL R113";

    @AfterEach
    void putBack() {
        Scene.clock("reset=true");
    }

    @Tag("R113")
    @Test
    void holderIsInvitedAfterTwoWeeksAndSeesTheDocumentAfterOneMonth() {
        String document = published("dr-martin", ALICE, hidden(lot(ALICE, document())));
        assertThat(Owed.of(document)).isEmpty();

        Scene.clock("advance=P13D");
        assertThat(Owed.of(document)).isEmpty();
        Scene.clock("advance=P1D");
        assertThat(Owed.of(document)).containsExactly(INVITATION);
        assertThat(status("alice", document)).isEqualTo(404);
        assertThat(lots(document)).isEmpty();

        Scene.clock("advance=P20D");
        Answer read = Scene.SERVER.send(token("alice", ALICE), Call.get(document));
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.json().path("securityLabel").findValuesAsText("code")).containsExactly("N");
        assertThat(lots(document)).hasSize(1);
        assertThat(Owed.of(document)).containsExactly(INVITATION, "HOLDER_OF_DOCUMENT R114");
        assertThat(tracesOf(document)).contains("R114.delay-over");
    }

    @Test
    void jobRunsAsOftenAsOneLikes() throws ExecutionException, InterruptedException {
        String document = published("dr-martin", ALICE, hidden(lot(ALICE, document())));
        Scene.clock("advance=P15D");
        runAtOnce();
        assertThat(Owed.of(document)).containsExactly(INVITATION);

        Scene.clock("reset=true");
        String other = published("dr-martin", ALICE, hidden(lot(ALICE, document())));
        Instant afterAMonth = Scene.SERVER.bean(Clock.class).instant().plusSeconds(32L * 24 * 3600);
        AtOnce.answers(4, i -> run(afterAMonth));
        runAtOnce();
        Answer read = Scene.SERVER.send(token("alice", ALICE), Call.get(other));
        assertThat(read.json().at("/meta/versionId").asText()).isEqualTo("2");
        assertThat(Owed.of(other)).containsExactly("HOLDER_OF_DOCUMENT R114");
    }

    @Test
    void announcedDocumentIsToldOfAtOnceAndNeverAgain() {
        String document = published("dr-martin", ALICE, hidden(lot(ALICE, document())));
        Scene.clock("advance=P5D");
        Answer shown = Scene.SERVER.send(
                token("dr-martin", ALICE),
                Call.write(
                        "PATCH",
                        document,
                        "application/json-patch+json",
                        "[{\"op\":\"remove\",\"path\":\"/securityLabel/1\"}]".getBytes(StandardCharsets.UTF_8)));
        assertThat(shown.status()).as(shown.sentence()).isEqualTo(200);
        assertThat(status("alice", document)).isEqualTo(200);
        Scene.clock("advance=P40D");
        assertThat(Owed.of(document)).containsExactly("HOLDER_OF_DOCUMENT R112");
    }

    @Test
    void newVersionStaysHiddenAndTheDelayGoesOn() {
        String first = published("dr-martin", ALICE, hidden(lot(ALICE, document())));
        Scene.clock("advance=P10D");
        String fresh = published("dr-martin", ALICE, replacing(first, lot(ALICE, document())));
        assertThat(status("alice", fresh)).isEqualTo(404);
        assertThat(Owed.of(fresh)).isEmpty();

        Scene.clock("advance=P4D");
        assertThat(Owed.of(fresh)).containsExactly(INVITATION);
        assertThat(Owed.of(first)).isEmpty();
        Scene.clock("advance=P20D");
        assertThat(status("alice", fresh)).isEqualTo(200);
        assertThat(status("alice", first)).isEqualTo(200);
        assertThat(Owed.of(first)).isEmpty();
    }

    /** R102 looks at what the label still does, not at what it says until the job has run. */
    @Test
    void overdueDocumentMayBeMaskedBeforeTheJobHasRun() {
        Person patient = Scene.patient();
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        String document = published("dr-martin", patient, hidden(lot(patient, document())));
        Answer early = Scene.SERVER.send(token("dr-martin", patient), Choices.masking(document));
        assertThat(early.status()).isEqualTo(422);
        assertThat(early.codes()).containsExactly("R102");

        QuietClock.advance(Scene.SERVER.bean(Clock.class), Duration.ofDays(32));
        Answer masked = Scene.SERVER.send(token("dr-martin", patient), Choices.masking(document));
        assertThat(masked.status()).as(masked.sentence()).isEqualTo(200);
        String fresh = published("dr-martin", patient, replacing(document, lot(patient, document())));

        Scene.clock("advance=PT1H");
        Answer read = Scene.SERVER.send(token("dr-martin", patient), Call.get(fresh));
        assertThat(read.json().path("securityLabel").findValuesAsText("code")).containsExactly("N", "MASQUE_PS");
    }

    private static void runAtOnce() throws ExecutionException, InterruptedException {
        Instant now = Scene.SERVER.bean(Clock.class).instant();
        AtOnce.answers(4, i -> run(now));
    }

    private static boolean run(Instant now) {
        Scene.SERVER.beans(DueJob.class).forEach(job -> job.run(now));
        return true;
    }

    private static Bundle hidden(Bundle lot) {
        return edited(
                lot,
                d -> d.addSecurityLabel(new CodeableConcept(new Coding(Visibility.SYSTEM, "INVISIBLE_PATIENT", null))));
    }

    private static int status(String actor, String document) {
        return Scene.SERVER.send(token(actor, ALICE), Call.get(document)).status();
    }

    /** Lots that the holder sees and in which she sees this document. */
    private static List<String> lots(String document) {
        return Scene.SERVER
                .send(token("alice", ALICE), Call.get("List?code=submissionset&_count=200&" + Scene.of(ALICE)))
                .matches()
                .filter(lot -> lot.path("entry").toString().contains(document))
                .map(lot -> lot.path("id").asText())
                .toList();
    }

    /** The traces that the holder sees and that name this document, as JSON. */
    private static String tracesOf(String document) {
        return Scene.SERVER
                .send(token("alice", ALICE), Call.get("AuditEvent?_count=200&" + Scene.of(ALICE)))
                .matches()
                .filter(event -> event.toString().contains(document))
                .toList()
                .toString();
    }
}
